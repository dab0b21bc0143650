//! Logging in and what a session is good for, against the emulator.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use bmauth::{Cancel, ErrorCode, Override, PollState, Purpose};
use support::World;

/// Longer than any cancelled call may take, shorter than the interval of a poll.
const AT_ONCE: Duration = Duration::from_millis(700);

#[test]
fn a_login_is_begun_polled_and_waited_for() {
    let world = World::new();
    let client = world.client();
    let mut login = client.login_begin(false, None).unwrap();
    assert_eq!(login.state(), PollState::Pending);
    assert_eq!(login.interval(), Duration::from_secs(1));
    assert_eq!(login.next_delay(), Duration::from_secs(1));
    assert_eq!(login.expires_in(), Duration::from_secs(600));
    assert!(login.remaining() > Duration::from_secs(590));
    let page = format!("{}/device", world.issuer);
    assert_eq!(login.verification_uri(), Some(page.as_str()));
    let complete = login.verification_uri_complete().unwrap_or_default();
    assert!(complete.contains("user_code="), "{complete}");
    let code = login.report().unwrap_err().code();
    assert_eq!(code, ErrorCode::InvalidArgument, "there is no report yet");

    let polled = login.poll(None).unwrap();
    assert_eq!(polled.state, PollState::Pending);
    assert_eq!(polled.next_delay, Duration::from_secs(1));
    world.person(&login, "approve");
    login.wait(None).unwrap();
    assert_eq!(login.state(), PollState::Done);
    let report = login.report().unwrap();
    assert_eq!(
        report.text("/identity/email"),
        Some("alice@example.test"),
        "{}",
        report.json()
    );
    assert_eq!(report.text("/identity"), None);
    assert_eq!(report.count("/warnings"), Some(0));
    assert_eq!(report.count("/identity/email"), None);
}

#[test]
fn one_call_logs_in_and_the_next_keeps_the_session() {
    let world = World::new();
    let client = world.client();
    let mut shown = 0;
    let report = client
        .login(false, None, |login| {
            shown += 1;
            world.person(login, "approve");
        })
        .unwrap();
    assert_eq!(report.text("/is_session_kept"), Some("false"));
    let report = client.login(false, None, |_| shown += 1).unwrap();
    assert_eq!(report.text("/is_session_kept"), Some("true"));
    assert_eq!(shown, 1, "nobody is asked where a session is kept");
}

#[test]
fn a_denial_is_an_error_with_its_facts() {
    let world = World::new();
    let denied = world
        .client()
        .login(false, None, |login| world.person(login, "deny"));
    let error = denied.unwrap_err();
    assert_eq!(error.code(), ErrorCode::AccessDenied);
    assert_eq!(error.name(), "access_denied");
    assert_eq!(error.oauth_error(), Some("access_denied"));
    assert_eq!(error.http_status(), 400);
    assert_eq!(error.exit_status(), 1);
    assert_eq!(error.retry_after(), None);
    assert!(!error.is_retryable());
    assert!(!error.remedy().is_empty());
    assert_eq!(error.to_string(), error.message());
}

