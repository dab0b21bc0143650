//! The Authorization header, fast.

use crate::{Client, Error, HeaderBuffer, Purpose, Result, Secret};

impl Client {
    /// The value of the Authorization header that goes with [`Client::fresh_token`], in a buffer that
    /// is used again: usually from memory and without an allocation, also while another thread waits
    /// for a refresh. It never waits itself. What this process changes is seen at once, what another
    /// one changes within a second.
    ///
    /// ```no_run
    /// # fn main() -> bmauth::Result<()> {
    /// use bmauth::{Client, ErrorCode, HeaderBuffer, Purpose};
    /// use std::time::Duration;
    ///
    /// let client = Client::new(None)?;
    /// let mut buffer = HeaderBuffer::new(); // one for each thread
    /// match client.header_into(Purpose::Account, &mut buffer) {
    ///     Ok(value) => send(value.expose()),
    ///     Err(error) if error.code() == ErrorCode::NeedsRefresh => {
    ///         let token = client.token(Purpose::Account, Duration::ZERO, None)?; // waits
    ///         token.headers().for_each(|(_, value)| send(value.expose()));
    ///     }
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// # fn send(value: &str) {}
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Client::fresh_token`]; the buffer is empty then.
    #[inline]
    pub fn header_into<'a>(
        &self,
        purpose: Purpose,
        buffer: &'a mut HeaderBuffer,
    ) -> Result<Secret<'a>> {
        let called = self.0.header(i32::from(purpose), buffer);
        called.map_err(Error::read)?;
        Ok(Secret::new(buffer.expose()))
    }

    /// The same in a buffer of its own.
    ///
    /// # Errors
    ///
    /// Those of [`Client::fresh_token`].
    pub fn header(&self, purpose: Purpose) -> Result<HeaderBuffer> {
        let mut buffer = HeaderBuffer::new();
        self.header_into(purpose, &mut buffer)?;
        Ok(buffer)
    }
}
