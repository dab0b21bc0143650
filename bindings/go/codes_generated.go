// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.

package bmauth

// #include <bmauth.h>
import "C"

// Code says what went wrong; it is one row of the error table. It is an error itself, for
// errors.Is(err, bmauth.ErrNetwork). Expect numbers that are not listed.
type Code int32

const (
	// Success.
	OK Code = C.BMAUTH_OK
	// A value given in code, on the command line or in an environment variable cannot be used.
	ErrInvalidArgument Code = C.BMAUTH_E_INVALID_ARGUMENT
	// A configuration file cannot be parsed or holds a value of the wrong kind, or no home directory
	// is known.
	ErrConfigInvalid Code = C.BMAUTH_E_CONFIG_INVALID
	// config.yaml and config.json disagree about where a project's notes go.
	ErrConfigConflict Code = C.BMAUTH_E_CONFIG_CONFLICT
	// Local and cloud routing are both forced.
	ErrConflictingRouting Code = C.BMAUTH_E_CONFLICTING_ROUTING
	// This process is constrained to another project than the one asked for.
	ErrProjectConstrained Code = C.BMAUTH_E_PROJECT_CONSTRAINED
	// No configured project has this name.
	ErrUnknownProject Code = C.BMAUTH_E_UNKNOWN_PROJECT
	// The name fits more than one project or workspace.
	ErrAmbiguous Code = C.BMAUTH_E_AMBIGUOUS
	// The workspace is not a tenant id, and no id is known for its name.
	ErrWorkspaceUnresolved Code = C.BMAUTH_E_WORKSPACE_UNRESOLVED
	// A credential is needed and none is stored or configured.
	ErrNoCredentials Code = C.BMAUTH_E_NO_CREDENTIALS
	// The API key does not have the form of one.
	ErrInvalidAPIKey Code = C.BMAUTH_E_INVALID_API_KEY
	// The credential is bound to another issuer or host than the one it was about to be sent to.
	ErrCredentialNotForOrigin Code = C.BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN
	// The API does not accept the credential (HTTP 401).
	ErrUnauthorized Code = C.BMAUTH_E_UNAUTHORIZED
	// The account is known, but has no active subscription (HTTP 403).
	ErrSubscriptionRequired Code = C.BMAUTH_E_SUBSCRIPTION_REQUIRED
	// The credential lacks the scope that this call needs (HTTP 403).
	ErrInsufficientScope Code = C.BMAUTH_E_INSUFFICIENT_SCOPE
	// The credential is accepted, but may not do this (HTTP 403).
	ErrForbidden Code = C.BMAUTH_E_FORBIDDEN
	// The API key was made, but the server did not confirm the limits that were asked for.
	ErrScopeNotConfirmed Code = C.BMAUTH_E_SCOPE_NOT_CONFIRMED
	// The server does not offer this operation.
	ErrUnsupported Code = C.BMAUTH_E_UNSUPPORTED
	// The thing asked for does not exist.
	ErrNotFound Code = C.BMAUTH_E_NOT_FOUND
	// The person declined the login (RFC 8628 section 3.5).
	ErrAccessDenied Code = C.BMAUTH_E_ACCESS_DENIED
	// The login's code expired before anybody approved it (RFC 8628 section 3.5).
	ErrExpiredToken Code = C.BMAUTH_E_EXPIRED_TOKEN
	// The session is over; the authorization server does not accept its refresh token any more.
	ErrReauthRequired Code = C.BMAUTH_E_REAUTH_REQUIRED
	// The authorization server refused the request with an OAuth error (RFC 6749 section 5.2).
	ErrOAuthRejected Code = C.BMAUTH_E_OAUTH_REJECTED
	// Nobody approved the login within the time that the caller allowed.
	ErrLoginTimeout Code = C.BMAUTH_E_LOGIN_TIMEOUT
	// The caller cancelled the operation.
	ErrCancelled Code = C.BMAUTH_E_CANCELLED
	// The server cannot be reached, or the connection broke (name lookup, refused, reset, cut off).
	ErrNetwork Code = C.BMAUTH_E_NETWORK
	// No trusted TLS connection could be made, so nothing was sent.
	ErrTLS Code = C.BMAUTH_E_TLS
	// The server did not answer in time.
	ErrTimeout Code = C.BMAUTH_E_TIMEOUT
	// The server asks for fewer requests (HTTP 429).
	ErrRateLimited Code = C.BMAUTH_E_RATE_LIMITED
	// The server failed (HTTP 5xx).
	ErrServer Code = C.BMAUTH_E_SERVER
	// The server's answer is not what the protocol says (not the JSON that is needed, too large, or a
	// redirect).
	ErrBadResponse Code = C.BMAUTH_E_BAD_RESPONSE
	// The URL would send a credential in the clear.
	ErrInsecureURL Code = C.BMAUTH_E_INSECURE_URL
	// A file or directory could not be read or written.
	ErrStoreIO Code = C.BMAUTH_E_STORE_IO
	// A file or directory is not safely yours, or its modes forbid the access.
	ErrStorePermissions Code = C.BMAUTH_E_STORE_PERMISSIONS
	// The token file does not hold a token record.
	ErrStoreCorrupt Code = C.BMAUTH_E_STORE_CORRUPT
	// The operation succeeded, but its result could not be saved.
	ErrNotPersisted Code = C.BMAUTH_E_NOT_PERSISTED
	// Another process held the session's lock for too long.
	ErrLockTimeout Code = C.BMAUTH_E_LOCK_TIMEOUT
	// A session of another issuer is stored here and is not overwritten.
	ErrSessionExists Code = C.BMAUTH_E_SESSION_EXISTS
	// The server refused the request (HTTP 4xx) for a reason that has no code of its own.
	ErrRejected Code = C.BMAUTH_E_REJECTED
	// The network part of bmauth, or a library that it needs, cannot be loaded.
	ErrNetUnavailable Code = C.BMAUTH_E_NET_UNAVAILABLE
	// Memory ran out.
	ErrOutOfMemory Code = C.BMAUTH_E_OUT_OF_MEMORY
	// A fault in bmauth itself.
	ErrInternal Code = C.BMAUTH_E_INTERNAL
	// No fresh token is at hand without waiting.
	ErrNeedsRefresh Code = C.BMAUTH_E_NEEDS_REFRESH
)

