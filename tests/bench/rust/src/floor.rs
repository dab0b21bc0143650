//! The C call as a C program makes it: into a buffer that is there, of a client that is there.

use std::ffi::CString;
use std::os::raw::c_char;
use std::ptr;

use bmauth_sys::ffi;

pub struct Floor {
    client: *mut ffi::bmauth_client,
    buffer: [u8; 4096],
}

impl Floor {
    pub fn new(data_dir: &str) -> Self {
        let data_dir = CString::new(data_dir).expect("a text");
        let (mut options, mut client) = (ptr::null_mut(), ptr::null_mut());
        let no_error = ptr::null_mut();
        // SAFETY: the order of bmauth.h, and every result is looked at before it is used.
        unsafe {
            assert_eq!(ffi::bmauth_options_new(&mut options, no_error), 0);
            let set = ffi::bmauth_options_set_data_dir(options, data_dir.as_ptr(), no_error);
            assert_eq!(set, 0);
            assert_eq!(ffi::bmauth_client_new(options, &mut client, no_error), 0);
            ffi::bmauth_options_free(options);
        }
        Self {
            client,
            buffer: [0; 4096],
        }
    }

    /// Where the value is, and how long.
    pub fn header(&mut self) -> (*const u8, i64) {
        let mut length_bytes = 0;
        // SAFETY: the client lives as long as self, and the capacity is the buffer's.
        let code = unsafe {
            ffi::bmauth_client_header(
                self.client,
                ffi::BMAUTH_PURPOSE_ACCOUNT,
                self.buffer.as_mut_ptr().cast::<c_char>(),
                self.buffer.len() as i64,
                &mut length_bytes,
                ptr::null_mut(),
            )
        };
        assert_eq!(code, ffi::BMAUTH_OK);
        (self.buffer.as_ptr(), length_bytes)
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        // SAFETY: nobody uses it any more.
        unsafe { ffi::bmauth_client_free(self.client) }
    }
}
