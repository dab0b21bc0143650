// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import "unsafe"

// Report: a JSON document with look-ups. It never changes: any goroutine may read it.
type Report struct {
	object *object
}

var reportKind = kind{
	free: func(pointer unsafe.Pointer) { C.bmauth_report_free((*C.bmauth_report)(pointer)) },
}

// Close frees a report. Closing twice is harmless. What was forgotten is closed by the garbage
// collector, some time. The error is always nil.
func (r *Report) Close() error {
	r.inner().close()
	return nil
}

// inner is nil for nil and for the zero value, which nothing can be asked of.
func (r *Report) inner() *object {
	if r == nil {
		return nil
	}
	return r.object
}

// JSON: the whole document. Compact JSON.
func (r *Report) JSON() string {
	self := r.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_report_json((*C.bmauth_report)(self.get())))
}

// Text: a scalar in the document: a string as it is, a number or boolean as its JSON text. Nothing
// if it is absent, null, an object or an array. pointer: A JSON pointer, such as "/identity/email";
// "" is the whole document.
func (r *Report) Text(pointer string) (string, bool) {
	self := r.inner().acquire()
	defer self.release()
	pointerText, err := cText("pointer", pointer)
	if err != nil {
		return "", false
	}
	defer freeText(pointerText)
	found := C.bmauth_report_text((*C.bmauth_report)(self.get()), pointerText)
	return C.GoString(found), found != nil
}

// Count: how many elements an array or members an object in the document has. -1 if it is absent or
// a scalar. pointer: A JSON pointer; "" is the whole document.
func (r *Report) Count(pointer string) int {
	self := r.inner().acquire()
	defer self.release()
	pointerText, err := cText("pointer", pointer)
	if err != nil {
		return -1
	}
	defer freeText(pointerText)
	return int(C.bmauth_report_count((*C.bmauth_report)(self.get()), pointerText))
}
