package bmauthhttp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"basicmemory.com/bmauth"
	"basicmemory.com/bmauth/bmauthhttp"
	"basicmemory.com/bmauth/internal/emulator"
)

var cloud *emulator.Emulator

func TestMain(m *testing.M) { emulator.Run(m, &cloud) }

const keyCanary = "bmc_CANARYcanary0123456789abcdefghij"

func open(t *testing.T, options ...bmauth.Option) *bmauth.Client {
	t.Helper()
	client, err := bmauth.NewClient(append([]bmauth.Option{bmauth.WithDataDir(cloud.World(t))}, options...)...)
	must(t, err)
	t.Cleanup(func() { client.Close() })
	return client
}

// loggedIn is a client with a session of alice.
func loggedIn(t *testing.T) *bmauth.Client {
	t.Helper()
	client := open(t)
	_, err := client.Login(context.Background(), false, func(login *bmauth.Login) error {
		cloud.Person(t, login.UserCode(), "approve", "alice")
		return nil
	})
	must(t, err)
	return client
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func via(client *bmauth.Client) *http.Client {
	return &http.Client{Transport: &bmauthhttp.Transport{Client: client}}
}

// status sends a request and gives the answer's status, its body read.
func status(t *testing.T, client *http.Client, request *http.Request) int {
	t.Helper()
	answer, err := client.Do(request)
	must(t, err)
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	must(t, err)
	return answer.StatusCode
}

func request(t *testing.T, method, url string, body io.Reader) *http.Request {
	t.Helper()
	made, err := http.NewRequest(method, url, body)
	must(t, err)
	return made
}

func arrived(t *testing.T, path string, wanted int) []emulator.Entry {
	t.Helper()
	entries := cloud.Log(t, path)
	if len(entries) != wanted {
		t.Fatalf("%d requests for %s arrived, not %d", len(entries), path, wanted)
	}
	return entries
}

const notes = "/proxy/notes"

func TestARequestCarriesTheCredentialAndTheCallersCopyDoesNot(t *testing.T) {
	client := loggedIn(t)
	sent := request(t, "GET", cloud.CloudHost+notes, nil)
	if seen := status(t, via(client), sent); seen != 200 {
		t.Errorf("status %d", seen)
	}
	if entry := arrived(t, notes, 1)[0]; entry.Credential != "oauth" {
		t.Errorf("sent with %q", entry.Credential)
	}
	if len(sent.Header) != 0 {
		t.Errorf("the caller's request was changed: %v", sent.Header)
	}
}

func TestA401IsAnsweredByOneRefreshAndOneReplayOfTheBody(t *testing.T) {
	client := loggedIn(t)
	cloud.Answers(t, map[string]any{"path": notes, "status": 401, "body": map[string]any{}})
	body := strings.NewReader("a note")
	if seen := status(t, via(client), request(t, "POST", cloud.CloudHost+notes, body)); seen != 200 {
		t.Errorf("status %d", seen)
	}
	entries := arrived(t, notes, 2)
	if entries[0].CredentialSHA256 == entries[1].CredentialSHA256 {
		t.Error("the refused token was sent again")
	}
	if entries[0].BodyBytes != 6 || entries[1].BodyBytes != 6 {
		t.Errorf("bodies of %d and %d bytes", entries[0].BodyBytes, entries[1].BodyBytes)
	}
	if seen := cloud.Refreshes(t); seen != 1 {
		t.Errorf("%d refreshes", seen)
	}
}

func TestA401ThatStaysIsTheAnswer(t *testing.T) {
	client := loggedIn(t)
	cloud.Answers(t, map[string]any{"path": notes, "times": -1, "status": 401, "body": map[string]any{}})
	if seen := status(t, via(client), request(t, "GET", cloud.CloudHost+notes, nil)); seen != 401 {
		t.Errorf("status %d", seen)
	}
	arrived(t, notes, 2)
}

func TestABodyThatCannotBeSentAgainIsNot(t *testing.T) {
	client := loggedIn(t)
	cloud.Answers(t, map[string]any{"path": notes, "times": -1, "status": 401, "body": map[string]any{}})
	stream := request(t, "POST", cloud.CloudHost+notes, io.MultiReader(strings.NewReader("once")))
	if seen := status(t, via(client), stream); seen != 401 {
		t.Errorf("status %d", seen)
	}
	arrived(t, notes, 1)
}

func TestA403IsNeverTriedAgain(t *testing.T) {
	client := loggedIn(t)
	cloud.Answers(t, map[string]any{"path": notes, "status": 403, "body": map[string]any{}})
	if seen := status(t, via(client), request(t, "GET", cloud.CloudHost+notes, nil)); seen != 403 {
		t.Errorf("status %d", seen)
	}
	arrived(t, notes, 1)
	if seen := cloud.Refreshes(t); seen != 0 {
		t.Errorf("%d refreshes", seen)
	}
}

func TestAnAPIKeyThatIsRefusedIsNotSentAgain(t *testing.T) {
	client := open(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	if seen := status(t, via(client), request(t, "GET", cloud.CloudHost+notes, nil)); seen != 401 {
		t.Errorf("status %d", seen)
	}
	arrived(t, notes, 1)
}

// listener is another origin, which must see no credential and, by itself, no request.
func listener(t *testing.T, seen *[]http.Header) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*seen = append(*seen, r.Header.Clone())
	}))
	t.Cleanup(server.Close)
	return server
}

