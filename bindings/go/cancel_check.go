package bmauth

// #include <stdint.h>
import "C"

import (
	"context"
	"runtime/cgo"
)

// bmauthGoIsDone is called by the library while a call waits. A panic must not unwind the library's
// frames: it counts as done.
//
//export bmauthGoIsDone
func bmauthGoIsDone(handle C.uintptr_t) (isDone C.int) {
	defer func() {
		if recover() != nil {
			isDone = 1
		}
	}()
	if cgo.Handle(handle).Value().(context.Context).Err() != nil {
		return 1
	}
	return 0
}
