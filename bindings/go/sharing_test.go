package bmauth_test

import (
	"errors"
	"sync"
	"testing"

	"basicmemory.com/bmauth"
)

func TestEightGoroutinesAndOneExpiryMakeOneRefresh(t *testing.T) {
	client, folder := world(t)
	logIn(t, client)
	expire(t, folder)
	other := open(t, folder) // has read nothing yet: every token that it gives comes from the refresh
	start, tokens := make(chan struct{}), make([]string, 8)
	var group sync.WaitGroup
	for i := range tokens {
		i := i
		group.Add(1)
		go func() {
			defer group.Done()
			<-start
			token, err := other.Token(background, bmauth.PurposeAccount, 0)
			if err != nil {
				t.Error(err)
				return
			}
			defer token.Close()
			tokens[i] = token.AccessToken().Reveal()
		}()
	}
	close(start)
	group.Wait()
	for _, token := range tokens {
		equal(t, "all have the same token", token == tokens[0] && token != "", true)
	}
	equal(t, "refreshes", cloud.Refreshes(t), 1)
}

func TestClosingDuringCallsLetsThemEnd(t *testing.T) {
	for round := 0; round < 20; round++ {
		client := open(t, t.TempDir(), bmauth.WithAPIKey(bmauth.NewSecret(keyCanary)))
		var group sync.WaitGroup
		for i := 0; i < 8; i++ {
			group.Add(1)
			go func() {
				defer group.Done()
				for calls := 0; calls < 200; calls++ {
					token, err := client.Token(background, bmauth.PurposeProject, 0)
					if errors.Is(err, bmauth.ErrInvalidArgument) {
						return // closed
					}
					if err != nil || token.AccessToken().Reveal() != keyCanary {
						t.Errorf("a call while the client closes: %v", err)
						return
					}
					token.Close()
				}
			}()
		}
		group.Add(1)
		go func() {
			defer group.Done()
			client.Close()
		}()
		group.Wait()
		_, err := client.Token(background, bmauth.PurposeProject, 0)
		mustBe(t, err, bmauth.ErrInvalidArgument)
	}
}

func TestOneLoginInManyHandsIsAskedInTurn(t *testing.T) {
	client, _ := world(t)
	login, err := client.LoginBegin(background, false)
	must(t, err)
	code := login.UserCode()
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for calls := 0; calls < 100; calls++ {
				if seen := login.UserCode(); seen != code && seen != "" {
					t.Errorf("the code became %q", seen)
				}
				_ = login.State()
			}
			login.Close()
		}()
	}
	group.Wait()
	equal(t, "the code of a closed login", login.UserCode(), "")
}
