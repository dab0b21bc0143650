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

/// Asked at least every 50 ms, on the thread of the call and while it waits; a true answer cancels
/// the call. It must not throw, longjmp, or free what the call uses. It is never called from
/// another thread, and not after the call has returned.
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

/// `bmauth_version`
pub fn version() -> &'static str {
    unsafe { text(ffi::bmauth_version()) }.unwrap_or_default()
}

/// `bmauth_version_number`
pub fn version_number() -> i32 {
    unsafe { ffi::bmauth_version_number() }
}

/// `bmauth_code_name`
pub fn code_name(code: i32) -> &'static str {
    unsafe { text(ffi::bmauth_code_name(code)) }.unwrap_or_default()
}

/// `bmauth_code_meaning`
pub fn code_meaning(code: i32) -> &'static str {
    unsafe { text(ffi::bmauth_code_meaning(code)) }.unwrap_or_default()
}

/// `bmauth_code_remedy`
pub fn code_remedy(code: i32) -> &'static str {
    unsafe { text(ffi::bmauth_code_remedy(code)) }.unwrap_or_default()
}

/// `bmauth_code_is_retryable`
pub fn code_is_retryable(code: i32) -> bool {
    unsafe { ffi::bmauth_code_is_retryable(code) != 0 }
}

/// `bmauth_code_exit_status`
pub fn code_exit_status(code: i32) -> i32 {
    unsafe { ffi::bmauth_code_exit_status(code) }
}

/// What a program says in code, before environment and config files.
pub struct Options {
    object: Owned<ffi::bmauth_options>,
    one_at_a_time: PhantomData<Cell<()>>,
}

