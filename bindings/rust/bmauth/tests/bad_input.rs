//! What a program can do wrong is an error that names it, and never a crash.

mod support;

use std::time::Duration;

use bmauth::{Cancel, Client, Error, ErrorCode, Options, Override, Purpose, Result};
use support::DataDir;

const NUL: &str = "CANARY\0CANARY";

fn client(data_dir: &DataDir) -> Client {
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    Client::new(Some(&options)).unwrap()
}

fn refused<T>(called: Result<T>) -> Error {
    let error = called.err().expect("it was taken");
    assert_eq!(error.code(), ErrorCode::InvalidArgument, "{error}");
    assert!(
        !format!("{error} {error:?}").contains("CANARY"),
        "{error:?}"
    );
    error
}

#[test]
fn a_nul_in_an_option_names_the_option() {
    type Set = for<'a> fn(&'a mut Options, &str) -> Result<&'a mut Options>;
    const SETTERS: [(&str, Set); 14] = [
        ("data_dir", Options::set_data_dir),
        ("token_file", Options::set_token_file),
        ("issuer", Options::set_issuer),
        ("client_id", Options::set_client_id),
        ("cloud_host", Options::set_cloud_host),
        ("api_key", Options::set_api_key),
        ("default_project", Options::set_default_project),
        ("default_workspace", Options::set_default_workspace),
        ("project_constraint", Options::set_project_constraint),
        ("ca_file", Options::set_ca_file),
        ("proxy", Options::set_proxy),
        ("user_agent_suffix", Options::set_user_agent_suffix),
        ("local_base_url", Options::set_local_base_url),
        ("language", Options::set_language),
    ];
    let mut options = Options::new().unwrap();
    for (name, set) in SETTERS {
        let error = refused(set(&mut options, NUL));
        assert_eq!(
            error.message(),
            format!("{name}: the text contains a NUL character")
        );
        assert_eq!(error.name(), "invalid_argument");
        assert_eq!(error.remedy(), ErrorCode::InvalidArgument.remedy());
        assert_eq!(error.exit_status(), 2);
    }
}

#[test]
fn a_nul_in_an_argument_names_the_argument() {
    let data_dir = DataDir::new();
    let client = client(&data_dir);
    let route = client.route(Some(NUL), None, Override::None, false);
    assert!(refused(route).message().starts_with("project: "));
    let route = client.route(None, Some(NUL), Override::None, false);
    assert!(refused(route).message().starts_with("workspace: "));
    assert!(refused(client.mode(Some(NUL)))
        .message()
        .starts_with("project: "));
    assert!(refused(client.headers_for_url(NUL, None))
        .message()
        .starts_with("url: "));
}

#[test]
fn a_nul_in_a_look_up_finds_nothing() {
    let data_dir = DataDir::new();
    let projects = client(&data_dir).projects().unwrap();
    assert_eq!(projects.json(), "[]");
    assert_eq!(projects.text("\0"), None);
    assert_eq!(projects.count("\0"), None);
    assert_eq!(projects.count(""), Some(0));
}

#[test]
fn numbers_out_of_range_are_refused() {
    type Set = for<'a> fn(&'a mut Options, Duration) -> Result<&'a mut Options>;
    const SETTERS: [(&str, Set); 7] = [
        ("connect_timeout_ms", Options::set_connect_timeout),
        ("auth_timeout_ms", Options::set_auth_timeout),
        ("refresh_try_timeout_ms", Options::set_refresh_try_timeout),
        ("refresh_budget_ms", Options::set_refresh_budget),
        ("api_timeout_ms", Options::set_api_timeout),
        ("lock_timeout_ms", Options::set_lock_timeout),
        ("login_timeout_ms", Options::set_login_timeout),
    ];
    let mut options = Options::new().unwrap();
    for (name, set) in SETTERS {
        for wrong in [Duration::ZERO, Duration::from_secs(3601), Duration::MAX] {
            let error = refused(set(&mut options, wrong));
            assert!(error.message().contains(name), "{error}");
        }
        set(&mut options, Duration::from_nanos(1)).unwrap();
        set(&mut options, Duration::from_secs(3600)).unwrap();
    }
}

#[test]
fn unknown_enumeration_numbers_are_refused() {
    let data_dir = DataDir::new();
    let client = client(&data_dir);
    refused(client.fresh_token(Purpose::from(99)));
    for wrong in [-1, 2, i32::MAX, i32::MIN] {
        refused(client.header(Purpose::from(wrong)));
    }
    refused(client.route(None, None, Override::Unknown(-1), false));
}

#[test]
fn a_closed_client_says_so() {
    let data_dir = DataDir::new();
    let client = client(&data_dir);
    client.close();
    client.close();
    let said = refused(client.fresh_token(Purpose::Account));
    assert!(said.message().contains("closed"), "{said}");
    refused(client.route(None, None, Override::None, false));
    refused(client.header(Purpose::Account));
    refused(client.mode(Some("p")));
    refused(client.projects());
    refused(client.status(true, None));
    refused(client.login_begin(false, None));
}

#[test]
fn long_and_strange_texts_are_taken_or_refused_and_nothing_else() {
    let data_dir = DataDir::new();
    let client = client(&data_dir);
    let long = "x".repeat(1 << 20);
    for text in ["", " ", "\u{1f980}", "\r\n", "../..", long.as_str()] {
        if let Ok(route) = client.route(Some(text), Some(text), Override::None, true) {
            assert!(!route.mode().is_empty());
        }
        assert!(client.headers_for_url(text, None).is_err());
    }
}

#[test]
fn options_serve_many_clients_and_need_not_live_on() {
    let data_dir = DataDir::new();
    let mut options = Options::new().unwrap();
    let chained = options
        .set_data_dir(data_dir.text())
        .and_then(|options| options.set_local_base_url("http://localhost:8000"))
        .and_then(|options| options.set_force_local(true))
        .and_then(|options| options.set_force_cloud(false))
        .and_then(|options| options.set_explicit_routing(true));
    assert!(chained.is_ok());
    let clients = [(); 2].map(|()| Client::new(Some(&options)).unwrap());
    drop(options);
    for client in clients {
        let route = client.route(None, None, Override::None, false).unwrap();
        assert_eq!(route.base_url(), Some("http://localhost:8000"));
    }
}

#[test]
fn a_cancel_that_was_triggered_before_ends_a_call_at_once() {
    let data_dir = DataDir::new();
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    options.set_issuer("http://127.0.0.1:1").unwrap();
    let client = Client::new(Some(&options)).unwrap();
    let cancel = Cancel::new().unwrap();
    cancel.trigger();
    cancel.trigger();
    let error = client.login_begin(false, Some(&cancel)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Cancelled);
}
