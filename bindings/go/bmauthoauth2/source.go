// Package bmauthoauth2 gives the tokens of a bmauth client to what takes an oauth2.TokenSource. It is
// a module of its own, so that bmauth itself needs no other.
package bmauthoauth2

import (
	"context"

	"basicmemory.com/bmauth"
	"golang.org/x/oauth2"
)

// TokenSource asks client for each token, which is cheap and stays right: do not wrap it in
// oauth2.ReuseTokenSource, which would keep one that another process has replaced. ctx ends calls
// that wait. Any number of goroutines may use it.
//
// An oauth2.Token shows its text when it is printed, and an oauth2.Transport sends it to whatever
// origin it is asked for: package bmauthhttp does neither.
func TokenSource(ctx context.Context, client *bmauth.Client, purpose bmauth.Purpose) oauth2.TokenSource {
	return source{ctx, client, purpose}
}

type source struct {
	ctx     context.Context
	client  *bmauth.Client
	purpose bmauth.Purpose
}

// Token implements oauth2.TokenSource.
func (s source) Token() (*oauth2.Token, error) {
	token, err := s.client.Token(s.ctx, s.purpose, 0)
	if err != nil {
		return nil, err
	}
	defer token.Close()
	return &oauth2.Token{
		AccessToken: token.AccessToken().Reveal(),
		TokenType:   "Bearer",
		Expiry:      token.ExpiresAt(),
	}, nil
}
