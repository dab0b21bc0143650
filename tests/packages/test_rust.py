"""The Rust crates as their users get them: the files that cargo would package, outside of the tree, against an
installed library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.cargo import CRATES, cargo, environment
from harness.emulator import Emulator

BUILD = Path(os.environ.get("BMAUTH_BUILD", CRATES.parents[1] / "build/release")).resolve()
HERE = Path(__file__).parent
WORKSPACE = "7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10"
TIMEOUT_S = 60
MANIFEST = """
[package]
name = "user"
version = "1.0.0"
edition = "2021"

[dependencies]
bmauth = { path = "../crates/bmauth" }
"""


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installed libbmauth."""
    prefix = tmp_path_factory.mktemp("prefix")
    subprocess.run(["cmake", "--install", str(BUILD), "--prefix", str(prefix)], check=True)
    return next(prefix.rglob("libbmauth.so")).parent


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program beside copies of the crates, with nothing else of the tree."""
    folder = tmp_path_factory.mktemp("outside")
    for crate in ["bmauth-sys", "bmauth"]:
        listed = subprocess.run(
            ["cargo", "package", "--list", "--allow-dirty", "--package", crate],
            cwd=CRATES,
            check=True,
            capture_output=True,
            text=True,
        )
        for name in listed.stdout.split():
            source = CRATES / crate / name
            if source.exists():  # some are made by packaging
                (folder / "crates" / crate / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, folder / "crates" / crate / name)
    user = folder / "user"
    (user / "src").mkdir(parents=True)
    (user / "Cargo.toml").write_text(MANIFEST)
    shutil.copy(HERE / "rust_user.rs", user / "src/main.rs")
    return user


@pytest.fixture(scope="session")
def program(project: Path, libraries: Path) -> Path:
    variables = environment(libraries / "pkgconfig", project / "target")
    built = cargo(variables, "build", "--offline", directory=project)
    assert built.returncode == 0, built.stdout
    return project / "target/debug/user"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1") as started:
        yield started


def test_logs_in_and_routes(
    program: Path, libraries: Path, emulator: Emulator, tmp_path: Path
) -> None:
    data_dir = tmp_path / ".basic-memory"
    data_dir.mkdir(mode=0o700)
    projects = {
        "notes": {"mode": "local", "path": "/home/me/notes"},
        "research": {"mode": "cloud", "workspace_id": WORKSPACE},
    }
    (data_dir / "config.json").write_text(json.dumps({"projects": projects}))
    own = {"HOME": str(tmp_path), "BASIC_MEMORY_CONFIG_DIR": str(data_dir)}
    user = subprocess.Popen(
        [str(program)],
        cwd=tmp_path,
        env=own | emulator.environment() | {"LD_LIBRARY_PATH": str(libraries)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert user.stdout is not None
    word, _, code = user.stdout.readline().partition(" ")
    assert word == "code"
    emulator.person(code.strip())
    said, _ = user.communicate(timeout=TIMEOUT_S)
    assert user.returncode == 0, said
    lines = said.splitlines()
    assert lines[:3] == [
        "person alice@example.test",
        "research cloud Authorization X-Workspace-ID",
        "notes local ",
    ]
    stored = json.loads((data_dir / "basic-memory-cloud.json").read_text())
    assert lines[3].startswith("token Token {")
    assert stored["access_token"] not in said
    refreshes = [e for e in emulator.log() if e.get("grant_type") == "refresh_token"]
    assert len(refreshes) == 1


def test_says_what_is_missing(project: Path, tmp_path: Path) -> None:
    nowhere = {"PKG_CONFIG_LIBDIR": str(tmp_path)}
    variables = environment(tmp_path, tmp_path / "target") | nowhere
    failed = cargo(variables, "build", "--offline", directory=project)
    assert failed.returncode != 0
    assert "bmauth-sys needs bmauth >= 0.1.0: install libbmauth" in failed.stdout


def test_refuses_an_older_library(project: Path, tmp_path: Path) -> None:
    old = "Name: bmauth\nDescription: old\nVersion: 0.0.9\nLibs: -lbmauth\n"
    (tmp_path / "bmauth.pc").write_text(old)
    failed = cargo(
        environment(tmp_path, tmp_path / "target"), "build", "--offline", directory=project
    )
    assert failed.returncode != 0
    assert "0.0.9" in failed.stdout and "bmauth >= 0.1.0" in failed.stdout
