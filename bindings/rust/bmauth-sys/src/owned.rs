//! An object of the library, freed once.

use std::any::Any;
use std::ffi::CStr;
use std::os::raw::c_char;
use std::str;
use std::sync::Arc;

pub(crate) trait Free {
    /// # Safety
    /// `object` comes from the library or is NULL, and nobody uses it any more.
    unsafe fn free(object: *mut Self);
}

pub(crate) struct Owned<T: Free> {
    object: *mut T,
    // Freed after the object, which uses it.
    _parent: Option<Arc<dyn Any + Send + Sync>>,
}

// SAFETY: every object may be freed on any thread, and no method here lends more than the pointer.
// What may be called on it from where is decided by the struct that holds it.
unsafe impl<T: Free> Send for Owned<T> {}
unsafe impl<T: Free> Sync for Owned<T> {}

impl<T: Free + 'static> Owned<T> {
    /// Of an object that was just made. NULL is kept as NULL: getters then answer "unknown".
    pub(crate) fn new(object: *mut T) -> Self {
        Self {
            object,
            _parent: None,
        }
    }

    /// Of an object that goes on using another one.
    pub(crate) fn within<P: Free + 'static>(object: *mut T, parent: &Arc<Owned<P>>) -> Self {
        let parent: Arc<dyn Any + Send + Sync> = parent.clone();
        Self {
            object,
            _parent: Some(parent),
        }
    }

    pub(crate) fn as_ptr(&self) -> *mut T {
        self.object
    }
}

impl<T: Free> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: nobody can use it through `self` any more.
        unsafe { T::free(self.object) }
    }
}

/// A text of the library, as long as what it is borrowed from. The ABI promises UTF-8; if the library
/// broke that, what is valid of it.
///
/// # Safety
/// `text` is NULL, or ends with NUL and is not changed for `'a`.
pub(crate) unsafe fn text<'a>(text: *const c_char) -> Option<&'a str> {
    if text.is_null() {
        return None;
    }
    let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
    Some(valid(bytes))
}

fn valid(bytes: &[u8]) -> &str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let (valid, _) = bytes.split_at(error.valid_up_to());
            str::from_utf8(valid).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::valid;

    #[test]
    fn a_text_that_is_not_utf8_ends_before_its_first_bad_byte() {
        assert_eq!(valid("h\u{e9}llo".as_bytes()), "h\u{e9}llo");
        assert_eq!(valid(b"/home/\xff/notes"), "/home/");
        assert_eq!(valid(b"\xff"), "");
    }
}
