//! The loaded library and this crate may come from different packages.

use bmauth_sys::ffi::{VERSION, VERSION_NUMBER};

use crate::{version, version_number, Error, ErrorCode, Result};

/// A library that is older than this crate cannot be trusted to know its calls.
pub(crate) fn check() -> Result<()> {
    compare(version_number(), version())
}

fn compare(number: i32, version: &str) -> Result<()> {
    if number >= VERSION_NUMBER {
        return Ok(());
    }
    let message = format!(
        "libbmauth is {version}, this program was made for {VERSION}: upgrade the package libbmauth"
    );
    Err(Error::known(ErrorCode::Internal, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_library_is_refused_and_both_versions_named() {
        let error = compare(VERSION_NUMBER - 1, "0.0.9").err();
        let said = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(said.contains("0.0.9") && said.contains(VERSION), "{said}");
        assert!(said.contains("upgrade the package libbmauth"), "{said}");
    }

    #[test]
    fn the_same_library_and_a_newer_one_are_taken() {
        assert!(compare(VERSION_NUMBER, VERSION).is_ok());
        assert!(compare(VERSION_NUMBER + 1, "0.1.1").is_ok());
        assert!(check().is_ok());
    }

    #[test]
    fn both_crates_have_the_version_of_the_spec() {
        assert_eq!(env!("CARGO_PKG_VERSION"), VERSION);
    }
}
