// Generated from bindings/spec by bmauth_gen; do not edit.

use crate::prelude::*;

/// A JSON document with look-ups.
pub struct Report(pub(crate) sys::Report);

impl Report {
    /// The whole document. Compact JSON.
    pub fn json(&self) -> &str {
        self.0.json()
    }

    /// A scalar in the document: a string as it is, a number or boolean as its JSON text. `None` if
    /// it is absent, null, an object or an array.
    ///
    /// - `pointer`: A JSON pointer, such as "/identity/email"; "" is the whole document.
    pub fn text(&self, pointer: &str) -> Option<&str> {
        let pointer = Text::new(pointer)?;
        self.0.text(&pointer)
    }

    /// How many elements an array or members an object in the document has. `None` if it is absent
    /// or a scalar.
    ///
    /// - `pointer`: A JSON pointer; "" is the whole document.
    pub fn count(&self, pointer: &str) -> Option<usize> {
        let pointer = Text::new(pointer)?;
        maybe_count(self.0.count(&pointer))
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Report");
        shown.field("json", &self.json());
        shown.finish_non_exhaustive()
    }
}
