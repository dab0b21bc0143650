package bmauth

// #include <bmauth.h>
import "C"

import (
	"runtime"
	"strings"
)

// newOptions makes the options of a client, to be freed by the caller.
func newOptions(given []Option) (*C.bmauth_options, error) {
	if err := checkLibrary(VersionNumber(), C.BMAUTH_VERSION_NUMBER); err != nil {
		return nil, err
	}
	var options *C.bmauth_options
	err := call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_options_new(&options, failure)
	})
	if err != nil {
		return nil, err
	}
	for _, option := range append([]Option{WithLanguage(language())}, given...) {
		if option.apply == nil {
			continue // the zero Option says nothing
		}
		if err := option.apply(options); err != nil {
			C.bmauth_options_free(options)
			return nil, err
		}
	}
	return options, nil
}

// language is this language in the user agent. Versions between releases say more than a number.
func language() string {
	version := strings.TrimPrefix(strings.Fields(runtime.Version())[0], "go")
	return "go/" + version
}
