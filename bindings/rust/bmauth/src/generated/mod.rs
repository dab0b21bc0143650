// Generated from bindings/spec by bmauth_gen; do not edit.
//! What follows from the spec of the C ABI alone.

mod cancel;
mod client;
mod code;
mod enums;
mod error;
mod library;
mod login;
mod options;
mod report;
mod route;
mod token;

pub use self::cancel::*;
pub use self::client::*;
pub use self::code::*;
pub use self::enums::*;
pub use self::error::*;
pub use self::library::*;
pub use self::login::*;
pub use self::options::*;
pub use self::report::*;
pub use self::route::*;
pub use self::token::*;
pub use bmauth_sys::CancelCheck;
