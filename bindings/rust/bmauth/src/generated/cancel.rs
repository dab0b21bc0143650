// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// A wish to stop, triggered from any thread.
pub struct Cancel(pub(crate) sys::Cancel);

impl Cancel {
    /// Makes an object that is not triggered.
    pub fn new() -> Result<Self> {
        version::check()?;
        let called = sys::Cancel::new();
        called.map_err(Error::read).map(Self)
    }

    /// Triggers it: calls that use it end with
    /// [`ErrorCode::Cancelled`](crate::ErrorCode::Cancelled) within 100 ms, but for a token request
    /// that was already sent, which is finished and stored first (at most 5 s). Safe in a signal
    /// handler. Triggering twice is harmless.
    pub fn trigger(&self) {
        self.0.trigger()
    }

    /// Whether it was triggered. The check callback is not asked. True if so.
    pub fn is_triggered(&self) -> bool {
        self.0.is_triggered()
    }

    /// Sets a callback that is asked while a call waits; it replaces an earlier one. Set it before
    /// the object is used by a call, not during it.
    ///
    /// - `check`: The callback; `None` for none.
    pub fn set_check(&mut self, check: Option<CancelCheck>) -> Result<&mut Self> {
        let called = sys::Cancel::set_check(&mut self.0, check);
        called.map_err(Error::read)?;
        Ok(self)
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Cancel");
        shown.field("is_triggered", &self.is_triggered());
        shown.finish_non_exhaustive()
    }
}
