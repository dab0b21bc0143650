//! Codes and errors as values.

mod support;

use std::collections::HashSet;
use std::error::Error as _;

use bmauth::{Client, Error, ErrorCode, Options, Override, PollState, Purpose};
use support::DataDir;

/// One more than the largest number of the table.
fn end_of_codes() -> i32 {
    let is_known = |number: &i32| !matches!(ErrorCode::from(*number), ErrorCode::Unknown(_));
    (1..).take_while(is_known).last().unwrap() + 1
}

#[test]
fn each_code_has_its_own_number_and_the_name_of_the_library() {
    let mut names = HashSet::new();
    for number in 1..end_of_codes() {
        let code = ErrorCode::from(number);
        assert_eq!(i32::from(code), number);
        // `InvalidArgument` and `invalid_argument` are one word, in the case of each.
        let written = format!("{code:?}").to_lowercase();
        assert_eq!(code.name().replace('_', ""), written);
        assert_eq!(code.to_string(), code.name());
        assert!(names.insert(code.name()));
        assert!(code.meaning().ends_with('.') && code.remedy().ends_with('.'));
        assert!((1..=5).contains(&code.exit_status()) || code.exit_status() == 130);
    }
    assert!(names.contains("invalid_argument") && names.contains("needs_refresh"));
}

#[test]
fn some_facts_of_codes_are_those_of_the_table() {
    assert_eq!(i32::from(ErrorCode::InvalidArgument), 1);
    assert!(ErrorCode::Network.is_retryable());
    assert!(!ErrorCode::AccessDenied.is_retryable());
    assert_eq!(ErrorCode::Cancelled.exit_status(), 130);
}

#[test]
fn a_number_that_is_not_known_is_kept() {
    for number in [0, -1, end_of_codes(), i32::MAX, i32::MIN] {
        assert_eq!(ErrorCode::from(number), ErrorCode::Unknown(number));
        assert_eq!(i32::from(ErrorCode::from(number)), number);
    }
    assert_eq!(ErrorCode::Unknown(-1).name(), "internal");
    assert_eq!(i32::from(PollState::from(99)), 99);
    assert_eq!(PollState::from(99), PollState::Unknown(99));
    assert_eq!(Override::from(2), Override::Cloud);
    assert_eq!(Purpose::from(i32::from(Purpose::Account)), Purpose::Account);
}

#[test]
fn an_error_is_one_of_std_and_goes_everywhere() {
    fn is_error<T: std::error::Error + Send + Sync + Clone + 'static>(_: &T) {}
    let data_dir = DataDir::new();
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    options.set_api_key("not a key").unwrap();
    let client = Client::new(Some(&options)).unwrap();
    let error: Error = client.fresh_token(Purpose::Project).unwrap_err();
    is_error(&error);
    assert_eq!(error.code(), ErrorCode::InvalidApiKey);
    assert!(error.source().is_none());
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.clone().into();
    assert_eq!(boxed.to_string(), error.message());
    assert_eq!(error.to_string().lines().count(), 1);
}

#[test]
fn the_library_has_a_version() {
    assert_eq!(bmauth::version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(bmauth::version_number(), 1000);
}
