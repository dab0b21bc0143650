// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// What went wrong: one row of the error table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// A value given in code, on the command line or in an environment variable cannot be used.
    InvalidArgument,
    /// A configuration file cannot be parsed or holds a value of the wrong kind, or no home
    /// directory is known.
    ConfigInvalid,
    /// config.yaml and config.json disagree about where a project's notes go.
    ConfigConflict,
    /// Local and cloud routing are both forced.
    ConflictingRouting,
    /// This process is constrained to another project than the one asked for.
    ProjectConstrained,
    /// No configured project has this name.
    UnknownProject,
    /// The name fits more than one project or workspace.
    Ambiguous,
    /// The workspace is not a tenant id, and no id is known for its name.
    WorkspaceUnresolved,
    /// A credential is needed and none is stored or configured.
    NoCredentials,
    /// The API key does not have the form of one.
    InvalidApiKey,
    /// The credential is bound to another issuer or host than the one it was about to be sent to.
    CredentialNotForOrigin,
    /// The API does not accept the credential (HTTP 401).
    Unauthorized,
    /// The account is known, but has no active subscription (HTTP 403).
    SubscriptionRequired,
    /// The credential lacks the scope that this call needs (HTTP 403).
    InsufficientScope,
    /// The credential is accepted, but may not do this (HTTP 403).
    Forbidden,
    /// The API key was made, but the server did not confirm the limits that were asked for.
    ScopeNotConfirmed,
    /// The server does not offer this operation.
    Unsupported,
    /// The thing asked for does not exist.
    NotFound,
    /// The person declined the login (RFC 8628 section 3.5).
    AccessDenied,
    /// The login's code expired before anybody approved it (RFC 8628 section 3.5).
    ExpiredToken,
    /// The session is over; the authorization server does not accept its refresh token any more.
    ReauthRequired,
    /// The authorization server refused the request with an OAuth error (RFC 6749 section 5.2).
    OauthRejected,
    /// Nobody approved the login within the time that the caller allowed.
    LoginTimeout,
    /// The caller cancelled the operation.
    Cancelled,
    /// The server cannot be reached, or the connection broke (name lookup, refused, reset, cut
    /// off).
    Network,
    /// No trusted TLS connection could be made, so nothing was sent.
    Tls,
    /// The server did not answer in time.
    Timeout,
    /// The server asks for fewer requests (HTTP 429).
    RateLimited,
    /// The server failed (HTTP 5xx).
    Server,
    /// The server's answer is not what the protocol says (not the JSON that is needed, too large,
    /// or a redirect).
    BadResponse,
    /// The URL would send a credential in the clear.
    InsecureUrl,
    /// A file or directory could not be read or written.
    StoreIo,
    /// A file or directory is not safely yours, or its modes forbid the access.
    StorePermissions,
    /// The token file does not hold a token record.
    StoreCorrupt,
    /// The operation succeeded, but its result could not be saved.
    NotPersisted,
    /// Another process held the session's lock for too long.
    LockTimeout,
    /// A session of another issuer is stored here and is not overwritten.
    SessionExists,
    /// The server refused the request (HTTP 4xx) for a reason that has no code of its own.
    Rejected,
    /// The network part of bmauth, or a library that it needs, cannot be loaded.
    NetUnavailable,
    /// Memory ran out.
    OutOfMemory,
    /// A fault in bmauth itself.
    Internal,
    /// No fresh token is at hand without waiting.
    NeedsRefresh,
    /// A number that this crate does not know: the library is newer.
    Unknown(i32),
}

