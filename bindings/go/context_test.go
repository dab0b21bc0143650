package bmauth_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

var background = context.Background()

// waiting are the calls that take a context.
func waiting(client *bmauth.Client, route *bmauth.Route) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Token": func(ctx context.Context) error {
			_, err := client.Token(ctx, bmauth.PurposeAccount, 0)
			return err
		},
		"Header": func(ctx context.Context) error {
			_, err := client.Header(ctx, bmauth.PurposeAccount)
			return err
		},
		"Headers": func(ctx context.Context) error {
			_, err := client.Headers(ctx, route)
			return err
		},
		"HeadersForURL": func(ctx context.Context) error {
			_, err := client.HeadersForURL(ctx, cloud.CloudHost+"/proxy/")
			return err
		},
		"RefreshStep": func(ctx context.Context) error {
			_, _, err := client.RefreshStep(ctx, 0)
			return err
		},
		"Status": func(ctx context.Context) error {
			_, err := client.Status(ctx, false)
			return err
		},
		"Whoami": func(ctx context.Context) error {
			_, err := client.Whoami(ctx, false)
			return err
		},
		"Logout": func(ctx context.Context) error {
			_, err := client.Logout(ctx)
			return err
		},
		"LoginBegin": func(ctx context.Context) error {
			_, err := client.LoginBegin(ctx, false)
			return err
		},
		"Login": func(ctx context.Context) error {
			_, err := client.Login(ctx, false, nil)
			return err
		},
	}
}

func TestANilContextIsAnError(t *testing.T) {
	client, _ := world(t)
	for name, call := range waiting(client, nil) {
		t.Run(name, func(t *testing.T) {
			mustBe(t, call(nil), bmauth.ErrInvalidArgument)
		})
	}
	equal(t, "what was sent", len(cloud.Log(t, "")), 0)
}

func TestACancelledContextSendsNothing(t *testing.T) {
	client, _ := world(t)
	ctx, cancel := context.WithCancel(background)
	cancel()
	for name, call := range waiting(client, nil) {
		t.Run(name, func(t *testing.T) {
			err := call(ctx)
			mustBe(t, err, bmauth.ErrCancelled)
			equal(t, "errors.Is(err, context.Canceled)", errors.Is(err, context.Canceled), true)
			equal(t, "errors.Is(err, context.DeadlineExceeded)", errors.Is(err, context.DeadlineExceeded), false)
		})
	}
	equal(t, "what was sent", len(cloud.Log(t, "")), 0)
}

func TestCancellingEndsACallThatWaitsForTheServer(t *testing.T) {
	client, _ := world(t)
	login, err := client.LoginBegin(background, false)
	must(t, err)
	defer login.Close()
	cloud.Answers(t, map[string]any{"path": "/oauth2/token", "silence": true})
	ctx, cancel := context.WithCancel(background)
	time.AfterFunc(200*time.Millisecond, cancel)
	began := time.Now()
	_, _, err = login.Poll(ctx)
	soon(t, began, 900*time.Millisecond)
	mustBe(t, err, bmauth.ErrCancelled)
	equal(t, "errors.Is(err, context.Canceled)", errors.Is(err, context.Canceled), true)
}

func TestADeadlineEndsALoginThatWaitsForAPerson(t *testing.T) {
	client, _ := world(t)
	login, err := client.LoginBegin(background, false)
	must(t, err)
	defer login.Close()
	ctx, cancel := context.WithTimeout(background, 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	err = login.Wait(ctx)
	soon(t, began, 900*time.Millisecond)
	mustBe(t, err, bmauth.ErrCancelled)
	equal(t, "errors.Is(err, context.DeadlineExceeded)", errors.Is(err, context.DeadlineExceeded), true)
}

// hostile is a context whose Err panics once it is asked by the library.
type hostile struct {
	context.Context
	asked *int
}

func (h hostile) Err() error {
	if *h.asked++; *h.asked > 1 {
		panic("hostile")
	}
	return nil
}

func TestAPanicInAContextReachesTheCallerAndLeavesTheClientUsable(t *testing.T) {
	client, _ := world(t)
	ctx, cancel := context.WithCancel(background)
	defer cancel()
	cloud.Answers(t, map[string]any{"path": "/oauth2/device_authorization", "silence": true})
	func() {
		defer func() { equal(t, "the panic", fmt.Sprint(recover()), "hostile") }()
		_, _ = client.LoginBegin(hostile{ctx, new(int)}, false)
	}()
	login, err := client.LoginBegin(background, false)
	must(t, err)
	login.Close()
}

func TestAContextThatIsNeverDoneNeedsNoWatching(t *testing.T) {
	client, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	for _, ctx := range []context.Context{background, context.TODO(), context.WithValue(background, "k", 1)} {
		token, err := client.Token(ctx, bmauth.PurposeProject, 0)
		must(t, err)
		token.Close()
	}
}
