// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// What [`Client::refresh_step`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefreshStepResult {
    /// True when no step is left.
    pub is_ready: bool,
    /// When to call again; 0 when ready.
    pub next_delay: Duration,
}

/// What [`Client::mode`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModeResult {
    /// Where its requests go.
    pub mode: Mode,
    /// True if it is configured; an unknown one is local unless settings say otherwise.
    pub is_known: bool,
}

/// Settings, session and connections of one data directory.
pub struct Client(pub(crate) sys::Client);

impl Client {
    /// Makes a client: resolves the settings and reads the config files. Touches no network and
    /// creates no file.
    ///
    /// - `options`: What the program wants to say in code.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions).
    pub fn new(options: Option<&Options>) -> Result<Self> {
        version::check()?;
        let options = options.map(|it| &it.0);
        let called = sys::Client::new(options);
        called.map_err(Error::read).map(Self)
    }

    /// Ends the client: connections are closed and secrets in memory wiped as soon as no call uses
    /// them. Calls that run go on to their end, later ones fail with
    /// [`ErrorCode::InvalidArgument`](crate::ErrorCode::InvalidArgument) ("client is closed").
    /// Closing twice is harmless.
    pub fn close(&self) {
        self.0.close()
    }

    /// The bearer to send now for a purpose. A session is refreshed first if it is due, once for
    /// all threads and processes; a network fault never costs a token that still lives.
    ///
    /// Network: may wait for requests.
    ///
    /// - `purpose`: What the credential is for, which decides the kind that is preferred.
    /// - `min_validity`: How long the token should live at least, 0 for no wish. Beyond its
    ///   lifetime: one refresh, then whatever came. Counted in milliseconds.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`NoCredentials`](crate::ErrorCode::NoCredentials),
    /// [`InvalidApiKey`](crate::ErrorCode::InvalidApiKey),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`ReauthRequired`](crate::ErrorCode::ReauthRequired),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`Network`](crate::ErrorCode::Network),
    /// [`Tls`](crate::ErrorCode::Tls), [`Timeout`](crate::ErrorCode::Timeout),
    /// [`RateLimited`](crate::ErrorCode::RateLimited), [`Server`](crate::ErrorCode::Server),
    /// [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout), [`Rejected`](crate::ErrorCode::Rejected),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn token(
        &self,
        purpose: Purpose,
        min_validity: Duration,
        cancel: Option<&Cancel>,
    ) -> Result<Token> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::token(&self.0, i32::from(purpose), to_ms(min_validity), cancel);
        called.map_err(Error::read).map(Token)
    }

    /// The bearer to send now if it is fresh: small files are read, but there is no request, no
    /// lock and no waiting. Otherwise [`ErrorCode::NeedsRefresh`](crate::ErrorCode::NeedsRefresh):
    /// ask [`Client::token`](crate::Client::token), which may refresh. An API key is always fresh.
    /// For callers that may not block, and as the short way before the long one.
    ///
    /// - `purpose`: As for [`Client::token`](crate::Client::token).
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`NoCredentials`](crate::ErrorCode::NoCredentials),
    /// [`InvalidApiKey`](crate::ErrorCode::InvalidApiKey),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`ReauthRequired`](crate::ErrorCode::ReauthRequired),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`NeedsRefresh`](crate::ErrorCode::NeedsRefresh).
    pub fn fresh_token(&self, purpose: Purpose) -> Result<Token> {
        let called = sys::Client::fresh_token(&self.0, i32::from(purpose));
        called.map_err(Error::read).map(Token)
    }

    /// The HTTP headers that a request on a route needs, for the route's origin alone. On a local
    /// route the answer is of kind "none" and has no headers. For an unknown project without an
    /// override: [`ErrorCode::UnknownProject`](crate::ErrorCode::UnknownProject), with near names
    /// in the message.
    ///
    /// Network: may wait for requests.
    ///
    /// - `route`: The route, of this client.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`UnknownProject`](crate::ErrorCode::UnknownProject),
    /// [`WorkspaceUnresolved`](crate::ErrorCode::WorkspaceUnresolved),
    /// [`NoCredentials`](crate::ErrorCode::NoCredentials),
    /// [`InvalidApiKey`](crate::ErrorCode::InvalidApiKey),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`ReauthRequired`](crate::ErrorCode::ReauthRequired),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`Network`](crate::ErrorCode::Network),
    /// [`Tls`](crate::ErrorCode::Tls), [`Timeout`](crate::ErrorCode::Timeout),
    /// [`RateLimited`](crate::ErrorCode::RateLimited), [`Server`](crate::ErrorCode::Server),
    /// [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout), [`Rejected`](crate::ErrorCode::Rejected),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn headers(&self, route: &Route, cancel: Option<&Cancel>) -> Result<Token> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::headers(&self.0, &route.0, cancel);
        called.map_err(Error::read).map(Token)
    }

    /// The HTTP headers that a request to a URL of the cloud host needs. A URL under /proxy has
    /// purpose project, any other purpose account. Another origin than the cloud host in force:
    /// [`ErrorCode::CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin).
    ///
    /// Network: may wait for requests.
    ///
    /// - `url`: The absolute URL; plain http only to loopback.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`WorkspaceUnresolved`](crate::ErrorCode::WorkspaceUnresolved),
    /// [`NoCredentials`](crate::ErrorCode::NoCredentials),
    /// [`InvalidApiKey`](crate::ErrorCode::InvalidApiKey),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`ReauthRequired`](crate::ErrorCode::ReauthRequired),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`Network`](crate::ErrorCode::Network),
    /// [`Tls`](crate::ErrorCode::Tls), [`Timeout`](crate::ErrorCode::Timeout),
    /// [`RateLimited`](crate::ErrorCode::RateLimited), [`Server`](crate::ErrorCode::Server),
    /// [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout), [`Rejected`](crate::ErrorCode::Rejected),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn headers_for_url(&self, url: &str, cancel: Option<&Cancel>) -> Result<Token> {
        let url = text("url", url)?;
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::headers_for_url(&self.0, &url, cancel);
        called.map_err(Error::read).map(Token)
    }

    /// One step of a refresh, for runtimes that may not block a thread: at most one request, and no
    /// waiting for the lock of another process. Call again after `next_delay` until is_ready; then
    /// [`Client::token`](crate::Client::token) and [`Client::headers`](crate::Client::headers)
    /// answer without waiting.
    ///
    /// Network: may wait for requests.
    ///
    /// - `min_validity`: As for [`Client::token`](crate::Client::token). Counted in milliseconds.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`NoCredentials`](crate::ErrorCode::NoCredentials),
    /// [`InvalidApiKey`](crate::ErrorCode::InvalidApiKey),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`ReauthRequired`](crate::ErrorCode::ReauthRequired),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`Network`](crate::ErrorCode::Network),
    /// [`Tls`](crate::ErrorCode::Tls), [`Timeout`](crate::ErrorCode::Timeout),
    /// [`RateLimited`](crate::ErrorCode::RateLimited), [`Server`](crate::ErrorCode::Server),
    /// [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt), [`Rejected`](crate::ErrorCode::Rejected),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn refresh_step(
        &self,
        min_validity: Duration,
        cancel: Option<&Cancel>,
    ) -> Result<RefreshStepResult> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::refresh_step(&self.0, to_ms(min_validity), cancel);
        let (is_ready, next_delay_ms) = called.map_err(Error::read)?;
        Ok(RefreshStepResult {
            is_ready,
            next_delay: from_ms(next_delay_ms),
        })
    }

    /// Says that the cloud answered 401 to this token: it is refreshed once at the next use,
    /// whatever its clock says. A token that is not the current one changes nothing, and an API key
    /// neither. Send the request again once; never after a 403.
    ///
    /// - `token`: The token that was refused.
    pub fn invalidate(&self, token: &Token) -> Result<()> {
        let called = sys::Client::invalidate(&self.0, &token.0);
        called.map_err(Error::read)
    }

    /// Decides where a project's requests go, and why. No network, no credential is read. An
    /// unknown project routes local, with is_known false.
    ///
    /// - `project`: The project; `None` if none is named.
    /// - `workspace`: The workspace asked for; `None` if none.
    /// - `r#override`: Local or cloud by the caller's will, before anything else.
    /// - `use_default_project`: True: without a project, take the default project.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`ConflictingRouting`](crate::ErrorCode::ConflictingRouting),
    /// [`ProjectConstrained`](crate::ErrorCode::ProjectConstrained),
    /// [`Ambiguous`](crate::ErrorCode::Ambiguous), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions).
    pub fn route(
        &self,
        project: Option<&str>,
        workspace: Option<&str>,
        r#override: Override,
        use_default_project: bool,
    ) -> Result<Route> {
        let project = maybe_text("project", project)?;
        let workspace = maybe_text("workspace", workspace)?;
        let called = sys::Client::route(
            &self.0,
            project.as_deref(),
            workspace.as_deref(),
            i32::from(r#override),
            use_default_project,
        );
        called.map_err(Error::read).map(Route)
    }

    /// What [`Client::route`](crate::Client::route) decides for a project without workspace,
    /// override and default, and nothing else of it: for callers that ask often. A project that is
    /// configured by exactly this name is found in memory; what another process changes in the
    /// config files is seen when the wall clock's second is over.
    ///
    /// - `project`: The project; `None` if none is named.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`ConflictingRouting`](crate::ErrorCode::ConflictingRouting),
    /// [`ProjectConstrained`](crate::ErrorCode::ProjectConstrained),
    /// [`Ambiguous`](crate::ErrorCode::Ambiguous), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions).
    pub fn mode(&self, project: Option<&str>) -> Result<ModeResult> {
        let project = maybe_text("project", project)?;
        let called = sys::Client::mode(&self.0, project.as_deref());
        let (mode, is_known) = called.map_err(Error::read)?;
        Ok(ModeResult {
            mode: Mode::from(mode),
            is_known,
        })
    }

    /// The configured projects: a report whose root is an array of objects with name, mode, path,
    /// workspace and file (where its mode stands).
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions).
    pub fn projects(&self) -> Result<Report> {
        let called = sys::Client::projects(&self.0);
        called.map_err(Error::read).map(Report)
    }

    /// What is configured, stored and reachable. Trouble with a session or the network is part of
    /// the report, not an error.
    ///
    /// Network: may wait for requests.
    ///
    /// - `is_offline`: True: ask nobody, report what is on this machine.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout).
    pub fn status(&self, is_offline: bool, cancel: Option<&Cancel>) -> Result<Report> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::status(&self.0, is_offline, cancel);
        called.map_err(Error::read).map(Report)
    }

    /// Who is logged in: identity, issuer and workspace.
    ///
    /// Network: may wait for requests.
    ///
    /// - `is_offline`: True: ask nobody, report what the session recorded.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`NoCredentials`](crate::ErrorCode::NoCredentials),
    /// [`InvalidApiKey`](crate::ErrorCode::InvalidApiKey),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`Unauthorized`](crate::ErrorCode::Unauthorized),
    /// [`SubscriptionRequired`](crate::ErrorCode::SubscriptionRequired),
    /// [`Forbidden`](crate::ErrorCode::Forbidden),
    /// [`ReauthRequired`](crate::ErrorCode::ReauthRequired),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`Network`](crate::ErrorCode::Network),
    /// [`Tls`](crate::ErrorCode::Tls), [`Timeout`](crate::ErrorCode::Timeout),
    /// [`RateLimited`](crate::ErrorCode::RateLimited), [`Server`](crate::ErrorCode::Server),
    /// [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout), [`Rejected`](crate::ErrorCode::Rejected),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn whoami(&self, is_offline: bool, cancel: Option<&Cancel>) -> Result<Report> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::whoami(&self.0, is_offline, cancel);
        called.map_err(Error::read).map(Report)
    }

    /// Removes every session that this data directory may read, after a running refresh. API keys
    /// stay. The report says each thing that was done and each that was left.
    ///
    /// Network: may wait for requests.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout).
    pub fn logout(&self, cancel: Option<&Cancel>) -> Result<Report> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::logout(&self.0, cancel);
        called.map_err(Error::read).map(Report)
    }

    /// Begins a login with the device authorization grant. A session that is valid or can be
    /// refreshed is kept, unless is_forced: the login then has no user_code, and one poll verifies
    /// access and ends it.
    ///
    /// Network: may wait for requests.
    ///
    /// - `is_forced`: True: a new login whatever is stored.
    ///
    /// # Errors
    /// [`ConfigInvalid`](crate::ErrorCode::ConfigInvalid),
    /// [`ConfigConflict`](crate::ErrorCode::ConfigConflict),
    /// [`CredentialNotForOrigin`](crate::ErrorCode::CredentialNotForOrigin),
    /// [`OauthRejected`](crate::ErrorCode::OauthRejected),
    /// [`Cancelled`](crate::ErrorCode::Cancelled), [`Network`](crate::ErrorCode::Network),
    /// [`Tls`](crate::ErrorCode::Tls), [`Timeout`](crate::ErrorCode::Timeout),
    /// [`RateLimited`](crate::ErrorCode::RateLimited), [`Server`](crate::ErrorCode::Server),
    /// [`BadResponse`](crate::ErrorCode::BadResponse),
    /// [`InsecureUrl`](crate::ErrorCode::InsecureUrl), [`StoreIo`](crate::ErrorCode::StoreIo),
    /// [`StorePermissions`](crate::ErrorCode::StorePermissions),
    /// [`StoreCorrupt`](crate::ErrorCode::StoreCorrupt),
    /// [`LockTimeout`](crate::ErrorCode::LockTimeout),
    /// [`SessionExists`](crate::ErrorCode::SessionExists),
    /// [`Rejected`](crate::ErrorCode::Rejected),
    /// [`NetUnavailable`](crate::ErrorCode::NetUnavailable).
    pub fn login_begin(&self, is_forced: bool, cancel: Option<&Cancel>) -> Result<Login> {
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Client::login_begin(&self.0, is_forced, cancel);
        called.map_err(Error::read).map(Login)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Client");
        shown.finish_non_exhaustive()
    }
}
