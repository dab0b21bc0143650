// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// What [`Login::poll`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollResult {
    /// [`PollState::Done`](crate::PollState::Done) when nothing is left to do.
    pub state: PollState,
    /// When to call again; 0 when done.
    pub next_delay: Duration,
}

/// A login in progress (RFC 8628).
pub struct Login(pub(crate) sys::Login);

impl Login {
    /// How far the login is. [`PollState::Pending`](crate::PollState::Pending) until it is done.
    pub fn state(&self) -> PollState {
        PollState::from(self.0.state())
    }

    /// The code that the person enters or compares. `None` when no person is needed, because a
    /// session is kept.
    pub fn user_code(&self) -> Option<&str> {
        self.0.user_code()
    }

    /// The page where the person enters the code. `None` when no person is needed.
    pub fn verification_uri(&self) -> Option<&str> {
        self.0.verification_uri()
    }

    /// The same page with the code filled in. `None` when the server gave none or no person is
    /// needed.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.0.verification_uri_complete()
    }

    /// How long the code lives, counted from [`Client::login_begin`](crate::Client::login_begin). 0
    /// when there is no code.
    pub fn expires_in(&self) -> Duration {
        from_s(self.0.expires_in_s())
    }

    /// The least time between two polls, as the server first asked for. 0 when there is no code.
    pub fn interval(&self) -> Duration {
        from_s(self.0.interval_s())
    }

    /// How long to wait before the next poll. 0 when done, or when nothing needs to be waited for.
    pub fn next_delay(&self) -> Duration {
        from_ms(self.0.next_delay_ms())
    }

    /// What is left of the code's life or the login's time limit, whichever ends first. 0 when it
    /// is over, or when there is no code.
    pub fn remaining(&self) -> Duration {
        from_ms(self.0.remaining_ms())
    }

    /// Opens the verification page in the person's browser, by starting a program with an argument
    /// list and without a shell. Only https and loopback URLs are opened, and no browser that would
    /// take over the terminal.
    ///
    /// # Errors
    /// [`Unsupported`](crate::ErrorCode::Unsupported),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl).
    pub fn open_browser(&mut self) -> Result<bool> {
        let called = sys::Login::open_browser(&mut self.0);
        called.map_err(Error::read)
    }

    /// At most one request: asks whether the person has approved, or, once tokens are stored,
    /// checks the access. It sends when it is called: wait `next_delay` first. Transient faults are
    /// not errors, they make the next delay longer. After an error the login is over.
    ///
    /// Network: may wait for requests.
    ///
    /// # Errors
    /// [`AccessDenied`](crate::ErrorCode::AccessDenied),
    /// [`ExpiredToken`](crate::ErrorCode::ExpiredToken),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`LoginTimeout`](crate::ErrorCode::LoginTimeout),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout),
    /// [`SessionExists`](crate::ErrorCode::SessionExists),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn poll(&mut self, cancel: Option<&Cancel>) -> Result<PollResult> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Login::poll(&mut self.0, cancel);
        let (state, next_delay_ms) = called.map_err(Error::read)?;
        Ok(PollResult {
            state: PollState::from(state),
            next_delay: from_ms(next_delay_ms),
        })
    }

    /// Waits and polls until the login is done.
    ///
    /// Waits for a person.
    ///
    /// # Errors
    /// [`AccessDenied`](crate::ErrorCode::AccessDenied),
    /// [`ExpiredToken`](crate::ErrorCode::ExpiredToken),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`LoginTimeout`](crate::ErrorCode::LoginTimeout),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout),
    /// [`SessionExists`](crate::ErrorCode::SessionExists),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn wait(&mut self, cancel: Option<&Cancel>) -> Result<()> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Login::wait(&mut self.0, cancel);
        called.map_err(Error::read)
    }

    /// What a login that is done came to: is_session_kept, is_persisted, token_file, identity
    /// {subject, email, name}, is_authenticated, entitlement {state, message, subscribe_url},
    /// reachable, warnings. Before that:
    /// [`ErrorCode::InvalidArgument`](crate::ErrorCode::InvalidArgument).
    pub fn report(&mut self) -> Result<Report> {
        let called = sys::Login::report(&mut self.0);
        called.map_err(Error::read).map(Report)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Login");
        shown.field("state", &self.state());
        shown.field("user_code", &self.user_code());
        shown.field("verification_uri", &self.verification_uri());
        shown.field(
            "verification_uri_complete",
            &self.verification_uri_complete(),
        );
        shown.field("expires_in", &self.expires_in());
        shown.field("interval", &self.interval());
        shown.field("next_delay", &self.next_delay());
        shown.field("remaining", &self.remaining());
        shown.finish_non_exhaustive()
    }
}
