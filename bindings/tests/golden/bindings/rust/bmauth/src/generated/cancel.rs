// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// A wish to stop.
pub struct Cancel(pub(crate) sys::Cancel);

impl Cancel {
    /// Makes one.
    pub fn new() -> Result<Self> {
        version::check()?;
        let called = sys::Cancel::new();
        called.map_err(Error::read).map(Self)
    }

    /// Triggers it.
    pub fn trigger(&self) {
        self.0.trigger()
    }

    /// Sets a callback.
    ///
    /// - `check`: The callback.
    pub fn set_check(&mut self, check: Option<CancelCheck>) -> Result<&mut Self> {
        let called = sys::Cancel::set_check(&mut self.0, check);
        called.map_err(Error::read)?;
        Ok(self)
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Cancel");
        shown.finish_non_exhaustive()
    }
}
