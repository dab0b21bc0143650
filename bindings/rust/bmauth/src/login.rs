//! A whole login in one call.

use crate::{Cancel, Client, Login, Report, Result};

impl Client {
    /// Begins a login, shows it if a person is needed, waits, and gives the outcome: what
    /// [`Client::login_begin`], [`Login::wait`] and [`Login::report`] do one after another. `show` is
    /// called once, on this thread, with a login that has a [`Login::user_code`]; it is not called
    /// when a session is kept.
    ///
    /// ```no_run
    /// # fn main() -> bmauth::Result<()> {
    /// let client = bmauth::Client::new(None)?;
    /// let report = client.login(false, None, |login| {
    ///     let (page, code) = (login.verification_uri(), login.user_code());
    ///     println!("Open {} and enter {}", page.unwrap_or(""), code.unwrap_or(""));
    ///     println!("Only continue if you started this.");
    /// })?;
    /// println!("Hello {}", report.text("/identity/email").unwrap_or("there"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the three calls.
    pub fn login<F>(&self, is_forced: bool, cancel: Option<&Cancel>, show: F) -> Result<Report>
    where
        F: FnOnce(&Login),
    {
        let mut login = self.login_begin(is_forced, cancel)?;
        if login.user_code().is_some() {
            show(&login);
        }
        login.wait(cancel)?;
        login.report()
    }
}
