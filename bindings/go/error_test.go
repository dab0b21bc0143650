package bmauth_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

// Every row of the error table. Scenarios meet most of them; this is how they read in Go.
var codes = map[bmauth.Code]string{
	bmauth.OK: "ok", bmauth.ErrInvalidArgument: "invalid_argument",
	bmauth.ErrConfigInvalid: "config_invalid", bmauth.ErrConfigConflict: "config_conflict",
	bmauth.ErrConflictingRouting: "conflicting_routing", bmauth.ErrProjectConstrained: "project_constrained",
	bmauth.ErrUnknownProject: "unknown_project", bmauth.ErrAmbiguous: "ambiguous",
	bmauth.ErrWorkspaceUnresolved: "workspace_unresolved", bmauth.ErrNoCredentials: "no_credentials",
	bmauth.ErrInvalidAPIKey: "invalid_api_key", bmauth.ErrCredentialNotForOrigin: "credential_not_for_origin",
	bmauth.ErrUnauthorized: "unauthorized", bmauth.ErrSubscriptionRequired: "subscription_required",
	bmauth.ErrInsufficientScope: "insufficient_scope", bmauth.ErrForbidden: "forbidden",
	bmauth.ErrScopeNotConfirmed: "scope_not_confirmed", bmauth.ErrUnsupported: "unsupported",
	bmauth.ErrNotFound: "not_found", bmauth.ErrAccessDenied: "access_denied",
	bmauth.ErrExpiredToken: "expired_token", bmauth.ErrReauthRequired: "reauth_required",
	bmauth.ErrOAuthRejected: "oauth_rejected", bmauth.ErrLoginTimeout: "login_timeout",
	bmauth.ErrCancelled: "cancelled", bmauth.ErrNetwork: "network", bmauth.ErrTLS: "tls",
	bmauth.ErrTimeout: "timeout", bmauth.ErrRateLimited: "rate_limited", bmauth.ErrServer: "server",
	bmauth.ErrBadResponse: "bad_response", bmauth.ErrInsecureURL: "insecure_url",
	bmauth.ErrStoreIO: "store_io", bmauth.ErrStorePermissions: "store_permissions",
	bmauth.ErrStoreCorrupt: "store_corrupt", bmauth.ErrNotPersisted: "not_persisted",
	bmauth.ErrLockTimeout: "lock_timeout", bmauth.ErrSessionExists: "session_exists",
	bmauth.ErrRejected: "rejected", bmauth.ErrNetUnavailable: "net_unavailable",
	bmauth.ErrOutOfMemory: "out_of_memory", bmauth.ErrInternal: "internal",
	bmauth.ErrNeedsRefresh: "needs_refresh",
}

func TestEveryCodeHasItsConstant(t *testing.T) {
	seen := map[string]bool{}
	for code, name := range codes {
		equal(t, fmt.Sprintf("the name of %d", int32(code)), code.Name(), name)
		equal(t, name+" as an error", code.Error(), name)
		if code.Meaning() == "" || code.Remedy() == "" {
			t.Errorf("%s says nothing", name)
		}
		seen[name] = true
	}
	// The library answers "internal" for a number that it does not know: none was left out above.
	for number := bmauth.Code(0); number < 1000; number++ {
		if name := number.Name(); !seen[name] {
			t.Errorf("%s (%d) has no constant", name, int32(number))
		}
	}
}

func TestACodeKnowsItsRow(t *testing.T) {
	equal(t, "network", bmauth.ErrNetwork.IsRetryable(), true)
	equal(t, "no_credentials", bmauth.ErrNoCredentials.IsRetryable(), false)
	equal(t, "the exit status of cancelled", bmauth.ErrCancelled.ExitStatus(), 130)
	equal(t, "a number that is none", bmauth.Code(12345).Name(), "internal")
}

func TestAnErrorIsItsCodeAndNoOther(t *testing.T) {
	client, _ := world(t)
	_, err := client.FreshToken(bmauth.PurposeAccount)
	wrapped := fmt.Errorf("while starting: %w", err)
	failure := mustBe(t, wrapped, bmauth.ErrNoCredentials)
	for code := range codes {
		if errors.Is(wrapped, code) != (code == bmauth.ErrNoCredentials) {
			t.Errorf("errors.Is mistakes no_credentials for %s", code.Name())
		}
	}
	equal(t, "Code", failure.Code, bmauth.ErrNoCredentials)
	equal(t, "Name", failure.Name, "no_credentials")
	equal(t, "Remedy", failure.Remedy, bmauth.ErrNoCredentials.Remedy())
	equal(t, "Error()", err.Error(), failure.Message)
	equal(t, "ExitStatus", failure.ExitStatus, 3)
	equal(t, "HTTPStatus", failure.HTTPStatus, 0)
	equal(t, "RetryAfter", failure.RetryAfter < 0, true)
	equal(t, "has a cause", errors.Unwrap(err) != nil, false)
}

func TestAnErrorCarriesWhatTheServerSaid(t *testing.T) {
	client, folder := world(t)
	logIn(t, client)
	expire(t, folder)
	cloud.Answers(t, map[string]any{
		"path": "/oauth2/token", "times": -1, "status": 429, "headers": map[string]string{"Retry-After": "7"},
		"body": map[string]string{"error": "slow_down", "error_description": "not \x1b[31mnow"},
	})
	_, err := client.Token(background, bmauth.PurposeAccount, 0)
	failure := mustBe(t, err, bmauth.ErrRateLimited)
	equal(t, "HTTPStatus", failure.HTTPStatus, 429)
	equal(t, "RetryAfter", failure.RetryAfter, 7*time.Second)
	equal(t, "IsRetryable", failure.IsRetryable, true)
}

func TestAnOAuthErrorIsGivenInTheServersWords(t *testing.T) {
	client, _ := world(t)
	cloud.Answers(t, map[string]any{
		"path": "/oauth2/device_authorization", "status": 400,
		"body": map[string]string{"error": "invalid_client", "error_description": "who?"},
	})
	_, err := client.LoginBegin(background, false)
	failure := mustBe(t, err, bmauth.ErrOAuthRejected)
	equal(t, "OAuthError", failure.OAuthError, "invalid_client")
	equal(t, "OAuthErrorDescription", failure.OAuthErrorDescription, "who?")
}

func TestAFileThatDoesNotParseIsNamed(t *testing.T) {
	folder := cloud.World(t)
	path := filepath.Join(folder, "config.json")
	must(t, os.WriteFile(path, []byte("{"), 0o600))
	client, err := bmauth.NewClient(bmauth.WithDataDir(folder))
	mustBe(t, err, bmauth.ErrConfigInvalid)
	if client != nil {
		t.Error("a client was made all the same")
	}
}