impl Options {
    fn adopt(object: Owned<ffi::bmauth_options>) -> Self {
        Self {
            object,
            one_at_a_time: PhantomData,
        }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_options {
        self.object.as_ptr()
    }

    /// `bmauth_options_new`
    pub fn new() -> Result<Self, Error> {
        let mut options = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe { ffi::bmauth_options_new(&mut options, &mut err) };
        outcome(code, err)?;
        Ok(Self::adopt(Owned::new(options)))
    }

    /// `bmauth_options_set_data_dir`
    pub fn set_data_dir(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_data_dir(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_token_file`
    pub fn set_token_file(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_token_file(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_issuer`
    pub fn set_issuer(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_issuer(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_client_id`
    pub fn set_client_id(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_client_id(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_cloud_host`
    pub fn set_cloud_host(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_cloud_host(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_api_key`
    pub fn set_api_key(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_api_key(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_default_project`
    pub fn set_default_project(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_default_project(self.as_ptr(), value.as_ptr(), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_default_workspace`
    pub fn set_default_workspace(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_default_workspace(self.as_ptr(), value.as_ptr(), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_project_constraint`
    pub fn set_project_constraint(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_project_constraint(self.as_ptr(), value.as_ptr(), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_ca_file`
    pub fn set_ca_file(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_ca_file(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_proxy`
    pub fn set_proxy(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_proxy(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_user_agent_suffix`
    pub fn set_user_agent_suffix(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_user_agent_suffix(self.as_ptr(), value.as_ptr(), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_local_base_url`
    pub fn set_local_base_url(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_local_base_url(self.as_ptr(), value.as_ptr(), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_language`
    pub fn set_language(&mut self, value: &CStr) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_options_set_language(self.as_ptr(), value.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_options_set_force_local`
    pub fn set_force_local(&mut self, value: bool) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_force_local(self.as_ptr(), c_int::from(value), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_force_cloud`
    pub fn set_force_cloud(&mut self, value: bool) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_force_cloud(self.as_ptr(), c_int::from(value), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_explicit_routing`
    pub fn set_explicit_routing(&mut self, value: bool) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_explicit_routing(self.as_ptr(), c_int::from(value), &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_connect_timeout_ms`
    pub fn set_connect_timeout_ms(&mut self, connect_timeout_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_connect_timeout_ms(self.as_ptr(), connect_timeout_ms, &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_auth_timeout_ms`
    pub fn set_auth_timeout_ms(&mut self, auth_timeout_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_auth_timeout_ms(self.as_ptr(), auth_timeout_ms, &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_refresh_try_timeout_ms`
    pub fn set_refresh_try_timeout_ms(&mut self, refresh_try_timeout_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_refresh_try_timeout_ms(
                self.as_ptr(),
                refresh_try_timeout_ms,
                &mut err,
            )
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_refresh_budget_ms`
    pub fn set_refresh_budget_ms(&mut self, refresh_budget_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_refresh_budget_ms(self.as_ptr(), refresh_budget_ms, &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_api_timeout_ms`
    pub fn set_api_timeout_ms(&mut self, api_timeout_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_api_timeout_ms(self.as_ptr(), api_timeout_ms, &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_lock_timeout_ms`
    pub fn set_lock_timeout_ms(&mut self, lock_timeout_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_lock_timeout_ms(self.as_ptr(), lock_timeout_ms, &mut err)
        };
        outcome(code, err)
    }

    /// `bmauth_options_set_login_timeout_ms`
    pub fn set_login_timeout_ms(&mut self, login_timeout_ms: i64) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_options_set_login_timeout_ms(self.as_ptr(), login_timeout_ms, &mut err)
        };
        outcome(code, err)
    }
}

impl Free for ffi::bmauth_options {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_options_free(object) }
    }
}

/// Settings, session and connections of one data directory.
pub struct Client {
    object: Arc<Owned<ffi::bmauth_client>>,
}

impl Client {
    fn adopt(object: Owned<ffi::bmauth_client>) -> Self {
        Self {
            object: Arc::new(object),
        }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_client {
        self.object.as_ptr()
    }

    /// `bmauth_client_new`
    pub fn new(options: Option<&Options>) -> Result<Self, Error> {
        let mut client = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_new(
                options.map_or(ptr::null(), |it| it.as_ptr()),
                &mut client,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Self::adopt(Owned::new(client)))
    }

    /// `bmauth_client_close`
    pub fn close(&self) {
        unsafe { ffi::bmauth_client_close(self.as_ptr()) }
    }

    /// `bmauth_client_token`
    pub fn token(
        &self,
        purpose: i32,
        min_validity_ms: i64,
        cancel: Option<&Cancel>,
    ) -> Result<Token, Error> {
        let mut token = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_token(
                self.as_ptr(),
                purpose,
                min_validity_ms,
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut token,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Token::adopt(Owned::new(token)))
    }

    /// `bmauth_client_fresh_token`
    pub fn fresh_token(&self, purpose: i32) -> Result<Token, Error> {
        let mut token = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_client_fresh_token(self.as_ptr(), purpose, &mut token, &mut err) };
        outcome(code, err)?;
        Ok(Token::adopt(Owned::new(token)))
    }

    /// `bmauth_client_headers`
    pub fn headers(&self, route: &Route, cancel: Option<&Cancel>) -> Result<Token, Error> {
        let mut token = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_headers(
                self.as_ptr(),
                route.as_ptr(),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut token,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Token::adopt(Owned::new(token)))
    }

    /// `bmauth_client_headers_for_url`
    pub fn headers_for_url(&self, url: &CStr, cancel: Option<&Cancel>) -> Result<Token, Error> {
        let mut token = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_headers_for_url(
                self.as_ptr(),
                url.as_ptr(),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut token,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Token::adopt(Owned::new(token)))
    }

    /// `bmauth_client_refresh_step`
    pub fn refresh_step(
        &self,
        min_validity_ms: i64,
        cancel: Option<&Cancel>,
    ) -> Result<(bool, i64), Error> {
        let mut is_ready = 0;
        let mut next_delay_ms = 0;
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_refresh_step(
                self.as_ptr(),
                min_validity_ms,
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut is_ready,
                &mut next_delay_ms,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok((is_ready != 0, next_delay_ms))
    }

    /// `bmauth_client_invalidate`
    pub fn invalidate(&self, token: &Token) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_client_invalidate(self.as_ptr(), token.as_ptr(), &mut err) };
        outcome(code, err)
    }

    /// `bmauth_client_route`
    pub fn route(
        &self,
        project: Option<&CStr>,
        workspace: Option<&CStr>,
        r#override: i32,
        use_default_project: bool,
    ) -> Result<Route, Error> {
        let mut route = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_route(
                self.as_ptr(),
                project.map_or(ptr::null(), CStr::as_ptr),
                workspace.map_or(ptr::null(), CStr::as_ptr),
                r#override,
                c_int::from(use_default_project),
                &mut route,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Route::adopt(Owned::new(route)))
    }

    /// `bmauth_client_mode`
    pub fn mode(&self, project: Option<&CStr>) -> Result<(i32, bool), Error> {
        let mut mode = 0;
        let mut is_known = 0;
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_mode(
                self.as_ptr(),
                project.map_or(ptr::null(), CStr::as_ptr),
                &mut mode,
                &mut is_known,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok((mode, is_known != 0))
    }

    /// `bmauth_client_projects`
    pub fn projects(&self) -> Result<Report, Error> {
        let mut report = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe { ffi::bmauth_client_projects(self.as_ptr(), &mut report, &mut err) };
        outcome(code, err)?;
        Ok(Report::adopt(Owned::new(report)))
    }

    /// `bmauth_client_status`
    pub fn status(&self, is_offline: bool, cancel: Option<&Cancel>) -> Result<Report, Error> {
        let mut report = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_status(
                self.as_ptr(),
                c_int::from(is_offline),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut report,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Report::adopt(Owned::new(report)))
    }

    /// `bmauth_client_whoami`
    pub fn whoami(&self, is_offline: bool, cancel: Option<&Cancel>) -> Result<Report, Error> {
        let mut report = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_whoami(
                self.as_ptr(),
                c_int::from(is_offline),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut report,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Report::adopt(Owned::new(report)))
    }

    /// `bmauth_client_logout`
    pub fn logout(&self, cancel: Option<&Cancel>) -> Result<Report, Error> {
        let mut report = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_logout(
                self.as_ptr(),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut report,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Report::adopt(Owned::new(report)))
    }

    /// `bmauth_client_login_begin`
    pub fn login_begin(&self, is_forced: bool, cancel: Option<&Cancel>) -> Result<Login, Error> {
        let mut login = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_client_login_begin(
                self.as_ptr(),
                c_int::from(is_forced),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut login,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok(Login::adopt(Owned::within(login, &self.object)))
    }
}

impl Free for ffi::bmauth_client {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_client_free(object) }
    }
}

/// A login in progress (RFC 8628).
pub struct Login {
    object: Owned<ffi::bmauth_login>,
    one_at_a_time: PhantomData<Cell<()>>,
}

impl Login {
    fn adopt(object: Owned<ffi::bmauth_login>) -> Self {
        Self {
            object,
            one_at_a_time: PhantomData,
        }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_login {
        self.object.as_ptr()
    }

    /// `bmauth_login_state`
    pub fn state(&self) -> i32 {
        unsafe { ffi::bmauth_login_state(self.as_ptr()) }
    }

    /// `bmauth_login_user_code`
    pub fn user_code(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_login_user_code(self.as_ptr())) }
    }

    /// `bmauth_login_verification_uri`
    pub fn verification_uri(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_login_verification_uri(self.as_ptr())) }
    }

    /// `bmauth_login_verification_uri_complete`
    pub fn verification_uri_complete(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_login_verification_uri_complete(self.as_ptr())) }
    }

    /// `bmauth_login_expires_in_s`
    pub fn expires_in_s(&self) -> i64 {
        unsafe { ffi::bmauth_login_expires_in_s(self.as_ptr()) }
    }

    /// `bmauth_login_interval_s`
    pub fn interval_s(&self) -> i64 {
        unsafe { ffi::bmauth_login_interval_s(self.as_ptr()) }
    }

    /// `bmauth_login_next_delay_ms`
    pub fn next_delay_ms(&self) -> i64 {
        unsafe { ffi::bmauth_login_next_delay_ms(self.as_ptr()) }
    }

    /// `bmauth_login_remaining_ms`
    pub fn remaining_ms(&self) -> i64 {
        unsafe { ffi::bmauth_login_remaining_ms(self.as_ptr()) }
    }

    /// `bmauth_login_open_browser`
    pub fn open_browser(&mut self) -> Result<bool, Error> {
        let mut is_opened = 0;
        let mut err = ptr::null_mut();
        let code =
            unsafe { ffi::bmauth_login_open_browser(self.as_ptr(), &mut is_opened, &mut err) };
        outcome(code, err)?;
        Ok(is_opened != 0)
    }

    /// `bmauth_login_poll`
    pub fn poll(&mut self, cancel: Option<&Cancel>) -> Result<(i32, i64), Error> {
        let mut state = 0;
        let mut next_delay_ms = 0;
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_login_poll(
                self.as_ptr(),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut state,
                &mut next_delay_ms,
                &mut err,
            )
        };
        outcome(code, err)?;
        Ok((state, next_delay_ms))
    }

    /// `bmauth_login_wait`
    pub fn wait(&mut self, cancel: Option<&Cancel>) -> Result<(), Error> {
        let mut err = ptr::null_mut();
        let code = unsafe {
            ffi::bmauth_login_wait(
                self.as_ptr(),
                cancel.map_or(ptr::null_mut(), |it| it.as_ptr()),
                &mut err,
            )
        };
        outcome(code, err)
    }

    /// `bmauth_login_report`
    pub fn report(&mut self) -> Result<Report, Error> {
        let mut report = ptr::null_mut();
        let mut err = ptr::null_mut();
        let code = unsafe { ffi::bmauth_login_report(self.as_ptr(), &mut report, &mut err) };
        outcome(code, err)?;
        Ok(Report::adopt(Owned::new(report)))
    }
}

impl Free for ffi::bmauth_login {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_login_free(object) }
    }
}

/// A credential for one use, and the headers that carry it.
pub struct Token {
    object: Owned<ffi::bmauth_token>,
}

impl Token {
    fn adopt(object: Owned<ffi::bmauth_token>) -> Self {
        Self { object }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_token {
        self.object.as_ptr()
    }

    /// `bmauth_token_access_token`
    pub fn access_token(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_token_access_token(self.as_ptr())) }
    }

    /// `bmauth_token_kind`
    pub fn kind(&self) -> &str {
        unsafe { text(ffi::bmauth_token_kind(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_token_source`
    pub fn source(&self) -> &str {
        unsafe { text(ffi::bmauth_token_source(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_token_reason`
    pub fn reason(&self) -> &str {
        unsafe { text(ffi::bmauth_token_reason(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_token_origin`
    pub fn origin(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_token_origin(self.as_ptr())) }
    }

    /// `bmauth_token_expires_at_unix_s`
    pub fn expires_at_unix_s(&self) -> i64 {
        unsafe { ffi::bmauth_token_expires_at_unix_s(self.as_ptr()) }
    }

    /// `bmauth_token_is_persisted`
    pub fn is_persisted(&self) -> bool {
        unsafe { ffi::bmauth_token_is_persisted(self.as_ptr()) != 0 }
    }

    /// `bmauth_token_warning_count`
    pub fn warning_count(&self) -> i64 {
        unsafe { ffi::bmauth_token_warning_count(self.as_ptr()) }
    }

    /// `bmauth_token_warning`
    pub fn warning(&self, index: i64) -> Option<&str> {
        unsafe { text(ffi::bmauth_token_warning(self.as_ptr(), index)) }
    }

    /// `bmauth_token_header_count`
    pub fn header_count(&self) -> i64 {
        unsafe { ffi::bmauth_token_header_count(self.as_ptr()) }
    }

    /// `bmauth_token_header_name`
    pub fn header_name(&self, index: i64) -> Option<&str> {
        unsafe { text(ffi::bmauth_token_header_name(self.as_ptr(), index)) }
    }

    /// `bmauth_token_header_value`
    pub fn header_value(&self, index: i64) -> Option<&str> {
        unsafe { text(ffi::bmauth_token_header_value(self.as_ptr(), index)) }
    }
}

impl Free for ffi::bmauth_token {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_token_free(object) }
    }
}

/// Where a project's requests go, and why.
pub struct Route {
    object: Owned<ffi::bmauth_route>,
}

impl Route {
    fn adopt(object: Owned<ffi::bmauth_route>) -> Self {
        Self { object }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_route {
        self.object.as_ptr()
    }

    /// `bmauth_route_mode`
    pub fn mode(&self) -> &str {
        unsafe { text(ffi::bmauth_route_mode(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_route_source`
    pub fn source(&self) -> &str {
        unsafe { text(ffi::bmauth_route_source(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_route_reason`
    pub fn reason(&self) -> &str {
        unsafe { text(ffi::bmauth_route_reason(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_route_is_explicit`
    pub fn is_explicit(&self) -> bool {
        unsafe { ffi::bmauth_route_is_explicit(self.as_ptr()) != 0 }
    }

    /// `bmauth_route_project`
    pub fn project(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_route_project(self.as_ptr())) }
    }

    /// `bmauth_route_is_known`
    pub fn is_known(&self) -> bool {
        unsafe { ffi::bmauth_route_is_known(self.as_ptr()) != 0 }
    }

    /// `bmauth_route_workspace`
    pub fn workspace(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_route_workspace(self.as_ptr())) }
    }

    /// `bmauth_route_base_url`
    pub fn base_url(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_route_base_url(self.as_ptr())) }
    }

    /// `bmauth_route_credential_kind`
    pub fn credential_kind(&self) -> &str {
        unsafe { text(ffi::bmauth_route_credential_kind(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_route_warning_count`
    pub fn warning_count(&self) -> i64 {
        unsafe { ffi::bmauth_route_warning_count(self.as_ptr()) }
    }

    /// `bmauth_route_warning`
    pub fn warning(&self, index: i64) -> Option<&str> {
        unsafe { text(ffi::bmauth_route_warning(self.as_ptr(), index)) }
    }

    /// `bmauth_route_json`
    pub fn json(&self) -> &str {
        unsafe { text(ffi::bmauth_route_json(self.as_ptr())) }.unwrap_or_default()
    }
}

impl Free for ffi::bmauth_route {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_route_free(object) }
    }
}

/// A JSON document with look-ups.
pub struct Report {
    object: Owned<ffi::bmauth_report>,
}

impl Report {
    fn adopt(object: Owned<ffi::bmauth_report>) -> Self {
        Self { object }
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::bmauth_report {
        self.object.as_ptr()
    }

    /// `bmauth_report_json`
    pub fn json(&self) -> &str {
        unsafe { text(ffi::bmauth_report_json(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_report_text`
    pub fn text(&self, pointer: &CStr) -> Option<&str> {
        unsafe { text(ffi::bmauth_report_text(self.as_ptr(), pointer.as_ptr())) }
    }

    /// `bmauth_report_count`
    pub fn count(&self, pointer: &CStr) -> i64 {
        unsafe { ffi::bmauth_report_count(self.as_ptr(), pointer.as_ptr()) }
    }
}

impl Free for ffi::bmauth_report {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_report_free(object) }
    }
}

/// A wish to stop, triggered from any thread.
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

    /// `bmauth_cancel_is_triggered`
    pub fn is_triggered(&self) -> bool {
        unsafe { ffi::bmauth_cancel_is_triggered(self.as_ptr()) != 0 }
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

    /// `bmauth_error_remedy`
    pub fn remedy(&self) -> &str {
        unsafe { text(ffi::bmauth_error_remedy(self.as_ptr())) }.unwrap_or_default()
    }

    /// `bmauth_error_http_status`
    pub fn http_status(&self) -> i32 {
        unsafe { ffi::bmauth_error_http_status(self.as_ptr()) }
    }

    /// `bmauth_error_oauth_error`
    pub fn oauth_error(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_error_oauth_error(self.as_ptr())) }
    }

    /// `bmauth_error_oauth_error_description`
    pub fn oauth_error_description(&self) -> Option<&str> {
        unsafe { text(ffi::bmauth_error_oauth_error_description(self.as_ptr())) }
    }

    /// `bmauth_error_is_retryable`
    pub fn is_retryable(&self) -> bool {
        unsafe { ffi::bmauth_error_is_retryable(self.as_ptr()) != 0 }
    }

    /// `bmauth_error_retry_after_ms`
    pub fn retry_after_ms(&self) -> i64 {
        unsafe { ffi::bmauth_error_retry_after_ms(self.as_ptr()) }
    }

    /// `bmauth_error_exit_status`
    pub fn exit_status(&self) -> i32 {
        unsafe { ffi::bmauth_error_exit_status(self.as_ptr()) }
    }
}

impl Free for ffi::bmauth_error {
    unsafe fn free(object: *mut Self) {
        unsafe { ffi::bmauth_error_free(object) }
    }
}
