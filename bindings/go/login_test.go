package bmauth_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"basicmemory.com/bmauth"
)

func TestALoginStepByStep(t *testing.T) {
	client, _ := world(t)
	login, err := client.LoginBegin(background, false)
	must(t, err)
	defer login.Close()
	equal(t, "state", login.State(), bmauth.LoginPending)
	equal(t, "its name", login.State().String(), "pending")
	equal(t, "page", login.VerificationURI(), cloud.Issuer+"/device")
	equal(t, "page with code", strings.Contains(login.VerificationURIComplete(), login.UserCode()), true)
	equal(t, "Interval", login.Interval(), time.Second)
	equal(t, "ExpiresIn", login.ExpiresIn(), 10*time.Minute)
	equal(t, "NextDelay", login.NextDelay(), time.Second)
	equal(t, "Remaining", login.Remaining() > 9*time.Minute && login.Remaining() <= 10*time.Minute, true)
	_, err = login.Report()
	mustBe(t, err, bmauth.ErrInvalidArgument)

	state, delay, err := login.Poll(background)
	must(t, err)
	equal(t, "state", state, bmauth.LoginPending)
	equal(t, "delay", delay, time.Second)
	cloud.Person(t, login.UserCode(), "approve", "alice")
	must(t, login.Wait(background))
	equal(t, "state", login.State(), bmauth.LoginDone)
	report, err := login.Report()
	must(t, err)
	defer report.Close()
	email, _ := report.Text("/identity/email")
	equal(t, "email", email, "alice@example.test")
	equal(t, "warnings", report.Count("/warnings"), 0)
	equal(t, "a document", strings.HasPrefix(report.JSON(), "{"), true)
}

func TestASessionThatIsKeptShowsNobodyAnything(t *testing.T) {
	client, _ := world(t)
	logIn(t, client)
	report, err := client.Login(background, false, func(*bmauth.Login) error {
		return errors.New("shown")
	})
	must(t, err)
	kept, _ := report.Text("/is_session_kept")
	equal(t, "is_session_kept", kept, "true")
}

func TestALoginThatCannotBeShownIsGivenUp(t *testing.T) {
	client, _ := world(t)
	broken := errors.New("no terminal")
	_, err := client.Login(background, false, func(*bmauth.Login) error { return broken })
	equal(t, "the error is the callback's", errors.Is(err, broken), true)
	equal(t, "polls", len(cloud.Log(t, "/oauth2/token")), 0)
}

func TestADeniedLoginSaysSo(t *testing.T) {
	client, _ := world(t)
	_, err := client.Login(background, false, func(login *bmauth.Login) error {
		cloud.Person(t, login.UserCode(), "deny", "alice")
		return nil
	})
	mustBe(t, err, bmauth.ErrAccessDenied)
}

func TestALoginOutlivesItsClientWithoutHarm(t *testing.T) {
	client, _ := world(t)
	login, err := client.LoginBegin(background, false)
	must(t, err)
	must(t, client.Close())
	if _, _, err = login.Poll(background); err != nil {
		mustBe(t, err, bmauth.ErrInvalidArgument)
	}
	must(t, login.Close())
	equal(t, "the code of a closed login", login.UserCode(), "")
}

func TestNoBrowserIsNoFailure(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	client, _ := world(t)
	login, err := client.LoginBegin(background, false)
	must(t, err)
	defer login.Close()
	isOpened, err := login.OpenBrowser()
	if err == nil {
		equal(t, "isOpened", isOpened, false)
	} else {
		mustBe(t, err, bmauth.ErrUnsupported)
	}
}
