// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// The version as a number. The number.
pub fn version_number() -> i32 {
    sys::version_number()
}
