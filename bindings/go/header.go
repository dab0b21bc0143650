package bmauth

// #include <bmauth.h>
import "C"

import (
	"context"
	"time"
)

// keptFor is how long a header is given without asking the library again. A change by another
// process is to be seen within a second: the rest is for a timer that is late. Timers stand still
// while the machine sleeps; then it is a second of being awake.
const keptFor = 900 * time.Millisecond

// Header is the value of the Authorization header to send now for a purpose: that of
// Client.FreshHeader, and where there is none, of Client.Token. So a session is refreshed if it is
// due, and ctx bounds that wait alone: a header that is at hand is given also when ctx is done. It
// may be sent to Token.Origin and nowhere else; package bmauthhttp sees to that. Network.
//
// Fails as Client.Token does.
func (c *Client) Header(ctx context.Context, purpose Purpose) (Secret, error) {
	if kept := c.inner().keptHeader(int32(purpose)); kept != nil && ctx != nil {
		return kept.value, nil
	}
	return c.waitForHeader(ctx, purpose)
}

// FreshHeader is the value of the Authorization header that goes with Client.FreshToken. It is kept
// in Go, so that asking again costs a few nanoseconds and enters no C, also while another goroutine
// waits for a refresh. What this process changes is seen at once, what another one changes within a
// second.
//
// Fails as Client.FreshToken does; with ErrNeedsRefresh, ask Client.Header.
func (c *Client) FreshHeader(purpose Purpose) (Secret, error) {
	if kept := c.inner().keptHeader(int32(purpose)); kept != nil {
		return kept.value, nil
	}
	return c.findHeader(purpose)
}

// waitForHeader is beside Header, which is short so that it is fast.
func (c *Client) waitForHeader(ctx context.Context, purpose Purpose) (Secret, error) {
	if ctx != nil {
		if value, err := c.findHeader(purpose); err == nil {
			return value, nil
		}
	}
	token, err := c.Token(ctx, purpose, 0)
	if err != nil {
		return Secret{}, err
	}
	defer token.Close()
	return token.authorization(), nil
}

// findHeader asks the library, and keeps its answer. No failure is kept.
func (c *Client) findHeader(purpose Purpose) (Secret, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return Secret{}, err
	}
	defer self.release()
	// Both from before the question: a change during it ends the answer.
	until, generation := time.Now().Add(keptFor), currentGeneration()
	token, err := c.FreshToken(purpose)
	if err != nil {
		return Secret{}, err
	}
	defer token.Close()
	value := token.authorization()
	self.headerCache().keep(int32(purpose), &keptHeader{generation, value}, until)
	return value, nil
}

// authorization is the value of the first header, which is the credential's own.
func (t *Token) authorization() Secret {
	self := t.inner().acquire()
	defer self.release()
	return NewSecret(C.GoString(C.bmauth_token_header_value((*C.bmauth_token)(self.get()), 0)))
}
