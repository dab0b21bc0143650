// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import "time"

// Error is a failure, with everything that the library knows of it; errors.As finds it, and errors.Is
// compares its code. Nothing in it is secret.
type Error struct {
	// The row that applies. Never OK.
	Code Code
	// The name of the code. For example "box_full".
	Name string
	// What went wrong. One line.
	Message string
	// How long to wait. Negative if unknown.
	RetryAfter time.Duration

	cause error // the context's error, if that ended the call
}

// readError copies an error of the library.
func readError(failure *C.bmauth_error) *Error {
	found := &Error{}
	found.Code = Code(C.bmauth_error_code(failure))
	found.Name = C.GoString(C.bmauth_error_name(failure))
	found.Message = C.GoString(C.bmauth_error_message(failure))
	found.RetryAfter = time.Duration(C.bmauth_error_retry_after_ms(failure)) * time.Millisecond
	return found
}

// newError is a failure that this package found itself.
func newError(code Code, message string) *Error {
	found := &Error{Code: code, Message: message}
	found.Name = code.Name()
	found.RetryAfter = -1 * time.Millisecond
	return found
}
