// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

import (
	"context"
	"time"
	"unsafe"
)

// Client: settings, session and connections of one data directory. Any goroutine may use it at any
// time.
type Client struct {
	object *object
}

var clientKind = kind{
	end:  func(pointer unsafe.Pointer) { C.bmauth_client_close((*C.bmauth_client)(pointer)) },
	free: func(pointer unsafe.Pointer) { C.bmauth_client_free((*C.bmauth_client)(pointer)) },
}

// NewClient makes a client: resolves the settings and reads the config files. Touches no network
// and creates no file.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrInsecureURL, ErrStoreIO, ErrStorePermissions.
func NewClient(options ...Option) (*Client, error) {
	given, err := newOptions(options)
	if err != nil {
		return nil, err
	}
	defer C.bmauth_options_free(given)
	var clientOut *C.bmauth_client
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_new(given, &clientOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Client{adopt(&clientKind, unsafe.Pointer(clientOut), nil)}, nil
}

// Close ends the client: connections are closed and secrets in memory wiped as soon as no call uses
// them. Calls that run go on to their end, later ones fail with ErrInvalidArgument ("client is
// closed"). Closing twice is harmless. What was forgotten is closed by the garbage collector, some
// time. The error is always nil.
func (c *Client) Close() error {
	c.inner().close()
	return nil
}

// inner is nil for nil and for the zero value, which nothing can be asked of.
func (c *Client) inner() *object {
	if c == nil {
		return nil
	}
	return c.object
}

// Token: the bearer to send now for a purpose. A session is refreshed first if it is due, once for
// all threads and processes; a network fault never costs a token that still lives. purpose: What
// the credential is for, which decides the kind that is preferred. minValidity: How long the token
// should live at least, 0 for no wish. Beyond its lifetime: one refresh, then whatever came.
// Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrNoCredentials, ErrInvalidAPIKey,
// ErrCredentialNotForOrigin, ErrReauthRequired, ErrOAuthRejected, ErrCancelled, ErrNetwork, ErrTLS,
// ErrTimeout, ErrRateLimited, ErrServer, ErrBadResponse, ErrInsecureURL, ErrStoreIO,
// ErrStorePermissions, ErrStoreCorrupt, ErrLockTimeout, ErrRejected, ErrNetUnavailable.
func (c *Client) Token(ctx context.Context, purpose Purpose, minValidity time.Duration) (*Token, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var tokenOut *C.bmauth_token
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_token((*C.bmauth_client)(self.get()), C.bmauth_purpose(purpose), C.int64_t(inUnits(minValidity, time.Millisecond)), cancel, &tokenOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Token{adopt(&tokenKind, unsafe.Pointer(tokenOut), nil)}, nil
}

// FreshToken: the bearer to send now if it is fresh: small files are read, but there is no request,
// no lock and no waiting. Otherwise ErrNeedsRefresh: ask Client.Token, which may refresh. An API
// key is always fresh. For callers that may not block, and as the short way before the long one.
// purpose: As for Client.Token.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrNoCredentials, ErrInvalidAPIKey,
// ErrCredentialNotForOrigin, ErrReauthRequired, ErrInsecureURL, ErrStoreIO, ErrStorePermissions,
// ErrNeedsRefresh.
func (c *Client) FreshToken(purpose Purpose) (*Token, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var tokenOut *C.bmauth_token
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_fresh_token((*C.bmauth_client)(self.get()), C.bmauth_purpose(purpose), &tokenOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Token{adopt(&tokenKind, unsafe.Pointer(tokenOut), nil)}, nil
}

// Headers: the HTTP headers that a request on a route needs, for the route's origin alone. On a
// local route the answer is of kind "none" and has no headers. For an unknown project without an
// override: ErrUnknownProject, with near names in the message. route: The route, of this client.
// Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrUnknownProject, ErrWorkspaceUnresolved,
// ErrNoCredentials, ErrInvalidAPIKey, ErrCredentialNotForOrigin, ErrReauthRequired,
// ErrOAuthRejected, ErrCancelled, ErrNetwork, ErrTLS, ErrTimeout, ErrRateLimited, ErrServer,
// ErrBadResponse, ErrInsecureURL, ErrStoreIO, ErrStorePermissions, ErrStoreCorrupt, ErrLockTimeout,
// ErrRejected, ErrNetUnavailable.
func (c *Client) Headers(ctx context.Context, route *Route) (*Token, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	routeObject := route.inner().acquire()
	defer routeObject.release()
	var tokenOut *C.bmauth_token
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_headers((*C.bmauth_client)(self.get()), (*C.bmauth_route)(routeObject.get()), cancel, &tokenOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Token{adopt(&tokenKind, unsafe.Pointer(tokenOut), nil)}, nil
}

// HeadersForURL: the HTTP headers that a request to a URL of the cloud host needs. A URL under
// /proxy has purpose project, any other purpose account. Another origin than the cloud host in
// force: ErrCredentialNotForOrigin. url: The absolute URL; plain http only to loopback. Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrWorkspaceUnresolved, ErrNoCredentials,
// ErrInvalidAPIKey, ErrCredentialNotForOrigin, ErrReauthRequired, ErrOAuthRejected, ErrCancelled,
// ErrNetwork, ErrTLS, ErrTimeout, ErrRateLimited, ErrServer, ErrBadResponse, ErrInsecureURL,
// ErrStoreIO, ErrStorePermissions, ErrStoreCorrupt, ErrLockTimeout, ErrRejected, ErrNetUnavailable.
func (c *Client) HeadersForURL(ctx context.Context, url string) (*Token, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	urlText, err := cText("url", url)
	if err != nil {
		return nil, err
	}
	defer freeText(urlText)
	var tokenOut *C.bmauth_token
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_headers_for_url((*C.bmauth_client)(self.get()), urlText, cancel, &tokenOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Token{adopt(&tokenKind, unsafe.Pointer(tokenOut), nil)}, nil
}

// RefreshStep: one step of a refresh, for runtimes that may not block a thread: at most one
// request, and no waiting for the lock of another process. Call again after nextDelay until
// isReady; then Client.Token and Client.Headers answer without waiting. minValidity: As for
// Client.Token. Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrNoCredentials, ErrInvalidAPIKey,
// ErrCredentialNotForOrigin, ErrReauthRequired, ErrOAuthRejected, ErrCancelled, ErrNetwork, ErrTLS,
// ErrTimeout, ErrRateLimited, ErrServer, ErrBadResponse, ErrInsecureURL, ErrStoreIO,
// ErrStorePermissions, ErrStoreCorrupt, ErrRejected, ErrNetUnavailable.
func (c *Client) RefreshStep(ctx context.Context, minValidity time.Duration) (isReady bool, nextDelay time.Duration, err error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return false, 0, err
	}
	defer self.release()
	var isReadyOut C.int
	var nextDelayOut C.int64_t
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_refresh_step((*C.bmauth_client)(self.get()), C.int64_t(inUnits(minValidity, time.Millisecond)), cancel, &isReadyOut, &nextDelayOut, failure)
	})
	if err != nil {
		return false, 0, err
	}
	return isReadyOut != 0, time.Duration(nextDelayOut) * time.Millisecond, nil
}

// Invalidate says that the cloud answered 401 to this token: it is refreshed once at the next use,
// whatever its clock says. A token that is not the current one changes nothing, and an API key
// neither. Send the request again once; never after a 403. token: The token that was refused.
func (c *Client) Invalidate(token *Token) error {
	self, err := c.inner().begin("client")
	if err != nil {
		return err
	}
	defer self.release()
	tokenObject := token.inner().acquire()
	defer tokenObject.release()
	return call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_invalidate((*C.bmauth_client)(self.get()), (*C.bmauth_token)(tokenObject.get()), failure)
	})
}

