//! What users of the crate `oauth2` hold by themselves, as it keeps no token: one for all threads, cloned
//! under its lock for each request.

use std::sync::{Arc, Mutex};

use oauth2::AccessToken;

pub struct Peer(Arc<Mutex<AccessToken>>);

impl Peer {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(AccessToken::new("a".repeat(1024)))))
    }

    pub fn header(&self) -> String {
        self.0.lock().expect("a lock").secret().clone()
    }
}
