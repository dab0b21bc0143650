package bmauth

// #include <bmauth.h>
//
// // Exported by this package.
// extern int bmauthGoIsDone(uintptr_t context);
//
// // A cgo.Handle is a number and stays one: no pointer of Go is ever kept by C.
// static int bmauth_go_check(void *user_data) {
//   return bmauthGoIsDone((uintptr_t)user_data);
// }
//
// static bmauth_code bmauth_go_watch(bmauth_cancel *cancel, uintptr_t context, bmauth_error **err) {
//   return bmauth_cancel_set_check(cancel, bmauth_go_check, (void *)context, err);
// }
import "C"

import (
	"context"
	"runtime/cgo"
)

// cancellation ends one call when its context is done. The library asks the context itself while
// it waits, on the thread of the call and at least every 50 ms: no goroutine watches, none leaks.
type cancellation struct {
	pointer *C.bmauth_cancel
	context cgo.Handle
}

func newCancel(ctx context.Context) (cancellation, error) {
	var pointer *C.bmauth_cancel
	err := call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_cancel_new(&pointer, failure)
	})
	if err != nil {
		return cancellation{}, err
	}
	c := cancellation{pointer, cgo.NewHandle(ctx)}
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_go_watch(c.pointer, C.uintptr_t(c.context), failure)
	})
	if err != nil {
		c.free()
		return cancellation{}, err
	}
	return c, nil
}

func (c cancellation) free() {
	C.bmauth_cancel_free(c.pointer)
	c.context.Delete()
}
