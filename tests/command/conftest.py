"""One emulator for all tests of a run; a user of its own for each, whose secrets are looked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from command.world import World
from harness.emulator import Emulator


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1") as started:
        yield started


@pytest.fixture
def world(emulator: Emulator) -> Iterator[World]:
    emulator.reset()
    made = World(emulator)
    yield made
    leaked = made.leaks()
    made.close()
    assert leaked == []


@pytest.fixture(scope="session")
def https_emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1", "--https") as started:
        yield started


@pytest.fixture
def https_world(https_emulator: Emulator) -> Iterator[World]:
    https_emulator.reset()
    made = World(https_emulator)
    yield made
    leaked = made.leaks()
    made.close()
    assert leaked == []
