//! What must not be seen.

use std::fmt;

/// A secret text, borrowed from the object that holds it. It is never shown by formatting; whoever
/// needs the text says so with [`Secret::expose`], and neither logs, prints nor stores it.
///
/// ```
/// fn takes_the_text(header_value: &str) {}
/// fn send(secret: bmauth::Secret<'_>) {
///     takes_the_text(secret.expose());
/// }
/// ```
///
/// ```compile_fail
/// fn log(secret: bmauth::Secret<'_>) {
///     println!("{secret}");
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Secret<'a>(&'a str);

impl<'a> Secret<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text itself.
    pub fn expose(self) -> &'a str {
        self.0
    }
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn is_exposed_by_its_word_alone() {
        let secret = Secret::new("CANARY");
        assert_eq!(secret.expose(), "CANARY");
        assert_eq!(
            format!("{secret:?} {:#?}", Some(secret)).find("CANARY"),
            None
        );
    }
}
