// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// Where a project's requests go, and why.
pub struct Route(pub(crate) sys::Route);

impl Route {
    /// Local or cloud. "local" or "cloud".
    pub fn mode(&self) -> &str {
        self.0.mode()
    }

    /// What decided. "call", "environment", "project", "workspace" or "default".
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// The same in words, naming the variable, file or argument. One line.
    pub fn reason(&self) -> &str {
        self.0.reason()
    }

    /// Whether somebody chose it explicitly: by an override in the call or by explicit routing.
    /// True if so.
    pub fn is_explicit(&self) -> bool {
        self.0.is_explicit()
    }

    /// The project. The configured name of a known one, else as asked for; `None` if there is none.
    pub fn project(&self) -> Option<&str> {
        self.0.project()
    }

    /// Whether the project is configured. True if so; false also when there is no project.
    pub fn is_known(&self) -> bool {
        self.0.is_known()
    }

    /// The workspace. `None` if there is none.
    pub fn workspace(&self) -> Option<&str> {
        self.0.workspace()
    }

    /// Where requests start. The cloud host and "/proxy", or the configured local URL; `None` if
    /// there is none.
    pub fn base_url(&self) -> Option<&str> {
        self.0.base_url()
    }

    /// What kind of credential [`Client::headers`](crate::Client::headers) would take. "none",
    /// "api_key" or "oauth"; "none" is no error here.
    pub fn credential_kind(&self) -> &str {
        self.0.credential_kind()
    }

    /// The route as a JSON object: mode, source, reason, is_explicit, project, is_known, workspace,
    /// base_url, credential, warnings. Compact JSON.
    pub fn json(&self) -> &str {
        self.0.json()
    }

    /// Every warning, for people.
    pub fn warnings(&self) -> impl Iterator<Item = &str> + '_ {
        let item = move |index| self.0.warning(index);
        (0..self.0.warning_count()).filter_map(item)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Route");
        shown.field("mode", &self.mode());
        shown.field("source", &self.source());
        shown.field("reason", &self.reason());
        shown.field("is_explicit", &self.is_explicit());
        shown.field("project", &self.project());
        shown.field("is_known", &self.is_known());
        shown.field("workspace", &self.workspace());
        shown.field("base_url", &self.base_url());
        shown.field("credential_kind", &self.credential_kind());
        shown.field("json", &self.json());
        shown.field("warnings", &self.warnings().collect::<Vec<_>>());
        shown.finish_non_exhaustive()
    }
}
