// Package bmauth logs in to Basic Memory Cloud, keeps the session fresh over all goroutines and
// processes of a machine, decides whether a project is local or in the cloud, and gives the headers
// for it. It is a thin layer over libbmauth.so, found through pkg-config.
//
//	client, err := bmauth.NewClient()
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//	token, err := client.Token(ctx, bmauth.PurposeAccount, 0)
//	if errors.Is(err, bmauth.ErrNoCredentials) {
//		_, err = client.Login(ctx, false, show)
//	}
//
// Where a request is made by hand, its Authorization header comes from Client.Header: from memory in a
// few nanoseconds while nothing has changed, also while another goroutine waits for a refresh.
//
// # What holds everywhere
//
// A failure is an *Error; errors.Is compares its Code, errors.As gives the rest. What waits takes a
// context: when that is done, the call ends within 100 ms, but for a token request that was already
// sent, which is finished and stored first. Its error is ErrCancelled and the context's own.
//
// A context bounds waiting alone where an answer may be at hand: Client.Header gives a fresh header
// also when ctx is done.
//
// Objects are closed by Close, which may come at any time, from any goroutine and more than once. To
// nil, to the zero value and after Close, calls that can fail say ErrInvalidArgument, and all others
// answer the zero value. Copies of an object are the same object.
//
// Texts that go in are UTF-8 without NUL. A nullable text that is absent is "". A Secret shows itself
// to nobody but who calls Reveal.
//
// Requests are sent by package bmauthhttp; package bmauthoauth2 is an oauth2.TokenSource.
package bmauth
