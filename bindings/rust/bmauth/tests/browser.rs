//! The verification page in a person's browser: here a script that notes what it was given.

mod support;

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use support::{DataDir, World};

/// Set in the process whose environment has the script first on its PATH.
const FOLDER: &str = "BMAUTH_TEST_BROWSER_FOLDER";
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn the_page_is_opened_by_the_program_of_the_environment() {
    match env::var(FOLDER) {
        Ok(folder) => opens_the_page(Path::new(&folder)),
        Err(_) => run_again_with_a_browser(),
    }
}

fn run_again_with_a_browser() {
    let folder = DataDir::new();
    let script = Path::new(folder.text()).join("xdg-open");
    let words = format!(
        "#!/bin/sh\nprintf %s \"$1\" > {0}/new && mv {0}/new {0}/url\n",
        folder.text()
    );
    fs::write(&script, words).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.text(), env::var("PATH").unwrap());
    let again = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "the_page_is_opened_by_the_program_of_the_environment",
        ])
        .env("PATH", path)
        .env("DISPLAY", ":0")
        .env_remove("BROWSER")
        .env(FOLDER, folder.text())
        .output()
        .unwrap();
    assert!(
        again.status.success(),
        "{}",
        String::from_utf8_lossy(&again.stdout)
    );
}

fn opens_the_page(folder: &Path) {
    let world = World::new();
    let mut login = world.client().login_begin(false, None).unwrap();
    assert!(login.open_browser().unwrap());
    let began = Instant::now();
    let url = loop {
        match fs::read_to_string(folder.join("url")) {
            Ok(url) => break url,
            Err(_) => assert!(began.elapsed() < PATIENCE, "no browser was started"),
        }
        thread::yield_now();
    };
    assert_eq!(Some(url.as_str()), login.verification_uri_complete());
}
