package bmauth_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"basicmemory.com/bmauth"
	"basicmemory.com/bmauth/internal/emulator"
)

// cloud is shared by the tests of this package, which run one after another.
var cloud *emulator.Emulator

func TestMain(m *testing.M) {
	if order := os.Getenv(orderVariable); order != "" {
		os.Exit(obey(order))
	}
	emulator.Run(m, &cloud)
}

const (
	keyCanary = "bmc_CANARYcanary0123456789abcdefghij"
	tokenFile = "basic-memory-cloud.json"
)

// world is a client of its own with a data directory of its own, and the emulator as at its start.
func world(t *testing.T, options ...bmauth.Option) (*bmauth.Client, string) {
	t.Helper()
	folder := cloud.World(t)
	return open(t, folder, options...), folder
}

func open(t *testing.T, folder string, options ...bmauth.Option) *bmauth.Client {
	t.Helper()
	client, err := bmauth.NewClient(append([]bmauth.Option{bmauth.WithDataDir(folder)}, options...)...)
	must(t, err)
	t.Cleanup(func() { client.Close() })
	return client
}

// logIn logs alice in.
func logIn(t *testing.T, client *bmauth.Client) {
	t.Helper()
	report, err := client.Login(context.Background(), false, func(login *bmauth.Login) error {
		cloud.Person(t, login.UserCode(), "approve", "alice")
		return nil
	})
	must(t, err)
	report.Close()
}

// expire makes the stored session look expired.
func expire(t *testing.T, folder string) {
	t.Helper()
	emulator.Edit(t, filepath.Join(folder, tokenFile), map[string]any{"expires_at": 1})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustBe(t *testing.T, err error, code bmauth.Code) *bmauth.Error {
	t.Helper()
	var found *bmauth.Error
	if !errors.Is(err, code) || !errors.As(err, &found) {
		t.Fatalf("%v (%T), not %s", err, err, code.Name())
	}
	return found
}

func equal[T comparable](t *testing.T, what string, seen, wanted T) {
	t.Helper()
	if seen != wanted {
		t.Errorf("%s is %v, not %v", what, seen, wanted)
	}
}

// soon fails a test whose call did not end in time.
func soon(t *testing.T, began time.Time, limit time.Duration) {
	t.Helper()
	if took := time.Since(began); took > limit {
		t.Errorf("took %v, more than %v", took, limit)
	}
}
