// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// A credential for one use, and the headers that carry it.
pub struct Token(pub(crate) sys::Token);

impl Token {
    /// The bearer itself: an access token or an API key. `None` when the kind is "none".
    pub fn access_token(&self) -> Option<Secret<'_>> {
        self.0.access_token().map(Secret::new)
    }

    /// What kind of credential was chosen. "none", "api_key" or "oauth".
    pub fn kind(&self) -> &str {
        self.0.kind()
    }

    /// Where it came from. "option", "environment", "config", "session" or "none".
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// Why this one was chosen, for people. One line.
    pub fn reason(&self) -> &str {
        self.0.reason()
    }

    /// The only origin that it may be sent to. Scheme, host and port; `None` when the kind is
    /// "none".
    pub fn origin(&self) -> Option<&str> {
        self.0.origin()
    }

    /// When it expires: the earlier of the stored time and the JWT's own. `None` if unknown, as for
    /// API keys.
    pub fn expires_at(&self) -> Option<SystemTime> {
        from_unix_s(self.0.expires_at_unix_s())
    }

    /// Whether it is stored. A token that could not be saved lives in this process alone; saving is
    /// tried again at the next call. True if so, and for what need not be stored.
    pub fn is_persisted(&self) -> bool {
        self.0.is_persisted()
    }

    /// Every warning, for people.
    pub fn warnings(&self) -> impl Iterator<Item = &str> + '_ {
        let item = move |index| self.0.warning(index);
        (0..self.0.warning_count()).filter_map(item)
    }

    /// Name and value of every header.
    pub fn headers(&self) -> impl Iterator<Item = (&str, Secret<'_>)> + '_ {
        let item = move |index| {
            let header_name = self.0.header_name(index)?;
            let header_value = self.0.header_value(index)?;
            Some((header_name, Secret::new(header_value)))
        };
        (0..self.0.header_count()).filter_map(item)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Token");
        shown.field("access_token", &self.access_token());
        shown.field("kind", &self.kind());
        shown.field("source", &self.source());
        shown.field("reason", &self.reason());
        shown.field("origin", &self.origin());
        shown.field("expires_at", &self.expires_at());
        shown.field("is_persisted", &self.is_persisted());
        shown.field("warnings", &self.warnings().collect::<Vec<_>>());
        shown.field("headers", &self.headers().collect::<Vec<_>>());
        shown.finish_non_exhaustive()
    }
}
