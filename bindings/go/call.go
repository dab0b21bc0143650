package bmauth

// #include <bmauth.h>
import "C"

import "context"

// call makes one call into the library and takes its error over.
func call(body func(failure **C.bmauth_error) C.bmauth_code) error {
	var failure *C.bmauth_error
	if body(&failure) == C.BMAUTH_OK {
		return nil
	}
	defer C.bmauth_error_free(failure)
	return readError(failure)
}

// callWithin makes a call that may wait, and ends it when ctx is done.
func callWithin(ctx context.Context, body func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code) error {
	if ctx == nil {
		return newError(ErrInvalidArgument, "ctx is nil; context.Background() never ends a call")
	}
	if reason := ctx.Err(); reason != nil {
		failure := newError(ErrCancelled, "the context was done before the call: "+reason.Error())
		failure.cause = reason
		return failure
	}
	if ctx.Done() == nil {
		return call(func(failure **C.bmauth_error) C.bmauth_code { return body(nil, failure) })
	}
	cancel, err := newCancel(ctx)
	if err != nil {
		return err
	}
	defer cancel.free()
	err = call(func(failure **C.bmauth_error) C.bmauth_code { return body(cancel.pointer, failure) })
	if failure, isError := err.(*Error); isError && failure.Code == ErrCancelled {
		failure.cause = ctx.Err()
	}
	return err
}
