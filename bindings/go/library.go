package bmauth

// #cgo pkg-config: bmauth
// #include <bmauth.h>
import "C"

import "fmt"

// checkLibrary compares the library that was loaded with the header that this package was compiled
// against: an older one may lack what is called here.
func checkLibrary(loaded, compiled int) error {
	if loaded >= compiled {
		return nil
	}
	return newError(ErrNetUnavailable, fmt.Sprintf(
		"libbmauth.so is version %s, older than %s, which this program was compiled for: upgrade the package that libbmauth.so comes from",
		versionText(loaded), versionText(compiled)))
}

func versionText(number int) string {
	return fmt.Sprintf("%d.%d.%d", number/1000000, number/1000%1000, number%1000)
}
