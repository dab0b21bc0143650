package bmauthoauth2_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"basicmemory.com/bmauth"
	"basicmemory.com/bmauth/bmauthoauth2"
	"basicmemory.com/bmauth/internal/emulator"
	"golang.org/x/oauth2"
)

var cloud *emulator.Emulator

func TestMain(m *testing.M) { emulator.Run(m, &cloud) }

func open(t *testing.T) *bmauth.Client {
	t.Helper()
	client, err := bmauth.NewClient(bmauth.WithDataDir(cloud.World(t)))
	must(t, err)
	t.Cleanup(func() { client.Close() })
	return client
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func logIn(t *testing.T, client *bmauth.Client) {
	t.Helper()
	_, err := client.Login(context.Background(), false, func(login *bmauth.Login) error {
		cloud.Person(t, login.UserCode(), "approve", "alice")
		return nil
	})
	must(t, err)
}

func TestASessionIsATokenSource(t *testing.T) {
	client := open(t)
	logIn(t, client)
	source := bmauthoauth2.TokenSource(context.Background(), client, bmauth.PurposeAccount)
	token, err := source.Token()
	if err != nil {
		t.Fatal(err)
	}
	if !token.Valid() || token.TokenType != "Bearer" || time.Until(token.Expiry) > 5*time.Minute {
		t.Errorf("valid: %v, type %q, expiry %v", token.Valid(), token.TokenType, token.Expiry)
	}
	answer, err := oauth2.NewClient(context.Background(), source).Get(cloud.CloudHost + "/proxy/health")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestEveryTokenIsAskedFor(t *testing.T) {
	client := open(t)
	logIn(t, client)
	source := bmauthoauth2.TokenSource(context.Background(), client, bmauth.PurposeAccount)
	if _, err := source.Token(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Logout(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := source.Token(); !errors.Is(err, bmauth.ErrNoCredentials) {
		t.Errorf("after a logout: %v", err)
	}
}

func TestATokenIsGivenFromMemoryAndReplacedWithItsHeader(t *testing.T) {
	client := open(t)
	logIn(t, client)
	source := bmauthoauth2.TokenSource(context.Background(), client, bmauth.PurposeAccount)
	first, err := source.Token()
	must(t, err)
	allocations := testing.AllocsPerRun(1000, func() {
		if again, err := source.Token(); again != first || err != nil {
			t.Errorf("another one, although nothing has changed: %v", err)
		}
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
	token, err := client.FreshToken(bmauth.PurposeAccount)
	must(t, err)
	must(t, client.Invalidate(token))
	second, err := source.Token()
	must(t, err)
	if second.AccessToken == first.AccessToken || !second.Valid() {
		t.Error("a token that was refused is given again")
	}
}

func TestTheContextEndsACall(t *testing.T) {
	client := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := bmauthoauth2.TokenSource(ctx, client, bmauth.PurposeAccount).Token()
	if !errors.Is(err, context.Canceled) || !errors.Is(err, bmauth.ErrCancelled) {
		t.Errorf("%v", err)
	}
}
