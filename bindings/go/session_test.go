package bmauth_test

import (
	"strings"
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

func TestATokenOfASession(t *testing.T) {
	client, _ := world(t)
	logIn(t, client)
	token, err := client.Token(background, bmauth.PurposeAccount, 0)
	must(t, err)
	defer token.Close()
	equal(t, "Kind", token.Kind(), "oauth")
	equal(t, "Source", token.Source(), "session")
	equal(t, "Reason", token.Reason() != "", true)
	equal(t, "Origin", token.Origin(), cloud.CloudHost)
	equal(t, "IsPersisted", token.IsPersisted(), true)
	left := time.Until(token.ExpiresAt())
	equal(t, "ExpiresAt", left > 4*time.Minute && left <= 5*time.Minute, true)
	equal(t, "warnings", len(token.Warnings()), 0)
	fresh, err := client.FreshToken(bmauth.PurposeAccount)
	must(t, err)
	equal(t, "the fresh one", fresh.AccessToken().Reveal(), token.AccessToken().Reveal())
	equal(t, "refreshes", cloud.Refreshes(t), 0)
	// At least ten minutes are more than it has: one refresh, then whatever came.
	other, err := client.Token(background, bmauth.PurposeAccount, 10*time.Minute)
	must(t, err)
	equal(t, "another one", other.AccessToken().Reveal() != token.AccessToken().Reveal(), true)
	equal(t, "refreshes", cloud.Refreshes(t), 1)
}

func TestATokenThatWasRefusedIsRefreshedOnce(t *testing.T) {
	client, _ := world(t)
	logIn(t, client)
	token, err := client.Token(background, bmauth.PurposeAccount, 0)
	must(t, err)
	must(t, client.Invalidate(token))
	must(t, client.Invalidate(token))
	_, err = client.FreshToken(bmauth.PurposeAccount)
	mustBe(t, err, bmauth.ErrNeedsRefresh)
	for isReady := false; !isReady; {
		var delay time.Duration
		isReady, delay, err = client.RefreshStep(background, 0)
		must(t, err)
		time.Sleep(delay) // what the library asks for
	}
	_, err = client.FreshToken(bmauth.PurposeAccount)
	must(t, err)
	equal(t, "refreshes", cloud.Refreshes(t), 1)
}

func TestStatusWhoamiAndLogoutReport(t *testing.T) {
	client, _ := world(t)
	logIn(t, client)
	status, err := client.Status(background, true)
	must(t, err)
	equal(t, "status", strings.Contains(status.JSON(), "alice@example.test"), true)
	whoami, err := client.Whoami(background, false)
	must(t, err)
	email, _ := whoami.Text("/identity/email")
	equal(t, "whoami", email, "alice@example.test")
	_, err = client.Logout(background)
	must(t, err)
	_, err = client.FreshToken(bmauth.PurposeAccount)
	mustBe(t, err, bmauth.ErrNoCredentials)
}

func TestARouteAndItsHeaders(t *testing.T) {
	const workspace = "11111111-2222-4333-8444-555555555555"
	client, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	route, err := client.Route(bmauth.RouteRequest{
		Project: "research", Workspace: workspace, Override: bmauth.OverrideCloud,
	})
	must(t, err)
	equal(t, "Mode", route.Mode(), "cloud")
	equal(t, "Source", route.Source(), "call")
	equal(t, "Reason", route.Reason() != "", true)
	equal(t, "IsExplicit", route.IsExplicit(), true)
	equal(t, "Project", route.Project(), "research")
	equal(t, "IsKnown", route.IsKnown(), false)
	equal(t, "Workspace", route.Workspace(), workspace)
	equal(t, "BaseURL", route.BaseURL(), cloud.CloudHost+"/proxy")
	equal(t, "CredentialKind", route.CredentialKind(), "api_key")
	equal(t, "JSON", strings.Contains(route.JSON(), `"mode":"cloud"`), true)
	equal(t, "warnings", len(route.Warnings()), 0)
	token, err := client.Headers(background, route)
	must(t, err)
	headers := map[string]string{}
	for _, header := range token.Headers() {
		headers[header.Name] = header.Value.Reveal()
	}
	equal(t, "Authorization", headers["Authorization"], "Bearer "+keyCanary)
	equal(t, "X-Workspace-ID", headers["X-Workspace-ID"], workspace)
	equal(t, "expiry of a key", token.ExpiresAt().IsZero(), true)
}

func TestForcedRoutesContradictAndLocalOnesNeedNothing(t *testing.T) {
	folder := cloud.World(t)
	both := open(t, folder, bmauth.WithForceLocal(true), bmauth.WithForceCloud(true), bmauth.WithExplicitRouting(true))
	_, err := both.Route(bmauth.RouteRequest{})
	mustBe(t, err, bmauth.ErrConflictingRouting)
	client := open(t, folder, bmauth.WithForceLocal(true), bmauth.WithLocalBaseURL("http://127.0.0.1:8000"))
	route, err := client.Route(bmauth.RouteRequest{UseDefaultProject: true})
	must(t, err)
	equal(t, "Mode", route.Mode(), "local")
	equal(t, "BaseURL", route.BaseURL(), "http://127.0.0.1:8000")
}

func TestTheUserAgentNamesGo(t *testing.T) {
	client, _ := world(t, bmauth.WithUserAgentSuffix("notes/1.0"))
	logIn(t, client)
	for _, entry := range cloud.Log(t, "/oauth2/device_authorization") {
		agent := entry.UserAgent
		equal(t, agent, strings.Contains(agent, "go/1.") && strings.HasSuffix(agent, " notes/1.0"), true)
	}
}

func TestTheVersionIsTheLibrarys(t *testing.T) {
	equal(t, "Version", bmauth.Version(), "0.1.0")
	equal(t, "VersionNumber", bmauth.VersionNumber(), 1000)
}
