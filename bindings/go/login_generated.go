// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import (
	"context"
	"time"
	"unsafe"
)

// Login: a login in progress (RFC 8628). Calls on it run one at a time; others wait for their turn.
type Login struct {
	object *object
}

var loginKind = kind{
	isAlone: true,
	free:    func(pointer unsafe.Pointer) { C.bmauth_login_free((*C.bmauth_login)(pointer)) },
}

// Close frees a login. One that is not done is given up; the person's code then expires unused.
// Closing twice is harmless. What was forgotten is closed by the garbage collector, some time. The
// error is always nil.
func (l *Login) Close() error {
	l.inner().close()
	return nil
}

// inner is nil for nil and for the zero value, which nothing can be asked of.
func (l *Login) inner() *object {
	if l == nil {
		return nil
	}
	return l.object
}

// OpenBrowser opens the verification page in the person's browser, by starting a program with an
// argument list and without a shell. Only https and loopback URLs are opened, and no browser that
// would take over the terminal.
//
// Fails with ErrUnsupported, ErrInsecureURL.
func (l *Login) OpenBrowser() (bool, error) {
	self, err := l.inner().begin("login")
	if err != nil {
		return false, err
	}
	defer self.release()
	var isOpenedOut C.int
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_login_open_browser((*C.bmauth_login)(self.get()), &isOpenedOut, failure)
	})
	if err != nil {
		return false, err
	}
	return isOpenedOut != 0, nil
}

// Poll: at most one request: asks whether the person has approved, or, once tokens are stored,
// checks the access. It sends when it is called: wait nextDelay first. Transient faults are not
// errors, they make the next delay longer. After an error the login is over. Network.
//
// Fails with ErrAccessDenied, ErrExpiredToken, ErrOAuthRejected, ErrLoginTimeout, ErrCancelled,
// ErrBadResponse, ErrInsecureURL, ErrStoreIO, ErrStorePermissions, ErrStoreCorrupt, ErrLockTimeout,
// ErrSessionExists, ErrNetUnavailable.
func (l *Login) Poll(ctx context.Context) (state PollState, nextDelay time.Duration, err error) {
	self, err := l.inner().begin("login")
	if err != nil {
		return 0, 0, err
	}
	defer self.release()
	var stateOut C.bmauth_poll_state
	var nextDelayOut C.int64_t
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_login_poll((*C.bmauth_login)(self.get()), cancel, &stateOut, &nextDelayOut, failure)
	})
	if err != nil {
		return 0, 0, err
	}
	return PollState(stateOut), time.Duration(nextDelayOut) * time.Millisecond, nil
}

// Wait waits and polls until the login is done. Waits.
//
// Fails with ErrAccessDenied, ErrExpiredToken, ErrOAuthRejected, ErrLoginTimeout, ErrCancelled,
// ErrBadResponse, ErrInsecureURL, ErrStoreIO, ErrStorePermissions, ErrStoreCorrupt, ErrLockTimeout,
// ErrSessionExists, ErrNetUnavailable.
func (l *Login) Wait(ctx context.Context) error {
	self, err := l.inner().begin("login")
	if err != nil {
		return err
	}
	defer self.release()
	return callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_login_wait((*C.bmauth_login)(self.get()), cancel, failure)
	})
}

// Report: what a login that is done came to: is_session_kept, is_persisted, token_file, identity
// {subject, email, name}, is_authenticated, entitlement {state, message, subscribe_url}, reachable,
// warnings. Before that: ErrInvalidArgument.
func (l *Login) Report() (*Report, error) {
	self, err := l.inner().begin("login")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var reportOut *C.bmauth_report
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_login_report((*C.bmauth_login)(self.get()), &reportOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Report{adopt(&reportKind, unsafe.Pointer(reportOut), nil)}, nil
}

// State: how far the login is. LoginPending until it is done.
func (l *Login) State() PollState {
	self := l.inner().acquire()
	defer self.release()
	return PollState(C.bmauth_login_state((*C.bmauth_login)(self.get())))
}

// UserCode: the code that the person enters or compares. Nothing when no person is needed, because
// a session is kept.
func (l *Login) UserCode() string {
	self := l.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_login_user_code((*C.bmauth_login)(self.get())))
}

// VerificationURI: the page where the person enters the code. Nothing when no person is needed.
func (l *Login) VerificationURI() string {
	self := l.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_login_verification_uri((*C.bmauth_login)(self.get())))
}

// VerificationURIComplete: the same page with the code filled in. Nothing when the server gave none
// or no person is needed.
func (l *Login) VerificationURIComplete() string {
	self := l.inner().acquire()
	defer self.release()
	return C.GoString(C.bmauth_login_verification_uri_complete((*C.bmauth_login)(self.get())))
}

// ExpiresIn: how long the code lives, counted from Client.LoginBegin. 0 when there is no code.
func (l *Login) ExpiresIn() time.Duration {
	self := l.inner().acquire()
	defer self.release()
	return time.Duration(C.bmauth_login_expires_in_s((*C.bmauth_login)(self.get()))) * time.Second
}

// Interval: the least time between two polls, as the server first asked for. 0 when there is no
// code.
func (l *Login) Interval() time.Duration {
	self := l.inner().acquire()
	defer self.release()
	return time.Duration(C.bmauth_login_interval_s((*C.bmauth_login)(self.get()))) * time.Second
}

// NextDelay: how long to wait before the next poll. 0 when done, or when nothing needs to be waited
// for.
func (l *Login) NextDelay() time.Duration {
	self := l.inner().acquire()
	defer self.release()
	return time.Duration(C.bmauth_login_next_delay_ms((*C.bmauth_login)(self.get()))) * time.Millisecond
}

// Remaining: what is left of the code's life or the login's time limit, whichever ends first. 0
// when it is over, or when there is no code.
func (l *Login) Remaining() time.Duration {
	self := l.inner().acquire()
	defer self.release()
	return time.Duration(C.bmauth_login_remaining_ms((*C.bmauth_login)(self.get()))) * time.Millisecond
}
