// Generated from bindings/spec by bmauth_gen; do not edit.

use std::sync::Arc;

use crate::prelude::*;

#[derive(Debug, Clone)]
struct Facts {
    code: ErrorCode,
    name: String,
    message: String,
    retry_after: Option<Duration>,
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
            retry_after: maybe_ms(error.retry_after_ms()),
        }))
    }

    /// Found by this crate itself.
    pub(crate) fn known(code: ErrorCode, message: String) -> Self {
        Self(Arc::new(Facts {
            code,
            name: code.name().to_owned(),
            message,
            retry_after: None,
        }))
    }

    /// The row that applies. Never success.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// The name of the code. For example "box_full".
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What went wrong. One line.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// How long to wait. `None` if unknown.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl std::error::Error for Error {}