impl From<i32> for ErrorCode {
    fn from(number: i32) -> Self {
        match number {
            1 => Self::InvalidArgument,
            2 => Self::ConfigInvalid,
            3 => Self::ConfigConflict,
            4 => Self::ConflictingRouting,
            5 => Self::ProjectConstrained,
            6 => Self::UnknownProject,
            7 => Self::Ambiguous,
            8 => Self::WorkspaceUnresolved,
            9 => Self::NoCredentials,
            10 => Self::InvalidApiKey,
            11 => Self::CredentialNotForOrigin,
            12 => Self::Unauthorized,
            13 => Self::SubscriptionRequired,
            14 => Self::InsufficientScope,
            15 => Self::Forbidden,
            16 => Self::ScopeNotConfirmed,
            17 => Self::Unsupported,
            18 => Self::NotFound,
            19 => Self::AccessDenied,
            20 => Self::ExpiredToken,
            21 => Self::ReauthRequired,
            22 => Self::OauthRejected,
            23 => Self::LoginTimeout,
            24 => Self::Cancelled,
            25 => Self::Network,
            26 => Self::Tls,
            27 => Self::Timeout,
            28 => Self::RateLimited,
            29 => Self::Server,
            30 => Self::BadResponse,
            31 => Self::InsecureUrl,
            32 => Self::StoreIo,
            33 => Self::StorePermissions,
            34 => Self::StoreCorrupt,
            35 => Self::NotPersisted,
            36 => Self::LockTimeout,
            37 => Self::SessionExists,
            38 => Self::Rejected,
            39 => Self::NetUnavailable,
            40 => Self::OutOfMemory,
            41 => Self::Internal,
            42 => Self::NeedsRefresh,
            other => Self::Unknown(other),
        }
    }
}

impl From<ErrorCode> for i32 {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::InvalidArgument => 1,
            ErrorCode::ConfigInvalid => 2,
            ErrorCode::ConfigConflict => 3,
            ErrorCode::ConflictingRouting => 4,
            ErrorCode::ProjectConstrained => 5,
            ErrorCode::UnknownProject => 6,
            ErrorCode::Ambiguous => 7,
            ErrorCode::WorkspaceUnresolved => 8,
            ErrorCode::NoCredentials => 9,
            ErrorCode::InvalidApiKey => 10,
            ErrorCode::CredentialNotForOrigin => 11,
            ErrorCode::Unauthorized => 12,
            ErrorCode::SubscriptionRequired => 13,
            ErrorCode::InsufficientScope => 14,
            ErrorCode::Forbidden => 15,
            ErrorCode::ScopeNotConfirmed => 16,
            ErrorCode::Unsupported => 17,
            ErrorCode::NotFound => 18,
            ErrorCode::AccessDenied => 19,
            ErrorCode::ExpiredToken => 20,
            ErrorCode::ReauthRequired => 21,
            ErrorCode::OauthRejected => 22,
            ErrorCode::LoginTimeout => 23,
            ErrorCode::Cancelled => 24,
            ErrorCode::Network => 25,
            ErrorCode::Tls => 26,
            ErrorCode::Timeout => 27,
            ErrorCode::RateLimited => 28,
            ErrorCode::Server => 29,
            ErrorCode::BadResponse => 30,
            ErrorCode::InsecureUrl => 31,
            ErrorCode::StoreIo => 32,
            ErrorCode::StorePermissions => 33,
            ErrorCode::StoreCorrupt => 34,
            ErrorCode::NotPersisted => 35,
            ErrorCode::LockTimeout => 36,
            ErrorCode::SessionExists => 37,
            ErrorCode::Rejected => 38,
            ErrorCode::NetUnavailable => 39,
            ErrorCode::OutOfMemory => 40,
            ErrorCode::Internal => 41,
            ErrorCode::NeedsRefresh => 42,
            ErrorCode::Unknown(other) => other,
        }
    }
}

impl ErrorCode {
    /// The name of a code, as tools print it and bindings match it. For example "no_credentials".
    pub fn name(self) -> &'static str {
        sys::code_name(i32::from(self))
    }

    /// What a code says, in one sentence. English, without a line end.
    pub fn meaning(self) -> &'static str {
        sys::code_meaning(i32::from(self))
    }

    /// What a person can do about it, in general; an error object may know something better.
    /// English, without a line end.
    pub fn remedy(self) -> &'static str {
        sys::code_remedy(i32::from(self))
    }

    /// Whether the same call may succeed later although nobody changed anything. True if so.
    pub fn is_retryable(self) -> bool {
        sys::code_is_retryable(i32::from(self))
    }

    /// The exit status that the bmauth command gives for a code. 0 to 5, or 130.
    pub fn exit_status(self) -> i32 {
        sys::code_exit_status(i32::from(self))
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
