package bmauth_test

import (
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

// texts are the options and arguments that are texts.
func texts(text string) map[string]bmauth.Option {
	return map[string]bmauth.Option{
		"data_dir": bmauth.WithDataDir(text), "token_file": bmauth.WithTokenFile(text),
		"issuer": bmauth.WithIssuer(text), "client_id": bmauth.WithClientID(text),
		"cloud_host": bmauth.WithCloudHost(text), "api_key": bmauth.WithAPIKey(bmauth.NewSecret(text)),
		"default_project":    bmauth.WithDefaultProject(text),
		"default_workspace":  bmauth.WithDefaultWorkspace(text),
		"project_constraint": bmauth.WithProjectConstraint(text), "ca_file": bmauth.WithCAFile(text),
		"proxy": bmauth.WithProxy(text), "user_agent_suffix": bmauth.WithUserAgentSuffix(text),
		"local_base_url": bmauth.WithLocalBaseURL(text), "language": bmauth.WithLanguage(text),
	}
}

func TestTextsWithNULOrNotUTF8AreErrorsThatNameTheOption(t *testing.T) {
	folder := cloud.World(t)
	for _, text := range []string{"/a\x00b", "\x00", "/\xff\xfe", "/\xc0\x80", "/\xed\xa0\x80"} {
		for name, option := range texts(text) {
			_, err := bmauth.NewClient(bmauth.WithDataDir(folder), option)
			failure := mustBe(t, err, bmauth.ErrInvalidArgument)
			equal(t, "the message", failure.Message[:len(name)+1], name+":")
		}
		client := open(t, folder)
		_, err := client.Route(bmauth.RouteRequest{Project: text})
		mustBe(t, err, bmauth.ErrInvalidArgument)
		_, err = client.Route(bmauth.RouteRequest{Workspace: text})
		mustBe(t, err, bmauth.ErrInvalidArgument)
		_, _, err = client.Mode(text)
		mustBe(t, err, bmauth.ErrInvalidArgument)
		_, err = client.HeadersForURL(background, text)
		mustBe(t, err, bmauth.ErrInvalidArgument)
		report, err := client.Projects()
		must(t, err)
		_, isThere := report.Text(text)
		equal(t, "a member of that name", isThere, false)
		equal(t, "its size", report.Count(text), -1)
		report.Close()
	}
}

func TestNumbersOutOfRangeAreErrors(t *testing.T) {
	limits := map[string]func(time.Duration) bmauth.Option{
		"connect": bmauth.WithConnectTimeout, "auth": bmauth.WithAuthTimeout,
		"refresh try": bmauth.WithRefreshTryTimeout, "refresh": bmauth.WithRefreshBudget,
		"api": bmauth.WithAPITimeout, "lock": bmauth.WithLockTimeout, "login": bmauth.WithLoginTimeout,
	}
	folder := cloud.World(t)
	for name, limit := range limits {
		for _, wrong := range []time.Duration{0, -1, -time.Hour, 2 * time.Hour, 1<<63 - 1, -1 << 63} {
			if _, err := bmauth.NewClient(limit(wrong)); err == nil {
				t.Errorf("%s takes %v", name, wrong)
			} else {
				mustBe(t, err, bmauth.ErrInvalidArgument)
			}
		}
		// What is shorter than a millisecond is not nothing.
		open(t, folder, limit(time.Microsecond), limit(time.Hour))
	}
	client := open(t, folder)
	_, err := client.Route(bmauth.RouteRequest{Override: 99})
	mustBe(t, err, bmauth.ErrInvalidArgument)
	_, err = client.Token(background, bmauth.Purpose(-7), 0)
	mustBe(t, err, bmauth.ErrInvalidArgument)
	for _, wrong := range []bmauth.Purpose{-1, 2, 1<<31 - 1, -1 << 31} {
		_, err = client.FreshHeader(wrong)
		mustBe(t, err, bmauth.ErrInvalidArgument)
	}
	_, err = client.Token(background, bmauth.PurposeAccount, -time.Second)
	mustBe(t, err, bmauth.ErrInvalidArgument)
	equal(t, "a number without a name", bmauth.Override(99).String(), "unknown")
}

func TestTheZeroOptionSaysNothing(t *testing.T) {
	open(t, cloud.World(t), bmauth.Option{})
}

// calls are all that can be asked of a client.
func calls(client *bmauth.Client) map[string]func() error {
	found := map[string]func() error{
		"FreshToken":  func() error { _, err := client.FreshToken(bmauth.PurposeAccount); return err },
		"FreshHeader": func() error { _, err := client.FreshHeader(bmauth.PurposeAccount); return err },
		"Invalidate":  func() error { return client.Invalidate(nil) },
		"Route":       func() error { _, err := client.Route(bmauth.RouteRequest{}); return err },
		"Mode":        func() error { _, _, err := client.Mode("p"); return err },
		"Projects":    func() error { _, err := client.Projects(); return err },
	}
	for name, call := range waiting(client, nil) {
		call := call
		found[name] = func() error { return call(background) }
	}
	return found
}

func TestAClientThatWasNeverMadeOrIsClosedIsAnErrorEverywhere(t *testing.T) {
	closed, _ := world(t)
	must(t, closed.Close())
	var zero bmauth.Client
	copied := *closed
	for kind, client := range map[string]*bmauth.Client{
		"nil": nil, "zero": &zero, "closed": closed, "a copy of a closed one": &copied,
	} {
		for name, call := range calls(client) {
			t.Run(kind+" "+name, func(t *testing.T) { mustBe(t, call(), bmauth.ErrInvalidArgument) })
		}
		must(t, client.Close())
		must(t, client.Close())
	}
}

func TestObjectsThatWereNeverMadeOrAreClosedAnswerNothing(t *testing.T) {
	client, _ := world(t)
	closedRoute, err := client.Route(bmauth.RouteRequest{Project: "p"})
	must(t, err)
	closedRoute.Close()
	for _, route := range []*bmauth.Route{nil, {}, closedRoute} {
		texts := []string{
			route.Mode(), route.Source(), route.Reason(), route.Project(), route.Workspace(),
			route.BaseURL(), route.CredentialKind(), route.JSON(),
		}
		for _, text := range texts {
			equal(t, "a text of a route", text, "")
		}
		equal(t, "IsExplicit", route.IsExplicit(), false)
		equal(t, "IsKnown", route.IsKnown(), false)
		equal(t, "warnings", len(route.Warnings()), 0)
		_, err := client.Headers(background, route)
		mustBe(t, err, bmauth.ErrInvalidArgument)
		must(t, route.Close())
	}
	for _, token := range []*bmauth.Token{nil, {}} {
		equal(t, "the token", token.AccessToken().IsEmpty(), true)
		equal(t, "texts", token.Kind()+token.Source()+token.Reason()+token.Origin(), "")
		equal(t, "expiry", token.ExpiresAt().IsZero(), true)
		equal(t, "IsPersisted", token.IsPersisted(), false)
		equal(t, "headers and warnings", len(token.Headers())+len(token.Warnings()), 0)
		mustBe(t, client.Invalidate(token), bmauth.ErrInvalidArgument)
		must(t, token.Close())
	}
	for _, report := range []*bmauth.Report{nil, {}} {
		_, isThere := report.Text("")
		equal(t, "a text", isThere, false)
		equal(t, "count and document", report.Count("") == -1 && report.JSON() == "", true)
		must(t, report.Close())
	}
	for _, login := range []*bmauth.Login{nil, {}} {
		equal(t, "texts", login.UserCode()+login.VerificationURI()+login.VerificationURIComplete(), "")
		equal(t, "times", login.ExpiresIn()+login.Interval()+login.NextDelay()+login.Remaining(), 0)
		equal(t, "state", login.State(), bmauth.LoginPending)
		_, _, err := login.Poll(background)
		mustBe(t, err, bmauth.ErrInvalidArgument)
		mustBe(t, login.Wait(background), bmauth.ErrInvalidArgument)
		_, err = login.Report()
		mustBe(t, err, bmauth.ErrInvalidArgument)
		_, err = login.OpenBrowser()
		mustBe(t, err, bmauth.ErrInvalidArgument)
		must(t, login.Close())
	}
}
