"""The package of the build tree, one emulator for a run, and a user of its own for each test."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("BMAUTH_BUILD", ROOT / "build" / "release"))
PACKAGES = [str(BUILD / "python"), str(ROOT / "tests"), str(Path(__file__).parent)]
sys.path[:0] = PACKAGES

from child import Child  # noqa: E402

from command.world import World  # noqa: E402
from harness.emulator import Emulator  # noqa: E402


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1") as started:
        yield started


@pytest.fixture
def world(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    emulator.reset()
    made = World(emulator)
    for name in [name for name in os.environ if name.startswith("BASIC_MEMORY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(made.home))
    yield made
    leaked = made.leaks()
    made.close()
    assert leaked == []


@pytest.fixture
def child(world: World) -> Iterator[Child]:
    """A Python of its own, in the home of the test's user."""
    made = Child(world, PACKAGES)
    yield made
    made.kill()
