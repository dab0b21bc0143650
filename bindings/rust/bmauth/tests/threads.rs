//! One client for all threads of a process.

mod support;

use std::collections::HashSet;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use bmauth::{Error, ErrorCode, HeaderBuffer, Purpose};
use support::World;

const THREADS: usize = 8;

#[test]
fn threads_that_share_a_client_make_one_refresh() {
    let world = World::new();
    let client = Arc::new(world.logged_in());
    let refused = client
        .token(Purpose::Account, Duration::ZERO, None)
        .unwrap();
    client.invalidate(&refused).unwrap();
    let start = Arc::new(Barrier::new(THREADS));
    let mut threads = Vec::new();
    for _ in 0..THREADS {
        let (client, start) = (Arc::clone(&client), Arc::clone(&start));
        threads.push(thread::spawn(move || {
            start.wait();
            let token = client.token(Purpose::Account, Duration::ZERO, None)?;
            Ok(token.access_token().unwrap().expose().to_owned())
        }));
    }
    let given: Result<HashSet<String>, Error> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    let given = given.unwrap();
    assert_eq!(given.len(), 1, "all got the same token");
    assert!(!given.contains(refused.access_token().unwrap().expose()));
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn threads_read_one_token_at_the_same_time() {
    let world = World::new();
    let client = world.logged_in();
    let token = client
        .token(Purpose::Account, Duration::ZERO, None)
        .unwrap();
    let shown = format!("{token:?}");
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| assert_eq!(format!("{token:?}"), shown));
        }
    });
}

#[test]
fn readers_meet_a_refresher_a_logout_and_a_close() {
    let world = World::new();
    let client = world.logged_in();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut buffer = HeaderBuffer::new();
                loop {
                    let given = client.header_into(Purpose::Account, &mut buffer);
                    match given.map_err(|error| error.code()) {
                        Ok(value) => assert!(value.expose().starts_with("Bearer ey")),
                        Err(ErrorCode::NeedsRefresh | ErrorCode::NoCredentials) => {}
                        Err(ErrorCode::InvalidArgument) => return, // closed
                        Err(code) => panic!("{code:?}"),
                    }
                }
            });
        }
        for _ in 0..5 {
            let token = client.token(Purpose::Account, Duration::ZERO, None);
            client.invalidate(&token.unwrap()).unwrap();
            client
                .token(Purpose::Account, Duration::ZERO, None)
                .unwrap();
        }
        client.logout(None).unwrap();
        let over = client.header(Purpose::Account).unwrap_err();
        assert_eq!(over.code(), ErrorCode::NoCredentials);
        client.close();
    });
    assert_eq!(world.refreshes(), 5);
}

#[test]
fn a_client_is_closed_while_others_use_it() {
    let world = World::new();
    let client = world.logged_in();
    thread::scope(|scope| {
        let users: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| loop {
                    if let Err(error) = client.token(Purpose::Account, Duration::ZERO, None) {
                        return error;
                    }
                })
            })
            .collect();
        client.close();
        for user in users {
            let error = user.join().unwrap();
            assert_eq!(error.code(), ErrorCode::InvalidArgument, "{error}");
        }
    });
}
