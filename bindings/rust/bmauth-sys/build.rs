//! Finds libbmauth by pkg-config, at least in this crate's version.

use std::env;
use std::process::{exit, Command};

const VARIABLES: [&str; 4] = [
    "PKG_CONFIG",
    "PKG_CONFIG_PATH",
    "PKG_CONFIG_LIBDIR",
    "PKG_CONFIG_SYSROOT_DIR",
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    for variable in VARIABLES {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    if env::var_os("DOCS_RS").is_some() {
        return; // documentation is made without the library
    }
    let wanted = format!("bmauth >= {}", env!("CARGO_PKG_VERSION"));
    match libs(&wanted) {
        Ok(flags) => words(&flags).iter().for_each(|flag| tell(flag)),
        Err(reason) => {
            eprintln!("{reason}");
            eprintln!("bmauth-sys needs {wanted}: install libbmauth, or name the folder of its bmauth.pc in PKG_CONFIG_PATH");
            exit(1);
        }
    }
}

/// What `pkg-config --libs` prints.
fn libs(wanted: &str) -> Result<String, String> {
    let program = env::var("PKG_CONFIG").unwrap_or_else(|_| "pkg-config".to_owned());
    let answer = Command::new(&program)
        .args(["--libs", wanted])
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if answer.status.success() {
        return Ok(String::from_utf8_lossy(&answer.stdout).into_owned());
    }
    Err(String::from_utf8_lossy(&answer.stderr).into_owned())
}

/// Splits at white space that no backslash escapes, as pkg-config writes paths with spaces.
fn words(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let is_space = character.is_whitespace();
        let kept = if character == '\\' {
            characters.next()
        } else {
            Some(character)
        };
        match (is_space, kept, found.last_mut()) {
            (true, ..) => found.push(String::new()),
            (false, Some(kept), Some(word)) => word.push(kept),
            _ => {}
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// Says one linker flag to cargo. Other flags (a run path) reach programs of other crates only through
/// their build scripts, as `DEP_BMAUTH_LINK_ARG`.
fn tell(flag: &str) {
    if let Some(folder) = flag.strip_prefix("-L") {
        println!("cargo:rustc-link-search=native={folder}");
    } else if let Some(library) = flag.strip_prefix("-l") {
        println!("cargo:rustc-link-lib={library}");
    } else {
        println!("cargo:rustc-link-arg={flag}");
        println!("cargo:link_arg={flag}");
    }
}