func TestAnotherOriginIsSentNothing(t *testing.T) {
	client := loggedIn(t)
	var seen []http.Header
	other := listener(t, &seen)
	body := &closing{Reader: strings.NewReader("x")}
	_, err := via(client).Do(request(t, "POST", other.URL+"/proxy/notes", body))
	if !errors.Is(err, bmauth.ErrCredentialNotForOrigin) {
		t.Errorf("%v", err)
	}
	if !body.isClosed {
		t.Error("the body stays open")
	}
	if len(seen) != 0 {
		t.Errorf("it was sent %v", seen)
	}
}

func TestARedirectToAnotherOriginIsNotFollowed(t *testing.T) {
	client := loggedIn(t)
	var seen []http.Header
	other := listener(t, &seen)
	cloud.Answers(t, map[string]any{
		"path": notes, "status": 307, "headers": map[string]string{"Location": other.URL}, "body": "",
	})
	_, err := via(client).Do(request(t, "GET", cloud.CloudHost+notes, nil))
	if !errors.Is(err, bmauth.ErrCredentialNotForOrigin) {
		t.Errorf("%v", err)
	}
	if len(seen) != 0 {
		t.Errorf("it was sent %v", seen)
	}
}

func TestARouteBringsItsWorkspace(t *testing.T) {
	const workspace = "11111111-2222-4333-8444-555555555555"
	client := loggedIn(t)
	route, err := client.Route(bmauth.RouteRequest{Workspace: workspace, Override: bmauth.OverrideCloud})
	must(t, err)
	sender := &http.Client{Transport: &bmauthhttp.Transport{Client: client, Route: route}}
	if seen := status(t, sender, request(t, "GET", route.BaseURL()+"/notes", nil)); seen != 200 {
		t.Errorf("status %d", seen)
	}
	if entry := arrived(t, notes, 1)[0]; entry.Workspace != workspace {
		t.Errorf("workspace %q", entry.Workspace)
	}
	var seen []http.Header
	other := listener(t, &seen)
	if _, err := sender.Get(other.URL); !errors.Is(err, bmauth.ErrCredentialNotForOrigin) || len(seen) != 0 {
		t.Errorf("another origin: %v, sent %v", err, seen)
	}
}

func TestALocalRouteIsSentAsItIs(t *testing.T) {
	client := loggedIn(t)
	route, err := client.Route(bmauth.RouteRequest{Override: bmauth.OverrideLocal})
	must(t, err)
	var seen []http.Header
	local := listener(t, &seen)
	sender := &http.Client{Transport: &bmauthhttp.Transport{Client: client, Route: route}}
	if got := status(t, sender, request(t, "GET", local.URL, nil)); got != 200 || len(seen) != 1 {
		t.Fatalf("status %d, %d requests", got, len(seen))
	}
	if seen[0].Get("Authorization") != "" {
		t.Error("a local route was sent a credential")
	}
}

func TestTheRequestsContextEndsAWaitForTheCredential(t *testing.T) {
	client := loggedIn(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := via(client).Do(request(t, "GET", cloud.CloudHost+notes, nil).WithContext(ctx))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	arrived(t, notes, 0)
}

func TestARefreshThatStallsHoldsNoRequestUp(t *testing.T) {
	client := loggedIn(t)
	cloud.Answers(t, map[string]any{"path": "/oauth2/token", "grant_type": "refresh_token", "delay_ms": 2000})
	refreshed := make(chan error, 1)
	go func() {
		_, err := client.Token(context.Background(), bmauth.PurposeAccount, time.Hour)
		refreshed <- err
	}()
	for cloud.Refreshes(t) == 0 {
		time.Sleep(time.Millisecond)
	}
	if seen := status(t, via(client), request(t, "GET", cloud.CloudHost+notes, nil)); seen != 200 {
		t.Errorf("status %d", seen)
	}
	if len(refreshed) != 0 {
		t.Error("sent after the refresh")
	}
	must(t, <-refreshed)
}

func TestATransportWithoutAClientIsAnError(t *testing.T) {
	_, err := via(nil).Get(cloud.CloudHost + notes)
	if !errors.Is(err, bmauth.ErrInvalidArgument) {
		t.Errorf("%v", err)
	}
}

func TestARequestWithoutAURLIsAnError(t *testing.T) {
	transport := &bmauthhttp.Transport{Client: loggedIn(t)}
	if _, err := transport.RoundTrip(&http.Request{}); err == nil {
		t.Error("it was sent somewhere")
	}
}

type closing struct {
	io.Reader
	isClosed bool
}

func (c *closing) Close() error {
	c.isClosed = true
	return nil
}
