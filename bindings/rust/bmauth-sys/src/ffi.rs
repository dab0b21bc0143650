// Generated from bindings/spec by bmauth_gen; do not edit.
//! The C ABI as it is. `bmauth.h` is the manual: who owns what, which thread may call, what fails.

use std::marker::{PhantomData, PhantomPinned};
use std::os::raw::{c_char, c_int, c_void};

/// The version that these declarations are of.
pub const VERSION: &str = "0.1.0";
/// The same as `bmauth_version_number` counts.
pub const VERSION_NUMBER: i32 = 1000;

pub type bmauth_code = i32;

pub const BMAUTH_OK: bmauth_code = 0;
pub const BMAUTH_E_INVALID_ARGUMENT: bmauth_code = 1;
pub const BMAUTH_E_CONFIG_INVALID: bmauth_code = 2;
pub const BMAUTH_E_CONFIG_CONFLICT: bmauth_code = 3;
pub const BMAUTH_E_CONFLICTING_ROUTING: bmauth_code = 4;
pub const BMAUTH_E_PROJECT_CONSTRAINED: bmauth_code = 5;
pub const BMAUTH_E_UNKNOWN_PROJECT: bmauth_code = 6;
pub const BMAUTH_E_AMBIGUOUS: bmauth_code = 7;
pub const BMAUTH_E_WORKSPACE_UNRESOLVED: bmauth_code = 8;
pub const BMAUTH_E_NO_CREDENTIALS: bmauth_code = 9;
pub const BMAUTH_E_INVALID_API_KEY: bmauth_code = 10;
pub const BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN: bmauth_code = 11;
pub const BMAUTH_E_UNAUTHORIZED: bmauth_code = 12;
pub const BMAUTH_E_SUBSCRIPTION_REQUIRED: bmauth_code = 13;
pub const BMAUTH_E_INSUFFICIENT_SCOPE: bmauth_code = 14;
pub const BMAUTH_E_FORBIDDEN: bmauth_code = 15;
pub const BMAUTH_E_SCOPE_NOT_CONFIRMED: bmauth_code = 16;
pub const BMAUTH_E_UNSUPPORTED: bmauth_code = 17;
pub const BMAUTH_E_NOT_FOUND: bmauth_code = 18;
pub const BMAUTH_E_ACCESS_DENIED: bmauth_code = 19;
pub const BMAUTH_E_EXPIRED_TOKEN: bmauth_code = 20;
pub const BMAUTH_E_REAUTH_REQUIRED: bmauth_code = 21;
pub const BMAUTH_E_OAUTH_REJECTED: bmauth_code = 22;
pub const BMAUTH_E_LOGIN_TIMEOUT: bmauth_code = 23;
pub const BMAUTH_E_CANCELLED: bmauth_code = 24;
pub const BMAUTH_E_NETWORK: bmauth_code = 25;
pub const BMAUTH_E_TLS: bmauth_code = 26;
pub const BMAUTH_E_TIMEOUT: bmauth_code = 27;
pub const BMAUTH_E_RATE_LIMITED: bmauth_code = 28;
pub const BMAUTH_E_SERVER: bmauth_code = 29;
pub const BMAUTH_E_BAD_RESPONSE: bmauth_code = 30;
pub const BMAUTH_E_INSECURE_URL: bmauth_code = 31;
pub const BMAUTH_E_STORE_IO: bmauth_code = 32;
pub const BMAUTH_E_STORE_PERMISSIONS: bmauth_code = 33;
pub const BMAUTH_E_STORE_CORRUPT: bmauth_code = 34;
pub const BMAUTH_E_NOT_PERSISTED: bmauth_code = 35;
pub const BMAUTH_E_LOCK_TIMEOUT: bmauth_code = 36;
pub const BMAUTH_E_SESSION_EXISTS: bmauth_code = 37;
pub const BMAUTH_E_REJECTED: bmauth_code = 38;
pub const BMAUTH_E_NET_UNAVAILABLE: bmauth_code = 39;
pub const BMAUTH_E_OUT_OF_MEMORY: bmauth_code = 40;
pub const BMAUTH_E_INTERNAL: bmauth_code = 41;
pub const BMAUTH_E_NEEDS_REFRESH: bmauth_code = 42;

pub type bmauth_poll_state = i32;

pub const BMAUTH_LOGIN_PENDING: bmauth_poll_state = 0;
pub const BMAUTH_LOGIN_DONE: bmauth_poll_state = 1;

pub type bmauth_override = i32;

pub const BMAUTH_OVERRIDE_NONE: bmauth_override = 0;
pub const BMAUTH_OVERRIDE_LOCAL: bmauth_override = 1;
pub const BMAUTH_OVERRIDE_CLOUD: bmauth_override = 2;

pub type bmauth_mode = i32;

pub const BMAUTH_MODE_LOCAL: bmauth_mode = 0;
pub const BMAUTH_MODE_CLOUD: bmauth_mode = 1;

