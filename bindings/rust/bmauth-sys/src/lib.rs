//! Declarations of bmauth's C ABI ([`ffi`]), and safe calls over them: objects that free themselves,
//! borrowed texts, owned errors. Programs use the crate `bmauth`, which is made of these calls and has
//! no `unsafe` of its own.
//!
//! ```
//! assert!(bmauth_sys::version_number() >= bmauth_sys::ffi::VERSION_NUMBER);
//! ```
#![deny(unsafe_op_in_unsafe_fn)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod callback;
#[allow(non_camel_case_types)]
pub mod ffi;
mod header;
mod objects;
mod owned;
mod text;

pub use header::HeaderBuffer;
pub use objects::*;
pub use text::Text;