#[test]
fn a_session_gives_a_token_headers_and_reports() {
    let world = World::new();
    let client = world.logged_in();
    let token = client
        .token(Purpose::Account, Duration::ZERO, None)
        .unwrap();
    assert_eq!((token.kind(), token.source()), ("oauth", "session"));
    assert_eq!(token.origin(), Some(world.issuer.as_str()));
    assert!(token.expires_at() > Some(SystemTime::now()));
    assert!(token.is_persisted());
    assert!(!token.reason().is_empty());
    assert_eq!(token.warnings().count(), 0);
    let bearer = format!("Bearer {}", token.access_token().unwrap().expose());

    let route = client
        .route(Some("notes"), None, Override::Cloud, false)
        .unwrap();
    assert_eq!((route.mode(), route.source()), ("cloud", "call"));
    assert_eq!(route.project(), Some("notes"));
    assert_eq!(
        route.base_url(),
        Some(format!("{}/proxy", world.issuer).as_str())
    );
    assert_eq!(
        (route.workspace(), route.credential_kind()),
        (None, "oauth")
    );
    assert!(route.is_explicit() && !route.is_known());
    assert!(!route.reason().is_empty());
    assert!(route.json().starts_with('{'));
    assert_eq!(route.warnings().count(), 0);

    let of_route = client.headers(&route, None).unwrap();
    let of_url = client
        .headers_for_url(&format!("{}/proxy/notes", world.issuer), None)
        .unwrap();
    for token in [of_route, of_url] {
        let headers: Vec<_> = token
            .headers()
            .map(|(name, value)| (name, value.expose()))
            .collect();
        assert_eq!(headers, [("Authorization", bearer.as_str())]);
    }
    let elsewhere = client
        .headers_for_url("https://elsewhere.example/", None)
        .unwrap_err();
    assert_eq!(elsewhere.code(), ErrorCode::CredentialNotForOrigin);

    assert_eq!(client.projects().unwrap().count(""), Some(0));
    let whoami = client.whoami(true, None).unwrap();
    assert!(
        whoami.json().contains("alice@example.test"),
        "{}",
        whoami.json()
    );
    assert!(client
        .status(false, None)
        .unwrap()
        .json()
        .contains("\"cloud\""));
    client.logout(None).unwrap();
    let gone = client
        .token(Purpose::Account, Duration::ZERO, None)
        .unwrap_err();
    assert_eq!(gone.code(), ErrorCode::NoCredentials);
}

#[test]
fn a_refused_token_is_refreshed_in_steps() {
    let world = World::new();
    let client = world.logged_in();
    let refused = client.fresh_token(Purpose::Account).unwrap();
    client.invalidate(&refused).unwrap();
    let stale = client.fresh_token(Purpose::Account).unwrap_err();
    assert_eq!(stale.code(), ErrorCode::NeedsRefresh);
    let step = client.refresh_step(Duration::ZERO, None).unwrap();
    assert_eq!((step.is_ready, step.next_delay), (true, Duration::ZERO));
    let fresh = client.fresh_token(Purpose::Account).unwrap();
    let bearers = [&refused, &fresh].map(|token| token.access_token().unwrap().expose());
    assert_ne!(bearers[0], bearers[1]);
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn another_thread_cancels_a_wait() {
    let world = World::new();
    world.set(r#"{"interval_s": 5}"#);
    let mut login = world.client().login_begin(false, None).unwrap();
    let cancel = Cancel::new().unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| login.wait(Some(&cancel)).unwrap_err());
        assert!(!cancel.is_triggered());
        let triggered = Instant::now();
        cancel.trigger();
        assert_eq!(waiting.join().unwrap().code(), ErrorCode::Cancelled);
        assert!(triggered.elapsed() < AT_ONCE, "{:?}", triggered.elapsed());
    });
    assert!(cancel.is_triggered());
}

#[test]
fn a_callback_cancels_a_wait() {
    let world = World::new();
    world.set(r#"{"interval_s": 5}"#);
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let mut cancel = Cancel::new().unwrap();
    let third = move || counted.fetch_add(1, Ordering::Relaxed) == 2;
    cancel.set_check(Some(Box::new(third))).unwrap();
    let mut login = world.client().login_begin(false, None).unwrap();
    let began = Instant::now();
    let error = login.wait(Some(&cancel)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Cancelled);
    assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
    assert_eq!(asked.load(Ordering::Relaxed), 3);
    cancel.set_check(None).unwrap();
    assert_eq!(
        Arc::strong_count(&asked),
        1,
        "a callback that is replaced is dropped"
    );
}

#[test]
fn a_callback_that_panics_cancels_and_nothing_unwinds() {
    let world = World::new();
    world.set(r#"{"interval_s": 5}"#);
    let mut cancel = Cancel::new().unwrap();
    cancel
        .set_check(Some(Box::new(|| panic!("wanted by this test"))))
        .unwrap();
    let mut login = world.client().login_begin(false, None).unwrap();
    let error = login.wait(Some(&cancel)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Cancelled);
}

#[test]
fn a_login_outlives_the_client_that_began_it() {
    let world = World::new();
    let client = world.client();
    let mut login = client.login_begin(false, None).unwrap();
    world.person(&login, "approve");
    drop(client);
    let report = thread::spawn(move || login.wait(None).and_then(|()| login.report()));
    assert_eq!(
        report.join().unwrap().unwrap().text("/is_authenticated"),
        Some("true")
    );
}