// Name: the name of a code, as tools print it and bindings match it. For example "no_credentials".
func (c Code) Name() string {
	return C.GoString(C.bmauth_code_name(C.bmauth_code(c)))
}

// Meaning: what a code says, in one sentence. English, without a line end.
func (c Code) Meaning() string {
	return C.GoString(C.bmauth_code_meaning(C.bmauth_code(c)))
}

// Remedy: what a person can do about it, in general; an error object may know something better.
// English, without a line end.
func (c Code) Remedy() string {
	return C.GoString(C.bmauth_code_remedy(C.bmauth_code(c)))
}

// IsRetryable: whether the same call may succeed later although nobody changed anything. True if
// so.
func (c Code) IsRetryable() bool {
	return C.bmauth_code_is_retryable(C.bmauth_code(c)) != 0
}

// ExitStatus: the exit status that the bmauth command gives for a code. 0 to 5, or 130.
func (c Code) ExitStatus() int {
	return int(C.bmauth_code_exit_status(C.bmauth_code(c)))
}

// Version: the version of the loaded library, as text. "major.minor.patch".
func Version() string {
	return C.GoString(C.bmauth_version())
}

// VersionNumber: the version of the loaded library, as a number that can be compared with
// BMAUTH_VERSION_NUMBER: major * 1000000 + minor * 1000 + patch. The number.
func VersionNumber() int {
	return int(C.bmauth_version_number())
}
