//! The Authorization header that is kept in memory: what it is, and when it ends.

mod support;

use std::env;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use bmauth::{Client, ErrorCode, HeaderBuffer, Mode, Options, Purpose, Token};
use support::{DataDir, World};

const KEY: &str = "bmc_CANARYcanary0123456789abcdefghij";
const OTHER_KEY: &str = "bmc_OTHERother0123456789abcdefghijkl";
/// A second, and what the coarse clock may be late.
const SOON: Duration = Duration::from_millis(1020);

fn of_token(token: &Token) -> String {
    let (name, value) = token.headers().next().unwrap();
    assert_eq!(name, "Authorization");
    value.expose().to_owned()
}

/// The header, or why there is none.
fn asked(client: &Client, purpose: Purpose) -> Result<String, ErrorCode> {
    let mut buffer = HeaderBuffer::new();
    let given = client.header_into(purpose, &mut buffer);
    let text = given.map(|value| value.expose().to_owned());
    assert_eq!(text.as_deref().unwrap_or_default(), buffer.expose());
    text.map_err(|error| error.code())
}

fn with_key(data_dir: &DataDir, key: &str) -> Client {
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    options.set_api_key(key).unwrap();
    Client::new(Some(&options)).unwrap()
}

#[test]
fn it_is_that_of_the_fresh_token() {
    let world = World::new();
    world.logged_in();
    let mut options = world.options();
    options.set_api_key(KEY).unwrap();
    let client = Client::new(Some(&options)).unwrap();
    let mut buffer = HeaderBuffer::new();
    for purpose in [Purpose::Account, Purpose::Project, Purpose::Account] {
        let wanted = of_token(&client.fresh_token(purpose).unwrap());
        for _ in 0..2 {
            let value = client.header_into(purpose, &mut buffer).unwrap();
            assert_eq!(value.expose(), wanted);
        }
        assert_eq!(client.header(purpose).unwrap().expose(), wanted);
    }
    assert_eq!(
        asked(&client, Purpose::Project),
        Ok(format!("Bearer {KEY}"))
    );
}

#[test]
fn what_this_process_does_is_seen_at_once() {
    let world = World::new();
    let clients = [world.logged_in(), world.client()];
    let before = asked(&clients[0], Purpose::Account).unwrap();
    assert_eq!(asked(&clients[1], Purpose::Account), Ok(before.clone()));
    let refused = clients[0].fresh_token(Purpose::Account).unwrap();
    clients[0].invalidate(&refused).unwrap();
    assert_eq!(
        asked(&clients[0], Purpose::Account),
        Err(ErrorCode::NeedsRefresh)
    );
    let token = clients[0].token(Purpose::Account, Duration::ZERO, None);
    let after = of_token(&token.unwrap());
    assert_ne!(after, before);
    for client in &clients {
        assert_eq!(asked(client, Purpose::Account), Ok(after.clone()));
    }
    clients[1].logout(None).unwrap();
    for client in &clients {
        assert_eq!(
            asked(client, Purpose::Account),
            Err(ErrorCode::NoCredentials)
        );
    }
    clients[0].close();
    assert_eq!(
        asked(&clients[0], Purpose::Account),
        Err(ErrorCode::InvalidArgument)
    );
}

/// What the other process does, which is this program with an order.
fn obey(order: &str) {
    let mut options = Options::new().unwrap();
    let place = env::var("TESTS_OF_BMAUTH_PLACE").unwrap();
    let (data_dir, issuer) = place.split_once('\n').unwrap();
    options.set_data_dir(data_dir).unwrap();
    options.set_issuer(issuer).unwrap();
    options.set_cloud_host(issuer).unwrap();
    let client = Client::new(Some(&options)).unwrap();
    let token = |validity| client.token(Purpose::Account, validity, None).unwrap();
    match order {
        "refresh" => drop(token(Duration::from_secs(3600))),
        "revoke" => {
            client.invalidate(&token(Duration::ZERO)).unwrap();
            token(Duration::ZERO);
        }
        _ => drop(client.logout(None).unwrap()),
    }
}

#[test]
fn what_another_process_does_is_seen_within_a_second() {
    if let Ok(order) = env::var("TESTS_OF_BMAUTH_ORDER") {
        return obey(&order);
    }
    for order in ["refresh", "revoke", "log out"] {
        let world = World::new();
        let client = world.logged_in();
        let before = asked(&client, Purpose::Account);
        let place = format!("{}\n{}", world.data_dir.text(), world.issuer);
        let other = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "what_another_process_does_is_seen_within_a_second",
            ])
            .env("TESTS_OF_BMAUTH_ORDER", order)
            .env("TESTS_OF_BMAUTH_PLACE", place)
            .output()
            .unwrap();
        assert!(other.status.success(), "{order}: {other:?}");
        let done = Instant::now();
        let after = loop {
            let is_late = done.elapsed() > SOON;
            let now = asked(&client, Purpose::Account);
            if now != before {
                break now;
            }
            assert!(!is_late, "{order} is not seen");
            thread::yield_now();
        };
        let is_over = after == Err(ErrorCode::NoCredentials);
        assert_eq!(is_over, order == "log out", "{order}: {after:?}");
    }
}

#[test]
fn a_refresh_that_stalls_holds_nobody_up() {
    let world = World::new();
    let clients = [world.logged_in(), world.client()];
    let before = asked(&clients[0], Purpose::Account);
    thread::scope(|scope| {
        let refresh = world.stall_refresh(scope, &clients[0]);
        for client in &clients {
            for _ in 0..100 {
                assert_eq!(asked(client, Purpose::Account), before);
            }
            let mode = client.mode(Some("nowhere")).unwrap();
            assert_eq!((mode.mode, mode.is_known), (Mode::Local, false));
        }
        assert!(!refresh.is_finished());
        let after = of_token(&refresh.join().unwrap());
        assert_ne!(before, Ok(after.clone()));
        assert_eq!(asked(&clients[0], Purpose::Account), Ok(after));
    });
}

#[test]
fn clients_and_purposes_do_not_mix() {
    let world = World::new();
    world.logged_in();
    let mut options = world.options();
    options.set_api_key(KEY).unwrap();
    let (first, data_dir) = (Client::new(Some(&options)).unwrap(), DataDir::new());
    let second = with_key(&data_dir, OTHER_KEY);
    let session = of_token(&first.fresh_token(Purpose::Account).unwrap());
    let mut buffer = HeaderBuffer::new();
    for _ in 0..100 {
        for (client, purpose, wanted) in [
            (&first, Purpose::Account, session.as_str()),
            (&second, Purpose::Account, &format!("Bearer {OTHER_KEY}")),
            (&first, Purpose::Project, &format!("Bearer {KEY}")),
            (&second, Purpose::Project, &format!("Bearer {OTHER_KEY}")),
        ] {
            let value = client.header_into(purpose, &mut buffer).unwrap();
            assert_eq!(value.expose(), wanted);
        }
    }
}

#[test]
fn a_failure_leaves_the_buffer_empty() {
    let data_dir = DataDir::new();
    let client = with_key(&data_dir, KEY);
    let mut buffer = client.header(Purpose::Account).unwrap();
    assert_eq!(buffer.expose(), format!("Bearer {KEY}"));
    let error = client.header_into(Purpose::from(99), &mut buffer).err();
    assert_eq!(
        error.map(|error| error.code()),
        Some(ErrorCode::InvalidArgument)
    );
    assert_eq!(buffer.expose(), "");
    client.header_into(Purpose::Account, &mut buffer).unwrap();
    assert_eq!(buffer.expose(), format!("Bearer {KEY}"));
}
