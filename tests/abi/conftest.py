"""What the gates share: the tree, the spec's model, compilers, and the objects that were built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings"))

from bmauth_gen.build import build  # noqa: E402
from bmauth_gen.check import check  # noqa: E402
from bmauth_gen.load import load  # noqa: E402
from bmauth_gen.model import Api  # noqa: E402

BUILD = Path(os.environ.get("BMAUTH_BUILD", ROOT / "build" / "release"))


def run(command: list[str]) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def built(variable: str, *patterns: str) -> Path:
    """A built object: named by the environment, else found in the build tree."""
    named = os.environ.get(variable)
    found = [Path(named)] if named else [path for p in patterns for path in BUILD.glob(p)]
    assert found and found[0].exists(), f"not built: set {variable} or BMAUTH_BUILD"
    return found[0]


@pytest.fixture(scope="session")
def api() -> Api:
    raw = load()
    check(raw)
    return build(raw)


@pytest.fixture(scope="session")
def library() -> Path:
    return built("BMAUTH_LIBRARY", "lib*/libbmauth.so", "lib*/*/libbmauth.so")


@pytest.fixture(scope="session")
def command() -> Path:
    return built("BMAUTH_COMMAND", "bin/bmauth")
