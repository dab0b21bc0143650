// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import (
	"time"
	"unsafe"
)

// Token: a credential for one use, and the headers that carry it. It never changes: any goroutine
// may read it.
type Token struct {
	object *object
}

var tokenKind = kind{
	free: func(pointer unsafe.Pointer) { C.bmauth_token_free((*C.bmauth_token)(pointer)) },
}

// Close frees a token and wipes its secrets. Closing twice is harmless. What was forgotten is
// closed by the garbage collector, some time. The error is always nil.
func (t *Token) Close() error {
	t.inner().close()
	return nil
}

// inner is nil for nil and for the zero value, which nothing can be asked of.
func (t *Token) inner() *object {
	if t == nil {
		return nil
	}
	return t.object
}

// AccessToken: the bearer itself: an access token or an API key. Nothing when the kind is "none".
func (t *Token) AccessToken() Secret {
	self := t.inner().acquire()
	defer self.release()
	return NewSecret(C.GoString(C.bmauth_token_access_token((*C.bmauth_token)(self.get()))))
}

// Kind: what kind of credential was chosen. "none", "api_key" or "oauth".
func (t *Token) Kind() string {
	self := t.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_token_kind((*C.bmauth_token)(self.get())))
}

// Source: where it came from. "option", "environment", "config", "session" or "none".
func (t *Token) Source() string {
	self := t.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_token_source((*C.bmauth_token)(self.get())))
}

// Reason: why this one was chosen, for people. One line.
func (t *Token) Reason() string {
	self := t.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_token_reason((*C.bmauth_token)(self.get())))
}

// Origin: the only origin that it may be sent to. Scheme, host and port; nothing when the kind is
// "none".
func (t *Token) Origin() string {
	self := t.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_token_origin((*C.bmauth_token)(self.get())))
}

// ExpiresAt: when it expires: the earlier of the stored time and the JWT's own. The zero time if
// unknown, as for API keys.
func (t *Token) ExpiresAt() time.Time {
	self := t.inner().acquire()
	defer self.release()
	return unixTime(int64(C.bmauth_token_expires_at_unix_s((*C.bmauth_token)(self.get()))))
}

// IsPersisted: whether it is stored. A token that could not be saved lives in this process alone;
// saving is tried again at the next call. True if so, and for what need not be stored.
func (t *Token) IsPersisted() bool {
	self := t.inner().acquire()
	defer self.release()
	return C.bmauth_token_is_persisted((*C.bmauth_token)(self.get())) != 0
}

// Warnings: every warning, for people.
func (t *Token) Warnings() []string {
	self := t.inner().acquire()
	defer self.release()
	pointer := (*C.bmauth_token)(self.get())
	found := make([]string, C.bmauth_token_warning_count(pointer))
	for i := range found {
		found[i] = C.GoString(C.bmauth_token_warning(pointer, C.int64_t(i)))
	}
	return found
}

// Header is one element of Token.Headers.
type Header struct {
	// The name of one header. For example "Authorization"; nothing outside of the list.
	Name string
	// The value of one header. Nothing outside of the list.
	Value Secret
}

// Headers: every header, in order.
func (t *Token) Headers() []Header {
	self := t.inner().acquire()
	defer self.release()
	pointer := (*C.bmauth_token)(self.get())
	found := make([]Header, C.bmauth_token_header_count(pointer))
	for i := range found {
		found[i] = Header{
			Name:  C.GoString(C.bmauth_token_header_name(pointer, C.int64_t(i))),
			Value: NewSecret(C.GoString(C.bmauth_token_header_value(pointer, C.int64_t(i)))),
		}
	}
	return found
}