pub type bmauth_purpose = i32;

pub const BMAUTH_PURPOSE_PROJECT: bmauth_purpose = 0;
pub const BMAUTH_PURPOSE_ACCOUNT: bmauth_purpose = 1;

pub type bmauth_cancel_check = Option<unsafe extern "C" fn(user_data: *mut c_void) -> c_int>;

/// Neither sized nor moved, and of no thread: only pointers to it exist.
type Opaque = PhantomData<(*mut u8, PhantomPinned)>;

#[repr(C)]
pub struct bmauth_options {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_client {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_login {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_token {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_route {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_report {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_cancel {
    _data: [u8; 0],
    _opaque: Opaque,
}

#[repr(C)]
pub struct bmauth_error {
    _data: [u8; 0],
    _opaque: Opaque,
}

extern "C" {
    pub fn bmauth_version() -> *const c_char;
    pub fn bmauth_version_number() -> i32;
    pub fn bmauth_generation() -> *const u64;
    pub fn bmauth_code_name(code: bmauth_code) -> *const c_char;
    pub fn bmauth_code_meaning(code: bmauth_code) -> *const c_char;
    pub fn bmauth_code_remedy(code: bmauth_code) -> *const c_char;
    pub fn bmauth_code_is_retryable(code: bmauth_code) -> c_int;
    pub fn bmauth_code_exit_status(code: bmauth_code) -> i32;
    pub fn bmauth_error_free(error: *mut bmauth_error);
    pub fn bmauth_error_code(error: *const bmauth_error) -> bmauth_code;
    pub fn bmauth_error_name(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_message(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_remedy(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_http_status(error: *const bmauth_error) -> i32;
    pub fn bmauth_error_oauth_error(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_oauth_error_description(error: *const bmauth_error) -> *const c_char;
    pub fn bmauth_error_is_retryable(error: *const bmauth_error) -> c_int;
    pub fn bmauth_error_retry_after_ms(error: *const bmauth_error) -> i64;
    pub fn bmauth_error_exit_status(error: *const bmauth_error) -> i32;
    pub fn bmauth_cancel_new(
        cancel: *mut *mut bmauth_cancel,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_cancel_free(cancel: *mut bmauth_cancel);
    pub fn bmauth_cancel_trigger(cancel: *mut bmauth_cancel);
    pub fn bmauth_cancel_is_triggered(cancel: *mut bmauth_cancel) -> c_int;
    pub fn bmauth_cancel_set_check(
        cancel: *mut bmauth_cancel,
        check: bmauth_cancel_check,
        user_data: *mut c_void,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_new(
        options: *mut *mut bmauth_options,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_free(options: *mut bmauth_options);
    pub fn bmauth_options_set_data_dir(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_token_file(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_issuer(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_client_id(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_cloud_host(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_api_key(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_default_project(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_default_workspace(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_project_constraint(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_ca_file(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_proxy(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_user_agent_suffix(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_local_base_url(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_language(
        options: *mut bmauth_options,
        value: *const c_char,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_force_local(
        options: *mut bmauth_options,
        value: c_int,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_force_cloud(
        options: *mut bmauth_options,
        value: c_int,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_explicit_routing(
        options: *mut bmauth_options,
        value: c_int,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_connect_timeout_ms(
        options: *mut bmauth_options,
        connect_timeout_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_auth_timeout_ms(
        options: *mut bmauth_options,
        auth_timeout_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_refresh_try_timeout_ms(
        options: *mut bmauth_options,
        refresh_try_timeout_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_refresh_budget_ms(
        options: *mut bmauth_options,
        refresh_budget_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_api_timeout_ms(
        options: *mut bmauth_options,
        api_timeout_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_lock_timeout_ms(
        options: *mut bmauth_options,
        lock_timeout_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_options_set_login_timeout_ms(
        options: *mut bmauth_options,
        login_timeout_ms: i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_new(
        options: *const bmauth_options,
        client: *mut *mut bmauth_client,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_close(client: *mut bmauth_client);
    pub fn bmauth_client_free(client: *mut bmauth_client);
    pub fn bmauth_client_token(
        client: *mut bmauth_client,
        purpose: bmauth_purpose,
        min_validity_ms: i64,
        cancel: *mut bmauth_cancel,
        token: *mut *mut bmauth_token,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_fresh_token(
        client: *mut bmauth_client,
        purpose: bmauth_purpose,
        token: *mut *mut bmauth_token,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_header(
        client: *mut bmauth_client,
        purpose: bmauth_purpose,
        buffer: *mut c_char,
        capacity_bytes: i64,
        length_bytes: *mut i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_headers(
        client: *mut bmauth_client,
        route: *const bmauth_route,
        cancel: *mut bmauth_cancel,
        token: *mut *mut bmauth_token,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_headers_for_url(
        client: *mut bmauth_client,
        url: *const c_char,
        cancel: *mut bmauth_cancel,
        token: *mut *mut bmauth_token,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_refresh_step(
        client: *mut bmauth_client,
        min_validity_ms: i64,
        cancel: *mut bmauth_cancel,
        is_ready: *mut c_int,
        next_delay_ms: *mut i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_invalidate(
        client: *mut bmauth_client,
        token: *const bmauth_token,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_route(
        client: *mut bmauth_client,
        project: *const c_char,
        workspace: *const c_char,
        r#override: bmauth_override,
        use_default_project: c_int,
        route: *mut *mut bmauth_route,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_mode(
        client: *mut bmauth_client,
        project: *const c_char,
        mode: *mut bmauth_mode,
        is_known: *mut c_int,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_projects(
        client: *mut bmauth_client,
        report: *mut *mut bmauth_report,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_status(
        client: *mut bmauth_client,
        is_offline: c_int,
        cancel: *mut bmauth_cancel,
        report: *mut *mut bmauth_report,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_whoami(
        client: *mut bmauth_client,
        is_offline: c_int,
        cancel: *mut bmauth_cancel,
        report: *mut *mut bmauth_report,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_logout(
        client: *mut bmauth_client,
        cancel: *mut bmauth_cancel,
        report: *mut *mut bmauth_report,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_client_login_begin(
        client: *mut bmauth_client,
        is_forced: c_int,
        cancel: *mut bmauth_cancel,
        login: *mut *mut bmauth_login,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_login_free(login: *mut bmauth_login);
    pub fn bmauth_login_state(login: *const bmauth_login) -> bmauth_poll_state;
    pub fn bmauth_login_user_code(login: *const bmauth_login) -> *const c_char;
    pub fn bmauth_login_verification_uri(login: *const bmauth_login) -> *const c_char;
    pub fn bmauth_login_verification_uri_complete(login: *const bmauth_login) -> *const c_char;
    pub fn bmauth_login_expires_in_s(login: *const bmauth_login) -> i64;
    pub fn bmauth_login_interval_s(login: *const bmauth_login) -> i64;
    pub fn bmauth_login_next_delay_ms(login: *const bmauth_login) -> i64;
    pub fn bmauth_login_remaining_ms(login: *const bmauth_login) -> i64;
    pub fn bmauth_login_open_browser(
        login: *mut bmauth_login,
        is_opened: *mut c_int,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_login_poll(
        login: *mut bmauth_login,
        cancel: *mut bmauth_cancel,
        state: *mut bmauth_poll_state,
        next_delay_ms: *mut i64,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_login_wait(
        login: *mut bmauth_login,
        cancel: *mut bmauth_cancel,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_login_report(
        login: *mut bmauth_login,
        report: *mut *mut bmauth_report,
        err: *mut *mut bmauth_error,
    ) -> bmauth_code;
    pub fn bmauth_token_free(token: *mut bmauth_token);
    pub fn bmauth_token_access_token(token: *const bmauth_token) -> *const c_char;
    pub fn bmauth_token_kind(token: *const bmauth_token) -> *const c_char;
    pub fn bmauth_token_source(token: *const bmauth_token) -> *const c_char;
    pub fn bmauth_token_reason(token: *const bmauth_token) -> *const c_char;
    pub fn bmauth_token_origin(token: *const bmauth_token) -> *const c_char;
    pub fn bmauth_token_expires_at_unix_s(token: *const bmauth_token) -> i64;
    pub fn bmauth_token_is_persisted(token: *const bmauth_token) -> c_int;
    pub fn bmauth_token_warning_count(token: *const bmauth_token) -> i64;
    pub fn bmauth_token_warning(token: *const bmauth_token, index: i64) -> *const c_char;
    pub fn bmauth_token_header_count(token: *const bmauth_token) -> i64;
    pub fn bmauth_token_header_name(token: *const bmauth_token, index: i64) -> *const c_char;
    pub fn bmauth_token_header_value(token: *const bmauth_token, index: i64) -> *const c_char;
    pub fn bmauth_route_free(route: *mut bmauth_route);
    pub fn bmauth_route_mode(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_source(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_reason(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_is_explicit(route: *const bmauth_route) -> c_int;
    pub fn bmauth_route_project(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_is_known(route: *const bmauth_route) -> c_int;
    pub fn bmauth_route_workspace(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_base_url(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_credential_kind(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_route_warning_count(route: *const bmauth_route) -> i64;
    pub fn bmauth_route_warning(route: *const bmauth_route, index: i64) -> *const c_char;
    pub fn bmauth_route_json(route: *const bmauth_route) -> *const c_char;
    pub fn bmauth_report_free(report: *mut bmauth_report);
    pub fn bmauth_report_json(report: *const bmauth_report) -> *const c_char;
    pub fn bmauth_report_text(
        report: *const bmauth_report,
        pointer: *const c_char,
    ) -> *const c_char;
    pub fn bmauth_report_count(report: *const bmauth_report, pointer: *const c_char) -> i64;
}
