//! No secret is shown by formatting, whatever is formatted.

mod support;

use std::time::Duration;

use bmauth::{Client, Options, Override, Purpose};
use support::{DataDir, World};

const KEY: &str = "bmc_CANARYcanary0123456789abcdefghij";

#[test]
fn a_session_is_not_shown() {
    let world = World::new();
    let client = world.logged_in();
    let token = client
        .token(Purpose::Account, Duration::ZERO, None)
        .unwrap();
    let route = client.route(None, None, Override::Cloud, false).unwrap();
    let of_route = client.headers(&route, None).unwrap();
    let report = client.status(true, None).unwrap();
    let secret = token.access_token().unwrap().expose();
    for shown in [
        format!("{token:?} {token:#?}"),
        format!("{of_route:?}"),
        format!("{:?}", of_route.headers().collect::<Vec<_>>()),
        format!("{client:?} {route:?} {report:?}"),
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let shown = format!("{of_route:?}");
    assert!(shown.contains(r#"access_token: Some([secret])"#), "{shown}");
    assert!(shown.contains(r#"("Authorization", [secret])"#), "{shown}");
}

#[test]
fn an_api_key_is_not_shown() {
    let data_dir = DataDir::new();
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    options.set_api_key(KEY).unwrap();
    let client = Client::new(Some(&options)).unwrap();
    let token = client.fresh_token(Purpose::Project).unwrap();
    assert_eq!(
        token.access_token().map(|secret| secret.expose()),
        Some(KEY)
    );
    assert_eq!(token.expires_at(), None);
    let header = client.header(Purpose::Project).unwrap();
    assert_eq!(header.expose(), format!("Bearer {KEY}"));
    let shown = format!("{options:?} {client:?} {token:?} {header:?} {header:#?}");
    assert!(!shown.contains("CANARY"), "{shown}");
    options.set_api_key("bmc_CANARY with spaces").unwrap();
    let client = Client::new(Some(&options)).unwrap();
    let error = client.fresh_token(Purpose::Project).unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("CANARY"),
        "{error:?}"
    );
}

#[test]
fn a_login_shows_what_the_person_sees_and_no_more() {
    let world = World::new();
    let login = world.client().login_begin(false, None).unwrap();
    let shown = format!("{login:?}");
    assert!(shown.contains(login.user_code().unwrap()), "{shown}");
    assert!(
        !shown.contains("device_code") && !shown.contains("verifier"),
        "{shown}"
    );
}
