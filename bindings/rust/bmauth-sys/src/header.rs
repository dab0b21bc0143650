//! The Authorization header in memory of the caller, because it is asked for all the time.

use std::convert::TryFrom;
use std::fmt;
use std::mem;
use std::ptr;
use std::str;

use crate::ffi;
use crate::objects::{outcome, Client, Error};
use crate::text::wipe;

/// The value of an Authorization header: a secret, never shown by formatting, and wiped when it is
/// dropped. It grows to what is needed and may be filled again and again.
#[derive(Default)]
pub struct HeaderBuffer {
    bytes: Vec<u8>,
    length: usize,
}

impl HeaderBuffer {
    /// An empty one, which takes no memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text itself: "Bearer " and the token; empty before the first header and after a failure.
    /// Neither log, print nor store it.
    #[inline]
    pub fn expose(&self) -> &str {
        let text = self.bytes.get(..self.length).unwrap_or_default();
        debug_assert!(str::from_utf8(text).is_ok());
        // SAFETY: `Client::header` alone fills it, from the library, whose texts are UTF-8.
        unsafe { str::from_utf8_unchecked(text) }
    }

    /// Empty, and in memory of another size if that is needed.
    #[cold]
    fn clear(&mut self, size: Option<usize>) {
        self.length = 0;
        wipe(&mut self.bytes);
        if let Some(size) = size {
            self.bytes = vec![0; size];
        }
    }
}

impl Drop for HeaderBuffer {
    fn drop(&mut self) {
        wipe(&mut mem::take(&mut self.bytes));
    }
}

impl fmt::Debug for HeaderBuffer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

impl Client {
    /// `bmauth_client_header`
    #[inline]
    pub fn header(&self, purpose: i32, buffer: &mut HeaderBuffer) -> Result<(), Error> {
        loop {
            let capacity = buffer.bytes.len();
            let mut length_bytes = 0;
            let mut err = ptr::null_mut();
            // SAFETY: the library writes no more than the capacity. Of an empty Vec the pointer is
            // not NULL, and with a capacity of 0 nothing is written.
            let code = unsafe {
                ffi::bmauth_client_header(
                    self.as_ptr(),
                    purpose,
                    buffer.bytes.as_mut_ptr().cast(),
                    i64::try_from(capacity).unwrap_or(i64::MAX),
                    &mut length_bytes,
                    &mut err,
                )
            };
            let length = usize::try_from(length_bytes).unwrap_or_default();
            if code == ffi::BMAUTH_OK {
                buffer.length = length;
                return Ok(());
            }
            // Told how long it is, the buffer is too small.
            let failure = outcome(code, err);
            let is_too_small = length > 0 && length >= capacity;
            buffer.clear(is_too_small.then(|| (length + 1).next_power_of_two()));
            if !is_too_small {
                return failure;
            }
        }
    }
}