// RouteRequest is what Route is asked for; what is left out is not set.
type RouteRequest struct {
	// The project; nothing if none is named.
	Project string
	// The workspace asked for; nothing if none.
	Workspace string
	// Local or cloud by the caller's will, before anything else.
	Override Override
	// True: without a project, take the default project.
	UseDefaultProject bool
}

// Route decides where a project's requests go, and why. No network, no credential is read. An
// unknown project routes local, with is_known false.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrConflictingRouting, ErrProjectConstrained,
// ErrAmbiguous, ErrStoreIO, ErrStorePermissions.
func (c *Client) Route(request RouteRequest) (*Route, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	projectText, err := cTextOrNull("project", request.Project)
	if err != nil {
		return nil, err
	}
	defer freeText(projectText)
	workspaceText, err := cTextOrNull("workspace", request.Workspace)
	if err != nil {
		return nil, err
	}
	defer freeText(workspaceText)
	var routeOut *C.bmauth_route
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_route((*C.bmauth_client)(self.get()), projectText, workspaceText, C.bmauth_override(request.Override), cBool(request.UseDefaultProject), &routeOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Route{adopt(&routeKind, unsafe.Pointer(routeOut), nil)}, nil
}

// Mode: what Client.Route decides for a project without workspace, override and default, and
// nothing else of it: for callers that ask often. A project that is configured by exactly this name
// is found in memory; what another process changes in the config files is seen when the wall
// clock's second is over. project: The project; nothing if none is named.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrConflictingRouting, ErrProjectConstrained,
// ErrAmbiguous, ErrStoreIO, ErrStorePermissions.
func (c *Client) Mode(project string) (mode Mode, isKnown bool, err error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return 0, false, err
	}
	defer self.release()
	projectText, err := cTextOrNull("project", project)
	if err != nil {
		return 0, false, err
	}
	defer freeText(projectText)
	var modeOut C.bmauth_mode
	var isKnownOut C.int
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_mode((*C.bmauth_client)(self.get()), projectText, &modeOut, &isKnownOut, failure)
	})
	if err != nil {
		return 0, false, err
	}
	return Mode(modeOut), isKnownOut != 0, nil
}

