// Package bmauthhttp sends HTTP requests with the credential of a bmauth client:
//
//	http.Client{Transport: &bmauthhttp.Transport{Client: client}}
package bmauthhttp

import (
	"io"
	"net/http"

	"basicmemory.com/bmauth"
)

// Transport is an http.RoundTripper that adds the headers that a request needs. The credential goes
// to the cloud host in force alone: a request to any other origin, also one that a redirect asks
// for, is not sent and fails with bmauth.ErrCredentialNotForOrigin.
//
// If the cloud answers 401, the session is refreshed and the request sent once more, if its body can
// be sent again (there is none, or the request has GetBody). A 403 is an answer, not a reason to try
// again. Any number of goroutines may use a Transport; it must not be changed while they do.
type Transport struct {
	// Client has the credentials.
	Client *bmauth.Client
	// Route, if there is one, says what the requests are for: its workspace goes along. Requests on
	// a local route are sent as they are.
	Route *bmauth.Route
	// Base sends the requests; nil for http.DefaultTransport.
	Base http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	isLocal := t.Route != nil && t.Route.Mode() == "local"
	if isLocal || request.URL == nil { // without a URL, the base says what is wrong
		return t.base().RoundTrip(request)
	}
	token, err := t.token(request)
	if err != nil {
		closeBody(request)
		return nil, err
	}
	defer token.Close()
	answer, err := t.base().RoundTrip(withHeaders(request, token))
	if err != nil || answer.StatusCode != http.StatusUnauthorized || !canSendAgain(request) {
		return answer, err
	}
	return t.again(request, token, answer)
}

// again answers a 401: with a newer credential the request is sent once more, without one the answer
// stands.
func (t *Transport) again(request *http.Request, refused *bmauth.Token, answer *http.Response) (*http.Response, error) {
	if err := t.Client.Invalidate(refused); err != nil {
		discard(answer)
		return nil, err
	}
	token, err := t.token(request)
	if err != nil {
		discard(answer)
		return nil, err
	}
	defer token.Close()
	if token.AccessToken().Reveal() == refused.AccessToken().Reveal() {
		return answer, nil
	}
	second := withHeaders(request, token)
	if request.GetBody != nil {
		if second.Body, err = request.GetBody(); err != nil {
			discard(answer)
			return nil, err
		}
	}
	discard(answer)
	return t.base().RoundTrip(second)
}

// token is the credential for a request, whose origin the library judges.
func (t *Transport) token(request *http.Request) (*bmauth.Token, error) {
	token, err := t.Client.HeadersForURL(request.Context(), request.URL.String())
	if err != nil || t.Route == nil {
		return token, err
	}
	defer token.Close()
	return t.Client.Headers(request.Context(), t.Route)
}

func (t *Transport) base() http.RoundTripper {
	if t.Base != nil {
		return t.Base
	}
	return http.DefaultTransport
}

// withHeaders is a copy, because a RoundTripper may not change what it is given.
func withHeaders(request *http.Request, token *bmauth.Token) *http.Request {
	copied := request.Clone(request.Context())
	for _, header := range token.Headers() {
		copied.Header.Set(header.Name, header.Value.Reveal())
	}
	return copied
}

func canSendAgain(request *http.Request) bool {
	return request.Body == nil || request.Body == http.NoBody || request.GetBody != nil
}

func closeBody(request *http.Request) {
	if request.Body != nil {
		_ = request.Body.Close()
	}
}

// discard reads what is left of a short answer, so that its connection serves the next request.
func discard(answer *http.Response) {
	_, _ = io.CopyN(io.Discard, answer.Body, 64<<10)
	_ = answer.Body.Close()
}
