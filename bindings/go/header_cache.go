package bmauth

// #include <bmauth.h>
import "C"

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// generationWord is the library's, in static memory of C: its number rises when an answer of any
// client may be out of date.
var generationWord = (*uint64)(unsafe.Pointer(C.bmauth_generation()))

func currentGeneration() uint64 {
	return atomic.LoadUint64(generationWord)
}

// headerCache keeps the headers of one client, one for each purpose, for readers that take no lock.
// It does not know its client, so that its timer keeps none alive.
type headerCache struct {
	kept [2]atomic.Pointer[keptHeader]

	mutex    sync.Mutex  // not for readers
	timer    *time.Timer // ends all that is kept, at `until`; nil while nothing is
	until    time.Time
	isClosed bool
}

type keptHeader struct {
	generation uint64
	value      Secret
}

// closedHeaders is what every closed client has.
var closedHeaders = &headerCache{isClosed: true}

// headerCache is made by the first who needs it.
func (o *object) headerCache() *headerCache {
	if cache := o.headers.Load(); cache != nil {
		return cache
	}
	o.headers.CompareAndSwap(nil, new(headerCache))
	return o.headers.Load()
}

// keptHeader is nil if the library has to be asked.
func (o *object) keptHeader(purpose int32) *keptHeader {
	if o == nil {
		return nil
	}
	cache := o.headers.Load()
	if cache == nil || uint32(purpose) >= uint32(len(cache.kept)) {
		return nil
	}
	kept := cache.kept[purpose].Load()
	if kept == nil || kept.generation != currentGeneration() {
		return nil
	}
	return kept
}

func (o *object) closeHeaders() {
	if cache := o.headers.Swap(closedHeaders); cache != nil {
		cache.close()
	}
}

// keep gives readers what was found, until then at most.
func (h *headerCache) keep(purpose int32, found *keptHeader, until time.Time) {
	if uint32(purpose) >= uint32(len(h.kept)) {
		return // of a newer library
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	left := time.Until(until)
	isLate := left <= 0 || h.timer != nil && until.Before(h.until)
	if h.isClosed || isLate {
		return
	}
	h.kept[purpose].Store(found)
	if h.timer == nil {
		h.timer, h.until = time.AfterFunc(left, h.forget), until
	}
}

func (h *headerCache) forget() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.timer = nil
	for i := range h.kept {
		h.kept[i].Store(nil)
	}
}

func (h *headerCache) close() {
	h.mutex.Lock()
	h.isClosed = true
	if h.timer != nil {
		h.timer.Stop()
	}
	h.mutex.Unlock()
	h.forget()
}
