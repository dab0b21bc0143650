"""The Rust crates as generated from the tiny spec, in form, compiled over a fake library and run; and how
their uses are read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from bmauth_gen import emit_rust
from bmauth_gen.build import build
from bmauth_gen.load import load
from bmauth_gen.model import Api
from bmauth_gen.paths import ROOT
from bmauth_gen.uses_rust import uses_in_rust

from .conftest import GOLDEN, HERE

SYS = "bindings/rust/bmauth-sys/src"
CRATE = "bindings/rust/bmauth/src"
# The tiny library has no version to compare.
VERSION = "pub(crate) fn check() -> crate::Result<()> {\n    Ok(())\n}\n"


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def in_form(folder: Path) -> None:
    files = sorted(str(path) for path in folder.rglob("*.rs") if path.name != "mod.rs")
    assert files
    run("rustfmt", "--check", "--edition", "2021", *files)


def crates(folder: Path) -> None:
    """The crates with the tiny spec's files in place of their generated ones."""
    for source in [SYS, CRATE]:
        shutil.copytree(ROOT / source, folder / source, ignore=shutil.ignore_patterns("generated"))
        shutil.copytree(GOLDEN / source, folder / source, dirs_exist_ok=True)
    # Of an object that the tiny spec has not.
    for path in [f"{SYS}/header.rs", f"{CRATE}/header.rs", f"{CRATE}/login.rs"]:
        by_hand = folder / path
        by_hand.unlink()
        root = by_hand.with_name("lib.rs")
        named = re.compile(rf"^(mod {by_hand.stem}|pub use .*HeaderBuffer);\n", re.MULTILINE)
        root.write_text(named.sub("", root.read_text()))
    (folder / CRATE / "version.rs").write_text(VERSION)


def test_every_pattern_works(tmp_path: Path) -> None:
    crates(tmp_path)
    fake = tmp_path / "fake.o"
    include = f"-I{GOLDEN / 'capi/include'}"
    run(os.environ.get("CC", "cc"), include, "-c", str(HERE / "fake_box.c"), "-o", str(fake))

    def rustc(source: Path, name: str, kind: str, *flags: str) -> Path:
        made = tmp_path / (name if kind == "bin" else f"lib{name}.rlib")
        words = ["--edition", "2021", "--crate-name", name, "--crate-type", kind]
        run("rustc", str(source), *words, "-L", str(tmp_path), "-o", str(made), *flags)
        return made

    rustc(tmp_path / SYS / "lib.rs", "bmauth_sys", "lib")
    rustc(tmp_path / CRATE / "lib.rs", "bmauth", "lib", "--extern", "bmauth_sys")
    both = ["--extern", "bmauth", "--extern", "bmauth_sys", "-C", f"link-arg={fake}"]
    run(str(rustc(HERE / "box_test.rs", "box_test", "bin", *both)))


def test_what_comes_out_is_as_rustfmt_leaves_it(tmp_path: Path) -> None:
    in_form(GOLDEN / "bindings/rust")
    for path, text in emit_rust.emit(build(load())).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    in_form(tmp_path)


def test_a_use_is_known_by_the_type_of_what_it_is_called_on(tiny: Api) -> None:
    text = """
        // made.weigh() in a comment
        let made = Box::new(None).unwrap();
        let lines = text.lines().count();
        for (name, value) in made.pairs() {}
        let error = made.set_label("a").unwrap_err();
        assert_eq!(error.code(), bmauth::version_number());
        let why = other.name();
        """
    assert uses_in_rust(tiny, text) == {
        "bmauth_box_new",
        "bmauth_box_free",
        "bmauth_box_pair_count",
        "bmauth_box_pair_name",
        "bmauth_box_pair_value",
        "bmauth_box_set_label",
        "bmauth_error_code",
        "bmauth_version_number",
    }
