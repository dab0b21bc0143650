// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

// Code says what went wrong; it is one row of the error table. It is an error itself, for
// errors.Is(err, bmauth.ErrNetwork). Expect numbers that are not listed.
type Code int32

const (
	// Success.
	OK Code = C.BMAUTH_OK
	// A value is wrong.
	ErrInvalidArgument Code = C.BMAUTH_E_INVALID_ARGUMENT
	// The box is full.
	ErrBoxFull Code = C.BMAUTH_E_BOX_FULL
	// A fault in the library.
	ErrInternal Code = C.BMAUTH_E_INTERNAL
)

// Name: the name of a code. For example "box_full".
func (c Code) Name() string {
	return C.GoString(C.bmauth_code_name(C.bmauth_code(c)))
}

// VersionNumber: the version as a number. The number.
func VersionNumber() int {
	return int(C.bmauth_version_number())
}
