// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// The version of the loaded library, as text. "major.minor.patch".
pub fn version() -> &'static str {
    sys::version()
}

/// The version of the loaded library, as a number that can be compared with BMAUTH_VERSION_NUMBER:
/// major * 1000000 + minor * 1000 + patch. The number.
pub fn version_number() -> i32 {
    sys::version_number()
}
