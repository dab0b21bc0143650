//! JSON as the drivers answer it.

use std::fmt::Write;
use std::time::SystemTime;

use bmauth::{Error, HeaderBuffer, Login, Mode, ModeResult, PollState, Report, Token};

fn quote(text: Option<&str>) -> String {
    let text = match text {
        Some(text) => text,
        None => return "null".to_owned(),
    };
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control < ' ' => {
                write!(quoted, "\\u{:04x}", u32::from(control)).expect("a String takes all")
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// An object of names and values that are JSON already.
pub fn object<const N: usize>(members: [(&str, String); N]) -> String {
    let members = members.map(|(name, value)| format!("{}: {value}", quote(Some(name))));
    format!("{{{}}}", members.join(", "))
}

pub fn error_json(error: &Error) -> String {
    let retry_after_ms = error
        .retry_after()
        .map_or(-1, |time| time.as_millis() as i64);
    let error = object([
        ("code", i32::from(error.code()).to_string()),
        ("name", quote(Some(error.name()))),
        ("message", quote(Some(error.message()))),
        ("remedy", quote(Some(error.remedy()))),
        ("oauth_error", quote(error.oauth_error())),
        (
            "oauth_error_description",
            quote(error.oauth_error_description()),
        ),
        ("http_status", error.http_status().to_string()),
        ("is_retryable", error.is_retryable().to_string()),
        ("retry_after_ms", retry_after_ms.to_string()),
        ("exit_status", error.exit_status().to_string()),
    ]);
    object([("error", error)])
}

pub fn token_json(token: &Token) -> String {
    let since_1970 = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).expect("later");
    let header = |(name, value): (&str, bmauth::Secret<'_>)| {
        format!("{}: {}", quote(Some(name)), quote(Some(value.expose())))
    };
    let warnings: Vec<_> = token.warnings().map(|line| quote(Some(line))).collect();
    let headers: Vec<_> = token.headers().map(header).collect();
    let expires_at_unix_s = token
        .expires_at()
        .map_or(0, |time| since_1970(time).as_secs());
    object([
        ("expires_at_unix_s", expires_at_unix_s.to_string()),
        ("is_persisted", token.is_persisted().to_string()),
        (
            "access_token",
            quote(token.access_token().map(|secret| secret.expose())),
        ),
        ("kind", quote(Some(token.kind()))),
        ("source", quote(Some(token.source()))),
        ("reason", quote(Some(token.reason()))),
        ("origin", quote(token.origin())),
        ("warnings", format!("[{}]", warnings.join(", "))),
        ("headers", format!("{{{}}}", headers.join(", "))),
    ])
}

pub fn header_json(header: &HeaderBuffer) -> String {
    object([("value", quote(Some(header.expose())))])
}

pub fn mode_json(decided: ModeResult) -> String {
    let mode = match decided.mode {
        Mode::Cloud => "cloud",
        _ => "local",
    };
    object([
        ("mode", quote(Some(mode))),
        ("is_known", decided.is_known.to_string()),
    ])
}

pub fn login_json(login: &Login) -> String {
    let state = if login.state() == PollState::Done {
        "done"
    } else {
        "pending"
    };
    object([
        ("state", quote(Some(state))),
        ("next_delay_ms", login.next_delay().as_millis().to_string()),
        ("expires_in_s", login.expires_in().as_secs().to_string()),
        ("interval_s", login.interval().as_secs().to_string()),
        ("user_code", quote(login.user_code())),
        ("verification_uri", quote(login.verification_uri())),
        (
            "verification_uri_complete",
            quote(login.verification_uri_complete()),
        ),
    ])
}

pub fn report_json(report: &Report) -> String {
    object([("report", report.json().to_owned())])
}
