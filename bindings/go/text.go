package bmauth

// #define _DEFAULT_SOURCE
// #include <stdlib.h>
// #include <string.h>
import "C"

import (
	"strings"
	"time"
	"unicode/utf8"
	"unsafe"
)

// cText is a copy for C, which ends texts at a NUL and takes UTF-8 alone. It is freed by freeText.
func cText(name, text string) (*C.char, error) {
	if strings.IndexByte(text, 0) >= 0 {
		return nil, newError(ErrInvalidArgument, name+": the text contains a NUL character")
	}
	if !utf8.ValidString(text) {
		return nil, newError(ErrInvalidArgument, name+": the text is not UTF-8")
	}
	return C.CString(text), nil
}

// cTextOrNull is cText where "" means that there is none.
func cTextOrNull(name, text string) (*C.char, error) {
	if text == "" {
		return nil, nil
	}
	return cText(name, text)
}

func freeText(text *C.char) {
	C.free(unsafe.Pointer(text))
}

// freeSecret wipes the copy first.
func freeSecret(text *C.char) {
	if text != nil {
		C.explicit_bzero(unsafe.Pointer(text), C.strlen(text))
	}
	freeText(text)
}

// inUnits rounds up: what is more than nothing stays more than nothing.
func inUnits(duration, unit time.Duration) int64 {
	count := duration / unit
	if duration%unit > 0 {
		count++
	}
	return int64(count)
}

// unixTime is the zero time for 0, which stands for "unknown".
func unixTime(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

func cBool(value bool) C.int {
	if value {
		return 1
	}
	return 0
}
