// Package bmauthoauth2 gives the tokens of a bmauth client to what takes an oauth2.TokenSource. It is
// a module of its own, so that bmauth itself needs no other.
package bmauthoauth2

import (
	"context"
	"sync/atomic"

	"basicmemory.com/bmauth"
	"golang.org/x/oauth2"
)

// TokenSource asks client for each token, which is cheap and stays right: do not wrap it in
// oauth2.ReuseTokenSource, which would keep one that another process has replaced. ctx ends calls
// that wait. Any number of goroutines may use it; the tokens that it gives must not be changed, for
// all get the same one while it is current.
//
// An oauth2.Token shows its text when it is printed, and an oauth2.Transport sends it to whatever
// origin it is asked for: package bmauthhttp does neither.
func TokenSource(ctx context.Context, client *bmauth.Client, purpose bmauth.Purpose) oauth2.TokenSource {
	return &source{ctx: ctx, client: client, purpose: purpose}
}

type source struct {
	ctx     context.Context
	client  *bmauth.Client
	purpose bmauth.Purpose
	last    atomic.Pointer[given]
}

// given is a token, and the header that tells whether it is still the current one.
type given struct {
	header string
	token  *oauth2.Token
}

// Token implements oauth2.TokenSource.
func (s *source) Token() (*oauth2.Token, error) {
	header, err := s.client.Header(s.ctx, s.purpose)
	if err != nil {
		return nil, err
	}
	if last := s.last.Load(); last != nil && last.header == header.Reveal() {
		return last.token, nil
	}
	token, err := s.client.FreshToken(s.purpose)
	if err != nil { // it has changed again, or nothing better is to be had
		token, err = s.client.Token(s.ctx, s.purpose, 0)
	}
	if err != nil {
		return nil, err
	}
	defer token.Close()
	made := &oauth2.Token{
		AccessToken: token.AccessToken().Reveal(),
		TokenType:   "Bearer",
		Expiry:      token.ExpiresAt(),
	}
	s.last.Store(&given{token.Headers()[0].Value.Reveal(), made})
	return made, nil
}
