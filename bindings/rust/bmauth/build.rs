//! Hands the linker flags of libbmauth (a run path, where it has one) to this crate's tests.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if let Ok(flag) = std::env::var("DEP_BMAUTH_LINK_ARG") {
        println!("cargo:rustc-link-arg={flag}");
    }
}
