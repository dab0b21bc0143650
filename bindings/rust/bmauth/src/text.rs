//! Texts and times on their way into the library and out of it.

use std::convert::TryFrom;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bmauth_sys::Text;

use crate::{Error, ErrorCode, Result};

/// `value` for C; a NUL in it is an error that names the parameter.
pub(crate) fn text(name: &str, value: &str) -> Result<Text> {
    Text::new(value).ok_or_else(|| {
        let message = format!("{name}: the text contains a NUL character");
        Error::known(ErrorCode::InvalidArgument, message)
    })
}

pub(crate) fn maybe_text(name: &str, value: Option<&str>) -> Result<Option<Text>> {
    value.map(|value| text(name, value)).transpose()
}

/// Whole milliseconds, rounded up, so that a time that is not zero stays that.
pub(crate) fn to_ms(time: Duration) -> i64 {
    let ms = time.as_nanos().saturating_add(999_999) / 1_000_000;
    i64::try_from(ms).unwrap_or(i64::MAX)
}

pub(crate) fn from_ms(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

pub(crate) fn from_s(s: i64) -> Duration {
    Duration::from_secs(u64::try_from(s).unwrap_or(0))
}

/// Less than nothing is "unknown".
pub(crate) fn maybe_ms(ms: i64) -> Option<Duration> {
    u64::try_from(ms).ok().map(Duration::from_millis)
}

/// 0 is "unknown".
pub(crate) fn from_unix_s(unix_s: i64) -> Option<SystemTime> {
    let since = u64::try_from(unix_s).ok().filter(|s| *s > 0)?;
    UNIX_EPOCH.checked_add(Duration::from_secs(since))
}

/// Less than nothing is "unknown".
pub(crate) fn maybe_count(count: i64) -> Option<usize> {
    usize::try_from(count).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_named_and_the_text_is_not_shown() {
        let error = text("api_key", "bmc_CANARY\0")
            .err()
            .map(|error| format!("{error} {error:?}"));
        let shown = error.unwrap_or_default();
        assert!(shown.starts_with("api_key: "), "{shown}");
        assert!(!shown.contains("CANARY"), "{shown}");
    }

    #[test]
    fn times_are_rounded_up_and_bounded() {
        assert_eq!(to_ms(Duration::ZERO), 0);
        assert_eq!(to_ms(Duration::from_nanos(1)), 1);
        assert_eq!(to_ms(Duration::from_micros(1500)), 2);
        assert_eq!(to_ms(Duration::MAX), i64::MAX);
        assert_eq!(from_ms(-1), Duration::ZERO);
        assert_eq!(from_s(-1), Duration::ZERO);
    }

    #[test]
    fn unknown_is_none() {
        assert_eq!((maybe_ms(-1), maybe_ms(0)), (None, Some(Duration::ZERO)));
        assert_eq!((maybe_count(-1), maybe_count(0)), (None, Some(0)));
        assert_eq!((from_unix_s(-1), from_unix_s(0)), (None, None));
        assert_eq!(
            from_unix_s(1),
            UNIX_EPOCH.checked_add(Duration::from_secs(1))
        );
        assert_eq!(
            from_unix_s(i64::MAX),
            UNIX_EPOCH.checked_add(from_s(i64::MAX))
        );
    }
}
