// Generated from bindings/spec by bmauth_gen; do not edit.
//! What follows from the spec of the C ABI alone.

mod r#box;
mod cancel;
mod code;
mod enums;
mod error;
mod library;

pub use self::r#box::*;
pub use self::cancel::*;
pub use self::code::*;
pub use self::enums::*;
pub use self::error::*;
pub use self::library::*;
pub use bmauth_sys::CancelCheck;
