// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import (
	"context"
	"time"
	"unsafe"
)

// Box: a box. Calls on it run one at a time; others wait for their turn.
type Box struct {
	object *object
}

var boxKind = kind{
	isAlone: true,
	free:    func(pointer unsafe.Pointer) { C.bmauth_box_free((*C.bmauth_box)(pointer)) },
}

// NewBox makes a box, as large as another one if it is given. model: The other box.
func NewBox(model *Box) (*Box, error) {
	var modelObject *object
	if model != nil {
		held, err := model.inner().begin("model")
		if err != nil {
			return nil, err
		}
		defer held.release()
		modelObject = held
	}
	var boxOut *C.bmauth_box
	err := call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_box_new((*C.bmauth_box)(modelObject.get()), &boxOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Box{adopt(&boxKind, unsafe.Pointer(boxOut), nil)}, nil
}

// Close frees a box. Closing twice is harmless. What was forgotten is closed by the garbage
// collector, some time. The error is always nil.
func (b *Box) Close() error {
	b.inner().close()
	return nil
}

// inner is nil for nil and for the zero value, which nothing can be asked of.
func (b *Box) inner() *object {
	if b == nil {
		return nil
	}
	return b.object
}

// SetLabel writes on the box. value: What to write.
func (b *Box) SetLabel(value string) error {
	self, err := b.inner().begin("box")
	if err != nil {
		return err
	}
	defer self.release()
	valueText, err := cText("label", value)
	if err != nil {
		return err
	}
	defer freeText(valueText)
	return call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_box_set_label((*C.bmauth_box)(self.get()), valueText, failure)
	})
}

// PutRequest is what Put is asked for; what is left out is not set.
type PutRequest struct {
	// What to put in; none for air.
	Thing string
	// Of the thing.
	Color Color
	// True if it is heavy.
	IsHeavy bool
	// How long to try.
	Patience time.Duration
}

// Put puts something in, and gives what fell out of the box when there was no room for both.
// Network.
//
// Fails with ErrBoxFull.
func (b *Box) Put(ctx context.Context, request PutRequest) (*Box, error) {
	self, err := b.inner().begin("box")
	if err != nil {
		return nil, err
	}
	defer self.release()
	thingText, err := cTextOrNull("thing", request.Thing)
	if err != nil {
		return nil, err
	}
	defer freeText(thingText)
	var fallenOut *C.bmauth_box
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_box_put((*C.bmauth_box)(self.get()), thingText, C.bmauth_color(request.Color), cBool(request.IsHeavy), C.int64_t(inUnits(request.Patience, time.Millisecond)), cancel, &fallenOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Box{adopt(&boxKind, unsafe.Pointer(fallenOut), self)}, nil
}

// Weigh weighs the box.
//
// Fails with ErrBoxFull.
func (b *Box) Weigh() (isHeavy bool, settle time.Duration, err error) {
	self, err := b.inner().begin("box")
	if err != nil {
		return false, 0, err
	}
	defer self.release()
	var isHeavyOut C.int
	var settleOut C.int64_t
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_box_weigh((*C.bmauth_box)(self.get()), &isHeavyOut, &settleOut, failure)
	})
	if err != nil {
		return false, 0, err
	}
	return isHeavyOut != 0, time.Duration(settleOut) * time.Millisecond, nil
}

// Label: what is written on the box. Nothing if nothing is.
func (b *Box) Label() string {
	self := b.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_box_label((*C.bmauth_box)(self.get())))
}

// Secret: what only the owner knows. A word.
func (b *Box) Secret() Secret {
	self := b.inner().acquire()
	defer self.release()
	return NewSecret(C.GoString(C.bmauth_box_secret((*C.bmauth_box)(self.get()))))
}

// Color: the color of the box. Any color.
func (b *Box) Color() Color {
	self := b.inner().acquire()
	defer self.release()
	return Color(C.bmauth_box_color((*C.bmauth_box)(self.get())))
}

// Pair is one element of Box.Pairs.
type Pair struct {
	// The name of one pair. Nothing outside of the list.
	Name string
	// The value of one pair. Nothing outside of the list.
	Value string
}

// Pairs: every pair, in order.
func (b *Box) Pairs() []Pair {
	self := b.inner().acquire()
	defer self.release()
	pointer := (*C.bmauth_box)(self.get())
	found := make([]Pair, C.bmauth_box_pair_count(pointer))
	for i := range found {
		found[i] = Pair{
			Name:  C.GoString(C.bmauth_box_pair_name(pointer, C.int64_t(i))),
			Value: C.GoString(C.bmauth_box_pair_value(pointer, C.int64_t(i))),
		}
	}
	return found
}
