// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import "time"

// Error is a failure, with everything that the library knows of it; errors.As finds it, and errors.Is
// compares its code. Nothing in it is secret.
type Error struct {
	// The row of the error table that applies. Never OK.
	Code Code
	// The name of the code. For example "no_credentials".
	Name string
	// What went wrong, naming the thing concerned. One line.
	Message string
	// What a person can do about it. One line; the best one known for this failure.
	Remedy string
	// The HTTP status of the answer behind this failure. 0 if no HTTP answer was involved.
	HTTPStatus int
	// The OAuth error code that the server sent. Nothing if there was none.
	OAuthError string
	// The server's own words about it, made harmless for a terminal. Nothing if there were none.
	OAuthErrorDescription string
	// Whether the same call may succeed later although nobody changed anything. True if so.
	IsRetryable bool
	// How long the server asked to wait before the next try. Negative if it did not say.
	RetryAfter time.Duration
	// The exit status that the bmauth command gives for this failure. 1 to 5, or 130.
	ExitStatus int

	cause error // the context's error, if that ended the call
}

// readError copies an error of the library.
func readError(failure *C.bmauth_error) *Error {
	found := &Error{}
	found.Code = Code(C.bmauth_error_code(failure))
	found.Name = C.GoString(C.bmauth_error_name(failure))
	found.Message = C.GoString(C.bmauth_error_message(failure))
	found.Remedy = C.GoString(C.bmauth_error_remedy(failure))
	found.HTTPStatus = int(C.bmauth_error_http_status(failure))
	found.OAuthError = C.GoString(C.bmauth_error_oauth_error(failure))
	found.OAuthErrorDescription = C.GoString(C.bmauth_error_oauth_error_description(failure))
	found.IsRetryable = C.bmauth_error_is_retryable(failure) != 0
	found.RetryAfter = time.Duration(C.bmauth_error_retry_after_ms(failure)) * time.Millisecond
	found.ExitStatus = int(C.bmauth_error_exit_status(failure))
	return found
}

// newError is a failure that this package found itself.
func newError(code Code, message string) *Error {
	found := &Error{Code: code, Message: message}
	found.Name = code.Name()
	found.Remedy = code.Remedy()
	found.IsRetryable = code.IsRetryable()
	found.ExitStatus = code.ExitStatus()
	found.RetryAfter = -1 * time.Millisecond
	return found
}
