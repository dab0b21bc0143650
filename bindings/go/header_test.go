package bmauth_test

import (
	"context"
	"errors"
	"regexp"
	"runtime"
	"sync"
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

const otherKey = "bmc_OTHERother0123456789abcdefghijkl"

// warmth is what a header costs that is asked for again: 0 allocations, if it comes from memory.
func warmth(t *testing.T, client *bmauth.Client, purpose bmauth.Purpose) float64 {
	t.Helper()
	return testing.AllocsPerRun(1000, func() {
		if _, err := client.FreshHeader(purpose); err != nil {
			t.Error(err)
		}
	})
}

// header is what is at hand.
func header(t *testing.T, client *bmauth.Client, purpose bmauth.Purpose) string {
	t.Helper()
	value, err := client.FreshHeader(purpose)
	must(t, err)
	return value.Reveal()
}

func TestTheWarmHeaderIsThatOfTheFreshToken(t *testing.T) {
	client, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	logIn(t, client)
	for _, purpose := range []bmauth.Purpose{bmauth.PurposeProject, bmauth.PurposeAccount} {
		token, err := client.FreshToken(purpose)
		must(t, err)
		wanted := token.Headers()[0].Value.Reveal()
		equal(t, "the first", header(t, client, purpose), wanted)
		equal(t, "from memory", header(t, client, purpose), wanted)
		waited, err := client.Header(background, purpose)
		must(t, err)
		equal(t, "Header", waited.Reveal(), wanted)
	}
	equal(t, "of the key", header(t, client, bmauth.PurposeProject), "Bearer "+keyCanary)
	equal(t, "refreshes", cloud.Refreshes(t), 0)
}

func TestAWarmHeaderAllocatesNothing(t *testing.T) {
	client, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	equal(t, "allocations", warmth(t, client, bmauth.PurposeProject), 0)
}

func TestWhatThisProcessDoesIsSeenAtOnce(t *testing.T) {
	client, folder := world(t)
	other := open(t, folder)
	logIn(t, client)
	before := header(t, client, bmauth.PurposeAccount)
	equal(t, "the other client's", header(t, other, bmauth.PurposeAccount), before)
	token, err := client.FreshToken(bmauth.PurposeAccount)
	must(t, err)
	must(t, client.Invalidate(token))
	_, err = client.FreshHeader(bmauth.PurposeAccount)
	mustBe(t, err, bmauth.ErrNeedsRefresh)
	waited, err := client.Header(background, bmauth.PurposeAccount)
	must(t, err)
	equal(t, "another one", waited.Reveal() != before, true)
	equal(t, "from memory", header(t, client, bmauth.PurposeAccount), waited.Reveal())
	equal(t, "the other client's", header(t, other, bmauth.PurposeAccount), waited.Reveal())
	_, err = client.Logout(background)
	must(t, err)
	for _, client := range []*bmauth.Client{client, other} {
		_, err = client.FreshHeader(bmauth.PurposeAccount)
		mustBe(t, err, bmauth.ErrNoCredentials)
	}
	must(t, client.Close())
	_, err = client.FreshHeader(bmauth.PurposeAccount)
	mustBe(t, err, bmauth.ErrInvalidArgument)
	equal(t, "refreshes", cloud.Refreshes(t), 1)
}

func TestWhatAnotherProcessDoesIsSeenWithinASecond(t *testing.T) {
	for _, order := range []string{"refresh", "revoke", "log out"} {
		t.Run(order, func(t *testing.T) {
			client, folder := world(t)
			logIn(t, client)
			before := header(t, client, bmauth.PurposeAccount)
			equal(t, "allocations", warmth(t, client, bmauth.PurposeAccount), 0)
			elsewhere(t, folder, order)
			done := time.Now()
			for {
				value, err := client.FreshHeader(bmauth.PurposeAccount)
				if order == "log out" && errors.Is(err, bmauth.ErrNoCredentials) {
					break
				}
				must(t, err)
				if value.Reveal() != before {
					break
				}
				soon(t, done, time.Second)
				if t.Failed() {
					return
				}
				runtime.Gosched()
			}
		})
	}
}

// stalled has the server stall a refresh that somebody waits for; the header comes with its end.
func stalled(t *testing.T, client *bmauth.Client) <-chan string {
	t.Helper()
	cloud.Answers(t, map[string]any{"path": "/oauth2/token", "grant_type": "refresh_token", "delay_ms": 2000})
	given := make(chan string, 1)
	go func() {
		defer close(given)
		token, err := client.Token(background, bmauth.PurposeAccount, time.Hour)
		if err != nil {
			t.Error(err)
			return
		}
		given <- token.Headers()[0].Value.Reveal()
	}()
	for cloud.Refreshes(t) == 0 {
		time.Sleep(time.Millisecond)
	}
	return given
}

func TestARefreshThatStallsHoldsNobodyUp(t *testing.T) {
	client, folder := world(t)
	logIn(t, client)
	before := header(t, client, bmauth.PurposeAccount)
	refresh := stalled(t, client)
	for _, asked := range []*bmauth.Client{client, open(t, folder)} {
		for calls := 0; calls < 100; calls++ {
			value, err := asked.Header(background, bmauth.PurposeAccount)
			must(t, err)
			equal(t, "the header meanwhile", value.Reveal(), before)
		}
		mode, isKnown, err := asked.Mode("nowhere")
		must(t, err)
		equal(t, "the mode meanwhile", mode == bmauth.ModeLocal && !isKnown, true)
	}
	equal(t, "refreshes that have ended", len(refresh), 0)
	after := <-refresh
	equal(t, "another one", after != before && after != "", true)
	equal(t, "the header at once", header(t, client, bmauth.PurposeAccount), after)
}

func TestClientsDoNotMix(t *testing.T) {
	first, _ := world(t, bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
	logIn(t, first)
	second := open(t, t.TempDir(), bmauth.WithAPIKey(bmauth.NewSecret(otherKey)))
	session := header(t, first, bmauth.PurposeAccount)
	for round := 0; round < 100; round++ {
		equal(t, "first, project", header(t, first, bmauth.PurposeProject), "Bearer "+keyCanary)
		equal(t, "second, project", header(t, second, bmauth.PurposeProject), "Bearer "+otherKey)
		equal(t, "second, account", header(t, second, bmauth.PurposeAccount), "Bearer "+otherKey)
		equal(t, "first, account", header(t, first, bmauth.PurposeAccount), session)
	}
}

func TestADoneContextEndsAWaitAndNothingElse(t *testing.T) {
	client, folder := world(t)
	logIn(t, client)
	done, cancel := context.WithCancel(background)
	cancel()
	for _, which := range []string{"from the library", "from memory"} {
		value, err := client.Header(done, bmauth.PurposeAccount)
		must(t, err)
		equal(t, which, value.IsEmpty(), false)
	}
	_, err := client.Header(nil, bmauth.PurposeAccount) //nolint:staticcheck // what is tested
	mustBe(t, err, bmauth.ErrInvalidArgument)
	expire(t, folder)
	_, err = open(t, folder).Header(done, bmauth.PurposeAccount)
	mustBe(t, err, bmauth.ErrCancelled)
	equal(t, "refreshes", cloud.Refreshes(t), 0)
}

func TestReadersARefresherALogoutAndAClose(t *testing.T) {
	client, _ := world(t)
	logIn(t, client)
	form := regexp.MustCompile(`^Bearer ey[\w.-]+$`)
	var readers sync.WaitGroup
	for i := 0; i < 4; i++ {
		readers.Add(1)
		go func() {
			defer readers.Done()
			for {
				value, err := client.FreshHeader(bmauth.PurposeAccount)
				switch {
				case err == nil && form.MatchString(value.Reveal()):
				case errors.Is(err, bmauth.ErrNeedsRefresh) || errors.Is(err, bmauth.ErrNoCredentials):
				case errors.Is(err, bmauth.ErrInvalidArgument):
					return // closed
				default:
					t.Errorf("a reader: %v", err)
					return
				}
			}
		}()
	}
	for i := 0; i < 5; i++ {
		token, err := client.Token(background, bmauth.PurposeAccount, 0)
		must(t, err)
		must(t, client.Invalidate(token))
		_, err = client.Token(background, bmauth.PurposeAccount, 0)
		must(t, err)
	}
	_, err := client.Logout(background)
	must(t, err)
	_, err = client.FreshHeader(bmauth.PurposeAccount)
	mustBe(t, err, bmauth.ErrNoCredentials)
	must(t, client.Close())
	readers.Wait()
	equal(t, "refreshes", cloud.Refreshes(t), 5)
}
