// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// What [`Box::weigh`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct WeighResult {
    /// True if it is heavy.
    pub is_heavy: bool,
    /// How long it swung.
    pub settle: Duration,
}

/// A box.
pub struct Box(pub(crate) sys::Box);

impl Box {
    /// Makes a box, as large as another one if it is given.
    ///
    /// - `model`: The other box.
    pub fn new(model: Option<&Box>) -> Result<Self> {
        version::check()?;
        let model = model.map(|it| &it.0);
        let called = sys::Box::new(model);
        called.map_err(Error::read).map(Self)
    }

    /// Writes on the box.
    ///
    /// - `value`: What to write.
    pub fn set_label(&mut self, value: &str) -> Result<&mut Self> {
        let value = text("label", value)?;
        let called = sys::Box::set_label(&mut self.0, &value);
        called.map_err(Error::read)?;
        Ok(self)
    }

    /// What is written on the box. `None` if nothing is.
    pub fn label(&self) -> Option<&str> {
        self.0.label()
    }

    /// What only the owner knows. A word.
    pub fn secret(&self) -> Secret<'_> {
        Secret::new(self.0.secret())
    }

    /// The color of the box. Any color.
    pub fn color(&self) -> Color {
        Color::from(self.0.color())
    }

    /// Puts something in, and gives what fell out of the box when there was no room for both.
    ///
    /// Network: may wait for requests.
    ///
    /// - `thing`: What to put in; `None` for air.
    /// - `color`: Of the thing.
    /// - `is_heavy`: True if it is heavy.
    /// - `patience`: How long to try. Counted in milliseconds.
    ///
    /// # Errors
    /// [`BoxFull`](crate::ErrorCode::BoxFull).
    pub fn put(
        &mut self,
        thing: Option<&str>,
        color: Color,
        is_heavy: bool,
        patience: Duration,
        cancel: Option<&Cancel>,
    ) -> Result<Box> {
        let thing = maybe_text("thing", thing)?;
        let cancel = cancel.map(|it| &it.0);
        let called = sys::Box::put(
            &mut self.0,
            thing.as_deref(),
            i32::from(color),
            is_heavy,
            to_ms(patience),
            cancel,
        );
        called.map_err(Error::read).map(Box)
    }

    /// Weighs the box.
    ///
    /// # Errors
    /// [`BoxFull`](crate::ErrorCode::BoxFull).
    pub fn weigh(&mut self) -> Result<WeighResult> {
        let called = sys::Box::weigh(&mut self.0);
        let (is_heavy, settle_ms) = called.map_err(Error::read)?;
        Ok(WeighResult {
            is_heavy,
            settle: from_ms(settle_ms),
        })
    }

    /// Name and value of every pair.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + '_ {
        let item = move |index| {
            let pair_name = self.0.pair_name(index)?;
            let pair_value = self.0.pair_value(index)?;
            Some((pair_name, pair_value))
        };
        (0..self.0.pair_count()).filter_map(item)
    }
}

impl fmt::Debug for Box {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Box");
        shown.field("label", &self.label());
        shown.field("secret", &self.secret());
        shown.field("color", &self.color());
        shown.field("pairs", &self.pairs().collect::<Vec<_>>());
        shown.finish_non_exhaustive()
    }
}
