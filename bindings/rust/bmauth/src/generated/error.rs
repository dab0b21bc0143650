// Generated from bindings/spec by bmauth_gen; do not edit.

use std::sync::Arc;

use crate::prelude::*;

#[derive(Debug, Clone)]
struct Facts {
    code: ErrorCode,
    name: String,
    message: String,
    remedy: String,
    http_status: i32,
    oauth_error: Option<String>,
    oauth_error_description: Option<String>,
    is_retryable: bool,
    retry_after: Option<Duration>,
    exit_status: i32,
}

/// A failure, with everything that the library knows of it. It contains no secret. Shown, it is the
/// message; the remedy stands beside it.
#[derive(Debug, Clone)]
pub struct Error(Arc<Facts>);

impl Error {
    /// Of a failed call.
    pub(crate) fn read(error: sys::Error) -> Self {
        Self(Arc::new(Facts {
            code: ErrorCode::from(error.code()),
            name: error.name().to_owned(),
            message: error.message().to_owned(),
            remedy: error.remedy().to_owned(),
            http_status: error.http_status(),
            oauth_error: error.oauth_error().map(str::to_owned),
            oauth_error_description: error.oauth_error_description().map(str::to_owned),
            is_retryable: error.is_retryable(),
            retry_after: maybe_ms(error.retry_after_ms()),
            exit_status: error.exit_status(),
        }))
    }

    /// Found by this crate itself.
    pub(crate) fn known(code: ErrorCode, message: String) -> Self {
        Self(Arc::new(Facts {
            code,
            name: code.name().to_owned(),
            message,
            remedy: code.remedy().to_owned(),
            http_status: 0,
            oauth_error: None,
            oauth_error_description: None,
            is_retryable: code.is_retryable(),
            retry_after: None,
            exit_status: code.exit_status(),
        }))
    }

    /// The row of the error table that applies. Never success.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The name of the code. For example "no_credentials".
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What went wrong, naming the thing concerned. One line.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What a person can do about it. One line; the best one known for this failure.
    pub fn remedy(&self) -> &str {
        &self.0.remedy
    }

    /// The HTTP status of the answer behind this failure. 0 if no HTTP answer was involved.
    pub fn http_status(&self) -> i32 {
        self.0.http_status
    }

    /// The OAuth error code that the server sent. `None` if there was none.
    pub fn oauth_error(&self) -> Option<&str> {
        self.0.oauth_error.as_deref()
    }

    /// The server's own words about it, made harmless for a terminal. `None` if there were none.
    pub fn oauth_error_description(&self) -> Option<&str> {
        self.0.oauth_error_description.as_deref()
    }

    /// Whether the same call may succeed later although nobody changed anything. True if so.
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable
    }

    /// How long the server asked to wait before the next try. `None` if it did not say.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The exit status that the bmauth command gives for this failure. 1 to 5, or 130.
    pub fn exit_status(&self) -> i32 {
        self.0.exit_status
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for Error {}
