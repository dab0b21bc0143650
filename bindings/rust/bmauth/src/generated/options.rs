// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// What a program says in code, before environment and config files.
pub struct Options(pub(crate) sys::Options);

impl Options {
    /// Makes options that say nothing.
    pub fn new() -> Result<Self> {
        version::check()?;
        let called = sys::Options::new();
        called.map_err(Error::read).map(Self)
    }

    /// Sets the data directory.
    ///
    /// - `value`: An absolute path.
    pub fn set_data_dir(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("data_dir", value)?;
        let called = sys::Options::set_data_dir(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the token file, instead of the places that are searched.
    ///
    /// - `value`: An absolute path.
    pub fn set_token_file(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("token_file", value)?;
        let called = sys::Options::set_token_file(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the authorization server.
    ///
    /// - `value`: Its issuer URL: https, or http to loopback.
    pub fn set_issuer(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("issuer", value)?;
        let called = sys::Options::set_issuer(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the OAuth client identifier.
    ///
    /// - `value`: The identifier.
    pub fn set_client_id(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("client_id", value)?;
        let called = sys::Options::set_client_id(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the host of the cloud API.
    ///
    /// - `value`: An origin such as "`https://cloud.basicmemory.com`": https, or http to loopback.
    pub fn set_cloud_host(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("cloud_host", value)?;
        let called = sys::Options::set_cloud_host(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets an API key. It is used, never written to disk.
    ///
    /// - `value`: "bmc_" and what follows; its form is checked when it is used.
    pub fn set_api_key(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("api_key", value)?;
        let called = sys::Options::set_api_key(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the project that a route takes when the default one is asked for.
    ///
    /// - `value`: A project name.
    pub fn set_default_project(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("default_project", value)?;
        let called = sys::Options::set_default_project(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the workspace of cloud projects that name none.
    ///
    /// - `value`: A tenant id (UUID), a slug or a name.
    pub fn set_default_workspace(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("default_workspace", value)?;
        let called = sys::Options::set_default_workspace(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Constrains this client to one project: it stands in for a missing argument, and another one
    /// is [`ErrorCode::ProjectConstrained`](crate::ErrorCode::ProjectConstrained).
    ///
    /// - `value`: A project name.
    pub fn set_project_constraint(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("project_constraint", value)?;
        let called = sys::Options::set_project_constraint(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets a file of CA certificates, instead of the system's.
    ///
    /// - `value`: Path of a PEM file.
    pub fn set_ca_file(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("ca_file", value)?;
        let called = sys::Options::set_ca_file(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the HTTP proxy, instead of the environment's.
    ///
    /// - `value`: Its URL; "" for no proxy at all.
    pub fn set_proxy(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("proxy", value)?;
        let called = sys::Options::set_proxy(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Adds words to the end of the user agent.
    ///
    /// - `value`: Printable ASCII.
    pub fn set_user_agent_suffix(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("user_agent_suffix", value)?;
        let called = sys::Options::set_user_agent_suffix(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Sets the base URL that local routes report.
    ///
    /// - `value`: A URL.
    pub fn set_local_base_url(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("local_base_url", value)?;
        let called = sys::Options::set_local_base_url(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Names the calling language in the user agent. For bindings.
    ///
    /// - `value`: Name and version, such as "go/1.19".
    pub fn set_language(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("language", value)?;
        let called = sys::Options::set_language(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Forces every route to be local, as BASIC_MEMORY_FORCE_LOCAL does.
    ///
    /// - `value`: True to force, false not to, whatever the environment says.
    pub fn set_force_local(&mut self, value: bool) -> Result<&mut Self> {
        let called = sys::Options::set_force_local(&mut self.0, value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Forces every route to the cloud, as BASIC_MEMORY_FORCE_CLOUD does.
    ///
    /// - `value`: True to force, false not to, whatever the environment says.
    pub fn set_force_cloud(&mut self, value: bool) -> Result<&mut Self> {
        let called = sys::Options::set_force_cloud(&mut self.0, value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Leaves the projects' modes out of the decision, as BASIC_MEMORY_EXPLICIT_ROUTING does.
    ///
    /// - `value`: True to do so, false not to, whatever the environment says.
    pub fn set_explicit_routing(&mut self, value: bool) -> Result<&mut Self> {
        let called = sys::Options::set_explicit_routing(&mut self.0, value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits making a connection.
    ///
    /// - `connect_timeout`: 1 to 3600000; if it is never set, 5000. Counted in milliseconds.
    pub fn set_connect_timeout(&mut self, connect_timeout: Duration) -> Result<&mut Self> {
        let called = sys::Options::set_connect_timeout_ms(&mut self.0, to_ms(connect_timeout));
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits one request to the authorization server.
    ///
    /// - `auth_timeout`: 1 to 3600000; if it is never set, 15000. Counted in milliseconds.
    pub fn set_auth_timeout(&mut self, auth_timeout: Duration) -> Result<&mut Self> {
        let called = sys::Options::set_auth_timeout_ms(&mut self.0, to_ms(auth_timeout));
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits one try of a refresh.
    ///
    /// - `refresh_try_timeout`: 1 to 3600000; if it is never set, 5000. Counted in milliseconds.
    pub fn set_refresh_try_timeout(&mut self, refresh_try_timeout: Duration) -> Result<&mut Self> {
        let called =
            sys::Options::set_refresh_try_timeout_ms(&mut self.0, to_ms(refresh_try_timeout));
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits all tries of one refresh together.
    ///
    /// - `refresh_budget`: 1 to 3600000; if it is never set, 20000. Counted in milliseconds.
    pub fn set_refresh_budget(&mut self, refresh_budget: Duration) -> Result<&mut Self> {
        let called = sys::Options::set_refresh_budget_ms(&mut self.0, to_ms(refresh_budget));
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits one request to the cloud API.
    ///
    /// - `api_timeout`: 1 to 3600000; if it is never set, 30000. Counted in milliseconds.
    pub fn set_api_timeout(&mut self, api_timeout: Duration) -> Result<&mut Self> {
        let called = sys::Options::set_api_timeout_ms(&mut self.0, to_ms(api_timeout));
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits waiting for the session's lock; then
    /// [`ErrorCode::LockTimeout`](crate::ErrorCode::LockTimeout).
    ///
    /// - `lock_timeout`: 1 to 3600000; if it is never set, 25000. Counted in milliseconds.
    pub fn set_lock_timeout(&mut self, lock_timeout: Duration) -> Result<&mut Self> {
        let called = sys::Options::set_lock_timeout_ms(&mut self.0, to_ms(lock_timeout));
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// Limits a whole login; then [`ErrorCode::LoginTimeout`](crate::ErrorCode::LoginTimeout).
    ///
    /// - `login_timeout`: 1 to 3600000; if it is never set, 600000. Counted in milliseconds.
    pub fn set_login_timeout(&mut self, login_timeout: Duration) -> Result<&mut Self> {
        let called = sys::Options::set_login_timeout_ms(&mut self.0, to_ms(login_timeout));
        called.map_err(Error::read)?;
        Ok(self)
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Options");
        shown.finish_non_exhaustive()
    }
}
