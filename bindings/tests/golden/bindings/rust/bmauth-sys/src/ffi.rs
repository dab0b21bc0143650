// Generated from bindings/spec by bmauth_gen; do not edit.
//! The C ABI as it is. `bmauth.h` is the manual: who owns what, which thread may call, what fails.

use std::marker::{PhantomData, PhantomPinned};
use std::os::raw::{c_char, c_int, c_void};

/// The version that these declarations are of.
pub const VERSION: &str = "0.2.0";
/// The same as `bmauth_version_number` counts.
pub const VERSION_NUMBER: i32 = 2000;

pub type bmauth_code = i32;

pub const BMAUTH_OK: bmauth_code = 0;
pub const BMAUTH_E_INVALID_ARGUMENT: bmauth_code = 1;
pub const BMAUTH_E_BOX_FULL: bmauth_code = 2;
pub const BMAUTH_E_INTERNAL: bmauth_code = 4;

pub type bmauth_color = i32;

pub const BMAUTH_COLOR_RED: bmauth_color = 0;
pub const BMAUTH_COLOR_BLUE: bmauth_color = 1;

pub type bmauth_cancel_check = Option<unsafe extern "C" fn(user_data: *mut c_void) -> c_int>;

/// Neither sized nor moved, and of no thread: only pointers to it exist.
type Opaque = PhantomData<(*mut u8, PhantomPinned)>;

#[repr(C)]
pub struct bmauth_cancel {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_box {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_error {
    _data: [u8; 0],
    _opaque: Opaque,
}

extern "C" {
    pub fn bmauth_version_number() -> i32;
    pub fn bmauth_generation() -> *const u64;
    pub fn bmauth_code_name(code: bmauth_code) -> *const c_char;
    pub fn bmauth_error_free(error: *mut bmauth_error);
    pub fn bmauth_error_code(error: *const bmauth_error) -> bmauth_code;
    pub fn bmauth_error_name(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_message(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_retry_after_ms(error: *const bmauth_error) -> i64;
    pub fn bmauth_cancel_new(
        cancel: *mut *mut bmauth_cancel,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_cancel_free(cancel: *mut bmauth_cancel);
    pub fn bmauth_cancel_trigger(cancel: *mut bmauth_cancel);
    pub fn bmauth_cancel_set_check(
        cancel: *mut bmauth_cancel,
        check: bmauth_cancel_check,
        user_data: *mut c_void,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_box_new(
        model: *const bmauth_box,
        r#box: *mut *mut bmauth_box,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_box_free(r#box: *mut bmauth_box);
    pub fn bmauth_box_set_label(
        r#box: *mut bmauth_box,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_box_label(r#box: *const bmauth_box) -> *const c_char;
    pub fn bmauth_box_secret(r#box: *const bmauth_box) -> *const c_char;
    pub fn bmauth_box_color(r#box: *const bmauth_box) -> bmauth_color;
    pub fn bmauth_box_pair_count(r#box: *const bmauth_box) -> i64;
    pub fn bmauth_box_pair_name(r#box: *const bmauth_box, index: i64) -> *const c_char;
    pub fn bmauth_box_pair_value(r#box: *const bmauth_box, index: i64) -> *const c_char;
    pub fn bmauth_box_put(
        r#box: *mut bmauth_box,
        thing: *const c_char,
        color: bmauth_color,
        is_heavy: c_int,
        patience_ms: i64,
        cancel: *mut bmauth_cancel,
        fallen: *mut *mut bmauth_box,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_box_word(
        r#box: *mut bmauth_box,
        color: bmauth_color,
        buffer: *mut c_char,
        capacity_bytes: i64,
        length_bytes: *mut i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_box_weigh(
        r#box: *mut bmauth_box,
        is_heavy: *mut c_int,
        settle_ms: *mut i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
}
