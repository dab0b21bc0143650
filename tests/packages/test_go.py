"""The Go package as its users get it: its sources alone, against an installed library, outside of the tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from harness import go
from harness.emulator import ROOT, Emulator
from scenarios.world import World

BUILD = Path(os.environ.get("BMAUTH_BUILD", ROOT / "build/release")).resolve()
HERE = Path(__file__).parent
MODULE = """module user

go 1.19

require basicmemory.com/bmauth v0.1.0

replace basicmemory.com/bmauth => ./bmauth
"""


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chosen = tmp_path_factory.mktemp("prefix")
    install = ["cmake", "--install", str(BUILD), "--prefix", str(chosen)]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    return chosen


@pytest.fixture(scope="module")
def libraries(prefix: Path) -> Path:
    return next(prefix.rglob("libbmauth.so")).parent


@pytest.fixture(scope="module")
def program(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources as a module download has them: no tests, and nothing above the module's folder."""
    folder = tmp_path_factory.mktemp("user")
    package = ROOT / "bindings/go"
    shutil.copytree(package, folder / "bmauth", ignore=shutil.ignore_patterns("*_test.go"))
    shutil.copy(HERE / "go_user.go", folder / "main.go")
    (folder / "go.mod").write_text(MODULE)
    return Path(go.program(folder, libraries, folder / "program"))


def test_a_program_logs_in_routes_and_sends(program: Path, libraries: Path) -> None:
    with Emulator("--interval", "1") as emulator:
        world = World(emulator)
        world.write_config()
        user = subprocess.Popen(
            [str(program)],
            env=world.environment({"LD_LIBRARY_PATH": str(libraries)}),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert user.stdout is not None
        emulator.person(json.loads(user.stdout.readline())["user_code"])
        said = json.loads(user.stdout.readline())
        assert user.wait(timeout=30) == 0
        world.close()
        arrived = [entry for entry in emulator.log() if entry["path"] == "/proxy/notes"]
    assert said == {
        "version": "0.1.0",
        "email": "alice@example.test",
        "mode": "cloud",
        "status": 200,
    }
    assert [entry["credential"] for entry in arrived] == ["oauth"]


def test_the_program_loads_the_installed_library(program: Path, libraries: Path) -> None:
    loaded = subprocess.run(
        ["ldd", str(program)],
        env={"LD_LIBRARY_PATH": str(libraries), "PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = [line.split("=>")[1].split()[0] for line in loaded.splitlines() if "libbmauth" in line]
    assert [Path(name).resolve().parent for name in found] == [libraries.resolve()]
    # Linking it costs every process that never uses the network (architecture, Linking and loading).
    assert "libcurl" not in loaded and "libssl" not in loaded
