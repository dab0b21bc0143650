package bmauth

import (
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// object owns one object of the library. Calls that use it are counted, so that Close may come at
// any time and from any goroutine: it is freed by whoever is the last to let go of it. Go's garbage
// collector frees it too, as a safety net for what was never closed.
//
// The exported types hold a pointer to it, so copies of them are the same object.
type object struct {
	pointer unsafe.Pointer
	kind    *kind
	parent  *object    // freed later than this one; nil where that does not matter
	alone   sync.Mutex // held during a call where the library allows one at a time
	state   int64      // uses, and isClosed once it is closed

	headers atomic.Pointer[headerCache] // of a client whose header was asked for
}

// kind is what the objects of one handle have in common.
type kind struct {
	isAlone bool                 // one call at a time
	end     func(unsafe.Pointer) // ends it for calls to come, while others still run; may be nil
	free    func(unsafe.Pointer)
}

const isClosed = int64(1) << 62

// adopt takes an object of the library into ownership.
func adopt(kind *kind, pointer unsafe.Pointer, parent *object) *object {
	o := &object{pointer: pointer, kind: kind}
	if parent.retain() {
		o.parent = parent
	}
	runtime.SetFinalizer(o, (*object).close)
	return o
}

// retain keeps the object from being freed; false if it is closed or was never made.
func (o *object) retain() bool {
	if o == nil {
		return false
	}
	for {
		state := atomic.LoadInt64(&o.state)
		if state&isClosed != 0 {
			return false
		}
		if atomic.CompareAndSwapInt64(&o.state, state, state+1) {
			return true
		}
	}
}

// drop undoes retain. Nothing retains a closed object anew, so its count comes to nothing once.
func (o *object) drop() {
	if atomic.AddInt64(&o.state, -1) != isClosed {
		return
	}
	runtime.SetFinalizer(o, nil)
	o.kind.free(o.pointer)
	if o.parent != nil {
		o.parent.drop()
	}
}

// acquire lets a call use the object until release: nil if it is closed or was never made.
func (o *object) acquire() *object {
	if !o.retain() {
		return nil
	}
	if o.kind.isAlone {
		o.alone.Lock()
	}
	return o
}

func (o *object) release() {
	if o == nil {
		return
	}
	if o.kind.isAlone {
		o.alone.Unlock()
	}
	o.drop()
}

// get is what C receives: NULL for nothing, to which every function has an answer.
func (o *object) get() unsafe.Pointer {
	if o == nil {
		return nil
	}
	return o.pointer
}

// begin is acquire for calls that can fail.
func (o *object) begin(name string) (*object, error) {
	if acquired := o.acquire(); acquired != nil {
		return acquired, nil
	}
	return nil, newError(ErrInvalidArgument, name+" is closed or was never made")
}

// close ends the object; closing again, or what was never made, does nothing.
func (o *object) close() {
	if !o.retain() {
		return
	}
	if o.kind.end != nil {
		o.kind.end(o.pointer)
	}
	o.closeHeaders()
	for {
		state := atomic.LoadInt64(&o.state)
		if atomic.CompareAndSwapInt64(&o.state, state, state|isClosed) {
			break
		}
	}
	o.drop()
}
