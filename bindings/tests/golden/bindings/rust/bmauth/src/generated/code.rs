// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// What went wrong: one row of the error table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// A value is wrong.
    InvalidArgument,
    /// The box is full.
    BoxFull,
    /// A fault in the library.
    Internal,
    /// A number that this crate does not know: the library is newer.
    Unknown(i32),
}

impl From<i32> for ErrorCode {
    fn from(number: i32) -> Self {
        match number {
            1 => Self::InvalidArgument,
            2 => Self::BoxFull,
            4 => Self::Internal,
            other => Self::Unknown(other),
        }
    }
}

impl From<ErrorCode> for i32 {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::InvalidArgument => 1,
            ErrorCode::BoxFull => 2,
            ErrorCode::Internal => 4,
            ErrorCode::Unknown(other) => other,
        }
    }
}

impl ErrorCode {
    /// The name of a code. For example "box_full".
    pub fn name(self) -> &'static str {
        sys::code_name(i32::from(self))
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