// Projects: the configured projects: a report whose root is an array of objects with name, mode,
// path, workspace and file (where its mode stands).
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrStoreIO, ErrStorePermissions.
func (c *Client) Projects() (*Report, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var reportOut *C.bmauth_report
	err = call(func(failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_projects((*C.bmauth_client)(self.get()), &reportOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Report{adopt(&reportKind, unsafe.Pointer(reportOut), nil)}, nil
}

// Status: what is configured, stored and reachable. Trouble with a session or the network is part
// of the report, not an error. isOffline: True: ask nobody, report what is on this machine.
// Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrCancelled, ErrStoreIO, ErrStorePermissions,
// ErrStoreCorrupt, ErrLockTimeout.
func (c *Client) Status(ctx context.Context, isOffline bool) (*Report, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var reportOut *C.bmauth_report
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_status((*C.bmauth_client)(self.get()), cBool(isOffline), cancel, &reportOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Report{adopt(&reportKind, unsafe.Pointer(reportOut), nil)}, nil
}

// Whoami: who is logged in: identity, issuer and workspace. isOffline: True: ask nobody, report
// what the session recorded. Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrNoCredentials, ErrInvalidAPIKey,
// ErrCredentialNotForOrigin, ErrUnauthorized, ErrSubscriptionRequired, ErrForbidden,
// ErrReauthRequired, ErrOAuthRejected, ErrCancelled, ErrNetwork, ErrTLS, ErrTimeout,
// ErrRateLimited, ErrServer, ErrBadResponse, ErrInsecureURL, ErrStoreIO, ErrStorePermissions,
// ErrStoreCorrupt, ErrLockTimeout, ErrRejected, ErrNetUnavailable.
func (c *Client) Whoami(ctx context.Context, isOffline bool) (*Report, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var reportOut *C.bmauth_report
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_whoami((*C.bmauth_client)(self.get()), cBool(isOffline), cancel, &reportOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Report{adopt(&reportKind, unsafe.Pointer(reportOut), nil)}, nil
}

// Logout removes every session that this data directory may read, after a running refresh. API keys
// stay. The report says each thing that was done and each that was left. Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrCancelled, ErrStoreIO, ErrStorePermissions,
// ErrStoreCorrupt, ErrLockTimeout.
func (c *Client) Logout(ctx context.Context) (*Report, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var reportOut *C.bmauth_report
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_logout((*C.bmauth_client)(self.get()), cancel, &reportOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Report{adopt(&reportKind, unsafe.Pointer(reportOut), nil)}, nil
}

// LoginBegin begins a login with the device authorization grant. A session that is valid or can be
// refreshed is kept, unless isForced: the login then has no user_code, and one poll verifies access
// and ends it. isForced: True: a new login whatever is stored. Network.
//
// Fails with ErrConfigInvalid, ErrConfigConflict, ErrCredentialNotForOrigin, ErrOAuthRejected,
// ErrCancelled, ErrNetwork, ErrTLS, ErrTimeout, ErrRateLimited, ErrServer, ErrBadResponse,
// ErrInsecureURL, ErrStoreIO, ErrStorePermissions, ErrStoreCorrupt, ErrLockTimeout,
// ErrSessionExists, ErrRejected, ErrNetUnavailable.
func (c *Client) LoginBegin(ctx context.Context, isForced bool) (*Login, error) {
	self, err := c.inner().begin("client")
	if err != nil {
		return nil, err
	}
	defer self.release()
	var loginOut *C.bmauth_login
	err = callWithin(ctx, func(cancel *C.bmauth_cancel, failure **C.bmauth_error) C.bmauth_code {
		return C.bmauth_client_login_begin((*C.bmauth_client)(self.get()), cBool(isForced), cancel, &loginOut, failure)
	})
	if err != nil {
		return nil, err
	}
	return &Login{adopt(&loginKind, unsafe.Pointer(loginOut), self)}, nil
}
