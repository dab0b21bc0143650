//! The outside of one test: an emulator of its own as a child process, and a data directory of its
//! own. Nothing of the machine's own settings counts, because every setting that leads to a server or
//! a file is given in code.
#![allow(dead_code)] // each test file uses a part

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

use bmauth::{Client, Login, Options, Purpose, Token};

pub struct World {
    emulator: Child,
    _ends_it: ChildStdin,
    pub issuer: String,
    control: String,
    pub data_dir: DataDir,
}

/// Made empty, removed at the end.
pub struct DataDir(PathBuf);

impl DataDir {
    pub fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("bmauth-rust-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn text(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

impl World {
    pub fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let own = root.join("build/bin-tools/node");
        let node = if own.exists() {
            own
        } else {
            PathBuf::from("node")
        };
        let mut emulator = Command::new(node)
            .arg(root.join("tests/emulator/src/main.mjs"))
            .args(["--end-with-stdin", "--interval", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        let output = emulator.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut ready).unwrap();
        Self {
            _ends_it: emulator.stdin.take().unwrap(),
            emulator,
            issuer: member(&ready, "issuer"),
            control: member(&ready, "control"),
            data_dir: DataDir::new(),
        }
    }

    pub fn options(&self) -> Options {
        let mut options = Options::new().unwrap();
        options.set_data_dir(self.data_dir.text()).unwrap();
        options.set_issuer(&self.issuer).unwrap();
        options.set_cloud_host(&self.issuer).unwrap();
        options
    }

    pub fn client(&self) -> Client {
        Client::new(Some(&self.options())).unwrap()
    }

    /// A client whose session was just made by alice.
    pub fn logged_in(&self) -> Client {
        let client = self.client();
        client
            .login(false, None, |login| self.person(login, "approve"))
            .unwrap();
        client
    }

    /// What a person does in a browser.
    pub fn person(&self, login: &Login, action: &str) {
        let user_code = login.user_code().unwrap();
        let body = format!(r#"{{"user_code": "{user_code}", "action": "{action}"}}"#);
        self.control("POST", "person", &body);
    }

    pub fn set(&self, settings: &str) {
        self.control("POST", "settings", settings);
    }

    /// The server answers the next refresh late; somebody asks for one, and it has arrived.
    pub fn stall_refresh<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        client: &'scope Client,
    ) -> ScopedJoinHandle<'scope, Token> {
        let late =
            r#"[{"path": "/oauth2/token", "grant_type": "refresh_token", "delay_ms": 2000}]"#;
        self.control("POST", "answers", late);
        let hour = Duration::from_secs(3600); // more than it has
        let refresh = scope.spawn(move || client.token(Purpose::Account, hour, None).unwrap());
        while self.refreshes() == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        refresh
    }

    /// Requests for a refresh that arrived.
    pub fn refreshes(&self) -> usize {
        let log = self.control("GET", "log", "");
        log.matches(r#""grant_type":"refresh_token""#).count()
    }

    fn control(&self, method: &str, call: &str, body: &str) -> String {
        let (host, path) = self
            .control
            .strip_prefix("http://")
            .and_then(|rest| rest.split_once('/'))
            .unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} /{path}/{call} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{call}: {answer}");
        answer
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.emulator.kill().ok();
        self.emulator.wait().ok();
    }
}

/// A member of the emulator's ready line, whose texts hold no escapes.
fn member(json: &str, name: &str) -> String {
    let (_, rest) = json.split_once(&format!("\"{name}\":\"")).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}
