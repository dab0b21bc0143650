//! Text on its way into the library.

use std::ffi::{CStr, CString};
use std::mem;
use std::ops::Deref;
use std::ptr;
use std::sync::atomic::{compiler_fence, Ordering};

/// A copy that ends with NUL and is wiped when it is dropped, because any text may be a secret.
pub struct Text(CString);

impl Text {
    /// Nothing if there is a NUL within the text, which C cannot carry.
    pub fn new(text: &str) -> Option<Self> {
        if text.contains('\0') {
            return None; // before a copy is made, which an error of CString would keep and show
        }
        // With room for the NUL, so that no second copy is made and left behind.
        let mut bytes = Vec::with_capacity(text.len() + 1);
        bytes.extend_from_slice(text.as_bytes());
        CString::new(bytes).ok().map(Self)
    }
}

impl Deref for Text {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        &self.0
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        wipe(&mut mem::take(&mut self.0).into_bytes());
    }
}

/// Writes that the compiler may not leave out although nobody reads them.
pub(crate) fn wipe(bytes: &mut [u8]) {
    for byte in bytes {
        // SAFETY: a reference is valid for writes.
        unsafe { ptr::write_volatile(byte, 0) }
    }
    compiler_fence(Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::{wipe, Text};

    #[test]
    fn a_text_with_nul_is_refused() {
        assert!(Text::new("a\0b").is_none());
        assert!(Text::new("\0").is_none());
    }

    #[test]
    fn a_text_arrives_whole() {
        for text in ["", "CANARY", "h\u{e9}llo"] {
            let copied = Text::new(text).map(|copy| copy.to_bytes().to_vec());
            assert_eq!(copied.as_deref(), Some(text.as_bytes()));
        }
    }

    #[test]
    fn wiping_leaves_nothing() {
        let mut bytes = b"CANARY".to_vec();
        wipe(&mut bytes);
        assert_eq!(bytes, [0; 6]);
    }
}
