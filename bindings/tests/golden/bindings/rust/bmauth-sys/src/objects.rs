// Generated from bindings/spec by bmauth_gen; do not edit.
//! Safe calls, and nothing more: objects that free themselves, texts that are borrowed from them,
//! errors that are owned. Numbers stay numbers.
//!
//! What makes them safe: an object's pointer comes from the library and lives as long as its `Owned`;
//! texts that go in end with NUL; outputs are filled when the code is `BMAUTH_OK`; who may be shared
//! between threads follows from the spec's thread class, and what uses another object keeps it.

use std::cell::Cell;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::os::raw::{c_int, c_void};
use std::ptr;
use std::sync::Arc;

use crate::callback;
use crate::ffi;
use crate::owned::{text, Free, Owned};

pub(crate) fn outcome(code: i32, err: *mut ffi::bmauth_error) -> Result<(), Error> {
    if code == ffi::BMAUTH_OK {
        return Ok(());
    }
    Err(Error::adopt(Owned::new(err)))
}

/// Asked while a call waits.
pub type CancelCheck = callback::Answer;

fn cancel_check_pair(kept: Option<&CancelCheck>) -> (ffi::bmauth_cancel_check, *mut c_void) {
    match kept {
        Some(kept) => (Some(cancel_check), kept as *const _ as *mut c_void),
        None => (None, ptr::null_mut()),
    }
}

unsafe extern "C" fn cancel_check(user_data: *mut c_void) -> c_int {
    let kept = unsafe { &*user_data.cast::<CancelCheck>() };
    callback::answer(kept)
}

/// `bmauth_version_number`
pub fn version_number() -> i32 {
    unsafe { ffi::bmauth_version_number() }
}

/// `bmauth_code_name`
pub fn code_name(code: i32) -> &'static str {
    unsafe { text(ffi::bmauth_code_name(code)) }.unwrap_or_default()
}

/// A wish to stop.
pub struct Cancel {
    object: Owned<ffi::bmauth_cancel>,
    check: Option<Arc<CancelCheck>>,
}

impl Cancel {
    fn adopt(object: Owned<ffi::bmauth_cancel>) -> Self {
        Self {
            object,
            check: None,
        }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_cancel {
        self.object.as_ptr()
    }

    /// `bmauth_cancel_new`
    pub fn new() -> Result<Self, Error> {
        let mut cancel = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe { ffi::bmauth_cancel_new(&mut cancel, &mut err) };
        outcome(code, err)?;
        Ok(Self::adopt(Owned::new(cancel)))
    }

    /// `bmauth_cancel_trigger`
    pub fn trigger(&self) {
        unsafe { ffi::bmauth_cancel_trigger(self.as_ptr()) }
    }

    /// `bmauth_cancel_set_check`
    pub fn set_check(&mut self, check: Option<CancelCheck>) -> Result<(), Error> {
        let kept = check.map(Arc::new);
        let (function, user_data) = cancel_check_pair(kept.as_deref());
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_cancel_set_check(self.as_ptr(), function, user_data, &mut err) };
        outcome(code, err)?;
        self.check = kept;
        Ok(())
    }
}

impl Free for ffi::bmauth_cancel {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_cancel_free(object) }
    }
}

/// A box.
pub struct Box {
    object: Arc<Owned<ffi::bmauth_box>>,
    one_at_a_time: PhantomData<Cell<()>>,
}

impl Box {
    fn adopt(object: Owned<ffi::bmauth_box>) -> Self {
        Self {
            object: Arc::new(object),
            one_at_a_time: PhantomData,
        }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_box {
        self.object.as_ptr()
    }

    /// `bmauth_box_new`
    pub fn new(model: Option<&Box>) -> Result<Self, Error> {
        let mut r#box = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_box_new(
                model.map_or(ptr::null(), |it| it.as_ptr()),
                &mut r#box,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Self::adopt(Owned::new(r#box)))
    }

    /// `bmauth_box_set_label`
    pub fn set_label(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe { ffi::bmauth_box_set_label(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_box_label`
    pub fn label(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_box_label(self.as_ptr())) }
    }

    /// `bmauth_box_secret`
    pub fn secret(&self) -> &str {
        unsafe { text(ffi::bmauth_box_secret(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_box_color`
    pub fn color(&self) -> i32 {
        unsafe { ffi::bmauth_box_color(self.as_ptr()) }
    }

    /// `bmauth_box_pair_count`
    pub fn pair_count(&self) -> i64 {
        unsafe { ffi::bmauth_box_pair_count(self.as_ptr()) }
    }

    /// `bmauth_box_pair_name`
    pub fn pair_name(&self, index: i64) -> Option<&str> {
        unsafe { text(ffi::bmauth_box_pair_name(self.as_ptr(), index)) }
    }

    /// `bmauth_box_pair_value`
    pub fn pair_value(&self, index: i64) -> Option<&str> {
        unsafe { text(ffi::bmauth_box_pair_value(self.as_ptr(), index)) }
    }

    /// `bmauth_box_put`
    pub fn put(
        &mut self,
        thing: Option<&CStr>,
        color: i32,
        is_heavy: bool,
        patience_ms: i64,
        cancel: Option<&Cancel>,
    ) -> Result<Box, Error> {
        let mut fallen = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_box_put(
                self.as_ptr(),
                thing.map_or(ptr::null(), CStr::as_ptr),
                color,
                c_int::from(is_heavy),
                patience_ms,
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut fallen,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Box::adopt(Owned::within(fallen, &self.object)))
    }

    /// `bmauth_box_weigh`
    pub fn weigh(&mut self) -> Result<(bool, i64), Error> {
        let mut is_heavy = 0;
        let mut settle_ms = 0;
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_box_weigh(self.as_ptr(), &mut is_heavy, &mut settle_ms, &mut err)
        };
        outcome(code, err)?;
        Ok((is_heavy != 0, settle_ms))
    }
}

impl Free for ffi::bmauth_box {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_box_free(object) }
    }
}

/// One failure.
pub struct Error {
    object: Owned<ffi::bmauth_error>,
}

impl Error {
    fn adopt(object: Owned<ffi::bmauth_error>) -> Self {
        Self { object }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_error {
        self.object.as_ptr()
    }

    /// `bmauth_error_code`
    pub fn code(&self) -> i32 {
        unsafe { ffi::bmauth_error_code(self.as_ptr()) }
    }

    /// `bmauth_error_name`
    pub fn name(&self) -> &str {
        unsafe { text(ffi::bmauth_error_name(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_error_message`
    pub fn message(&self) -> &str {
        unsafe { text(ffi::bmauth_error_message(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_error_retry_after_ms`
    pub fn retry_after_ms(&self) -> i64 {
        unsafe { ffi::bmauth_error_retry_after_ms(self.as_ptr()) }
    }
}

impl Free for ffi::bmauth_error {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_error_free(object) }
    }
}
