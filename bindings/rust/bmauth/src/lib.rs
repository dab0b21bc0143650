//! Authentication for Basic Memory: log in with a device code, keep the session fresh over all
//! threads and processes of a machine, decide whether a project is local or in the cloud, and get the
//! headers for it.
//!
//! ```no_run
//! use bmauth::{Client, Override};
//!
//! fn main() -> bmauth::Result<()> {
//!     let client = Client::new(None)?;
//!     let route = client.route(Some("research"), None, Override::None, false)?;
//!     let token = client.headers(&route, None)?; // refreshed if it was due
//!     for (name, value) in token.headers() {
//!         send(name, value.expose());
//!     }
//!     Ok(())
//! }
//!
//! fn send(name: &str, value: &str) { /* to route.base_url(), and nowhere else */ }
//! ```
//!
//! This crate adds no features, no defaults and no policy: all of that is libbmauth's, the same for
//! every language. Every object frees itself; what a getter returns is borrowed from its object.
//! Nothing here panics. A [`Secret`] is never shown by formatting.
//!
//! # Threads
//!
//! A [`Client`] is made once and shared, in an `Arc` or by reference. [`Token`], [`Route`] and
//! [`Report`] do not change; a [`Cancel`] is triggered from anywhere.
//!
//! ```
//! fn is_shared<T: Send + Sync>() {}
//! is_shared::<bmauth::Client>();
//! is_shared::<bmauth::Token>();
//! is_shared::<bmauth::Route>();
//! is_shared::<bmauth::Report>();
//! is_shared::<bmauth::Cancel>();
//! is_shared::<bmauth::Error>();
//! is_shared::<bmauth::HeaderBuffer>();
//! ```
//!
//! A [`Login`] goes from thread to thread, but is of one at a time; so are [`Options`].
//!
//! ```
//! fn is_sent<T: Send>() {}
//! is_sent::<bmauth::Login>();
//! is_sent::<bmauth::Options>();
//! ```
//! ```compile_fail
//! fn is_shared<T: Sync>() {}
//! is_shared::<bmauth::Login>();
//! ```
//! ```compile_fail
//! fn is_shared<T: Sync>() {}
//! is_shared::<bmauth::Options>();
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod generated;
mod header;
mod login;
mod prelude;
mod secret;
mod text;
mod version;

pub use bmauth_sys::HeaderBuffer;
pub use generated::*;
pub use secret::Secret;

/// What a call that may fail gives.
pub type Result<T> = std::result::Result<T, Error>;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsCompiled;
