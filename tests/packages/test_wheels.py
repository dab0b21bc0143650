"""The Python package as its users get it: a wheel for each interpreter of this machine, installed in an empty
environment."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from command.world import World
from harness.emulator import Emulator
from packages import wheels

BUILD = Path(os.environ.get("BMAUTH_BUILD", wheels.ROOT / "build/release")).resolve()
HERE = Path(__file__).parent
WORKSPACE = "7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10"
TIMEOUT_S = 60
FIT = [one for one in wheels.interpreters() if not one.unfit]
NEWEST = FIT[-1]
Wheels = dict[wheels.Interpreter, Path]

# The rest of the machine stays; what a mount hides, it hides from this process alone.
HAS_NAMESPACES = subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0
needs_namespaces = pytest.mark.skipif(
    not HAS_NAMESPACES, reason="only root can hide the machine's CA store"
)


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config) -> Wheels:
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        print("\nwheels:")
        return wheels.build_all(BUILD)


def empty_environment(interpreter: wheels.Interpreter, wheel: Path, folder: Path) -> Path:
    """A virtual environment with the wheel and nothing else, not even pip; its bin folder."""
    make = [str(interpreter.path), "-I", "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(make, check=True, cwd="/")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python")]
    # Without an index: it needs no other package.
    subprocess.run([*pip, "install", "--quiet", "--no-index", str(wheel)], check=True, cwd="/")
    return folder / "bin"


@pytest.fixture(scope="session")
def installed(built: Wheels, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_environment(NEWEST, built[NEWEST], tmp_path_factory.mktemp("installed") / "venv")


@pytest.fixture(scope="session")
def package(installed: Path) -> Path:
    (found,) = installed.parent.glob("lib/python*/site-packages/bmauth")
    return found


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1") as started:
        yield started


@pytest.fixture(scope="module")
def https_emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1", "--https") as started:
        yield started


@pytest.fixture
def home(emulator: Emulator, tmp_path: Path) -> dict[str, str]:
    """The environment of a new user, with nothing of this machine in it: no compiler, no source tree."""
    emulator.reset()
    data_dir = tmp_path / ".basic-memory"
    data_dir.mkdir(mode=0o700)
    projects = {
        "notes": {"mode": "local", "path": "/home/me/notes"},
        "research": {"mode": "cloud", "workspace_id": WORKSPACE},
    }
    (data_dir / "config.json").write_text(json.dumps({"projects": projects}))
    own = {"HOME": str(tmp_path), "BASIC_MEMORY_CONFIG_DIR": str(data_dir), "PATH": str(tmp_path)}
    return own | emulator.environment()


def run(
    words: list[str], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )


def readelf(option: str, path: Path) -> str:
    return subprocess.run(
        ["readelf", option, "--wide", str(path)], check=True, capture_output=True, text=True
    ).stdout


def specified_version() -> str:
    return str(yaml.safe_load((wheels.ROOT / "bindings/spec/api.yaml").read_text())["version"])


def test_it_holds_what_runs_and_nothing_else(built: Wheels) -> None:
    with zipfile.ZipFile(built[NEWEST]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        text = wheel.read(f"bmauth-{specified_version()}.dist-info/METADATA").decode()
    sources = {f"bmauth/{path.name}" for path in (wheels.ROOT / "python/bmauth").glob("*.py*")}
    (module,) = [name for name in names if re.fullmatch(r"bmauth/_native\.cpython-\S+\.so", name)]
    carried = {module, "bmauth/libbmauth_net.so", "bmauth/bmauth", "bmauth/py.typed"}
    assert names == {name for name in sources if not name.endswith(".pyc")} | carried
    assert f"Version: {specified_version()}\n" in text
    assert re.findall(r"^Requires-Dist: (?!.*extra ==).*$", text, re.MULTILINE) == []


def test_its_objects_are_stripped_and_know_no_place_of_the_build(package: Path) -> None:
    for path in [*package.glob("*.so"), package / "bmauth"]:
        content = path.read_bytes()
        assert str(wheels.ROOT).encode() not in content, path.name
        assert str(BUILD).encode() not in content, path.name
        sections = readelf("--sections", path)
        assert ".debug_info" not in sections and ".symtab" not in sections, path.name
        assert not re.search(r"\((RPATH|RUNPATH)\)", readelf("--dynamic", path)), path.name


def test_importing_it_loads_neither_curl_nor_openssl(package: Path) -> None:
    for path in [*package.glob("_native*.so"), package / "bmauth"]:
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", readelf("--dynamic", path))
        assert needed
        assert [name for name in needed if re.match(r"lib(curl|ssl|crypto|stdc|gcc)", name)] == []


def test_two_builds_give_the_same_bytes(built: Wheels, tmp_path: Path) -> None:
    again, _ = wheels.build_wheel(
        NEWEST, tmp_path / "wheels", wheels.tools(BUILD / "wheels/tools"), tmp_path / "tree"
    )
    assert again.name == built[NEWEST].name
    assert again.read_bytes() == built[NEWEST].read_bytes()


def log_in_and_call(
    python: Path, folder: Path, environment: dict[str, str], emulator: Emulator
) -> dict[str, Any]:
    """What wheel_user.py said, by its words; a person approves when it shows the code."""
    (folder / "user.py").write_bytes((HERE / "wheel_user.py").read_bytes())
    process = subprocess.Popen(
        [str(python), "user.py"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    said = {}
    for line in process.stdout:
        facts = json.loads(line)
        said[facts["what"]] = facts
        if facts["what"] == "prompt":
            emulator.person(facts["user_code"])
    assert (process.stderr.read(), process.wait(timeout=TIMEOUT_S)) == ("", 0)
    return said


@pytest.mark.parametrize("interpreter", FIT, ids=str)
def test_it_works_on(
    interpreter: wheels.Interpreter,
    built: Wheels,
    home: dict[str, str],
    emulator: Emulator,
    tmp_path: Path,
) -> None:
    programs = empty_environment(interpreter, built[interpreter], tmp_path / "venv")

    said = log_in_and_call(programs / "python", tmp_path, home, emulator)
    version = ".".join(map(str, interpreter.version))
    assert said["loaded"]["python"] == version
    assert said["loaded"]["version"] == specified_version()
    assert Path(said["loaded"]["origin"]).is_relative_to(tmp_path)
    assert said["login"]["email"] == "alice@example.test"
    assert said["refresh"]["before"] != said["refresh"]["after"]
    assert (said["route"]["mode"], said["route"]["local"]) == ("cloud", "local")
    assert said["call"]["status"] == 200
    assert said["call"]["echo"]["subject"] == "alice"
    assert said["call"]["echo"]["workspace"] == WORKSPACE

    log = emulator.log()
    assert [entry["effect"] for entry in log if entry.get("effect") == "rotated"] == ["rotated"]
    (called,) = [entry for entry in log if entry["path"] == "/proxy/entities"]
    assert called["credential_sha256"] == said["refresh"]["after"]
    agents = {entry["user_agent"] for entry in log if entry["path"].startswith("/oauth2/")}
    assert all(f"python/{version}" in agent for agent in agents), agents

    for command in ([str(programs / "python"), "-m", "bmauth"], [str(programs / "bmauth")]):
        done = run([*command, "--version"], home, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert specified_version() in done.stdout
        # The session is the one that the module made.
        printed = run([*command, "token"], home, tmp_path).stdout.strip()
        assert hashlib.sha256(printed.encode()).hexdigest() == said["refresh"]["after"]


def test_the_command_is_native_in_status_streams_and_signals(
    installed: Path, package: Path, home: dict[str, str], tmp_path: Path, emulator: Emulator
) -> None:
    by_module = [str(installed / "python"), "-m", "bmauth"]
    for words in ([], ["nonsense"], ["token"], ["status", "--json"]):
        ours = run([*by_module, *words], home, tmp_path)
        native = run([str(package / "bmauth"), *words], home, tmp_path)
        assert (ours.returncode, ours.stdout, ours.stderr) == (
            native.returncode,
            native.stdout,
            native.stderr,
        )

    ignored = []
    for command in (by_module, [str(package / "bmauth")]):
        process = subprocess.Popen(
            [*command, "login", "--no-browser"],
            env=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        assert any("  Code  " in line for line in process.stderr)
        status = Path(f"/proc/{process.pid}/status").read_text()
        ignored += re.findall(r"^SigIgn:\s*(\w+)$", status, re.MULTILINE)
        process.send_signal(signal.SIGINT)
        process.stderr.read()
        assert process.wait(timeout=TIMEOUT_S) == 130
    assert ignored[0] == ignored[1]


# What a user of the wheel sees of TLS: the error's class and remedy, or who is signed in.
WHO = """
import bmauth
with bmauth.Client() as client:
    try:
        print(client.whoami()["identity"]["email"])
    except bmauth.TlsError as error:
        print("TlsError", error.message, error.remedy)
"""


def who(world: World, installed: Path, before: str = "", **variables: str) -> str:
    """`before` is done in a mount namespace of its own; without it there is none."""
    words = [str(installed / "python"), "-c", WHO]
    if before:
        words = ["unshare", "--mount", "sh", "-ec", f'{before}; exec "$0" "$@"', *words]
    world.sign_in()
    done = run(words, world.environment({"SSL_CERT_FILE": "", **variables}), world.home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def https_world(https_emulator: Emulator) -> Iterator[World]:
    https_emulator.reset()
    made = World(https_emulator)
    yield made
    made.close()


def test_the_wheel_trusts_what_the_user_names(https_world: World, installed: Path) -> None:
    ca_file = https_world.emulator.ca_file
    assert ca_file is not None
    assert who(https_world, installed, SSL_CERT_FILE=ca_file) == "alice@example.test\n"


@needs_namespaces
def test_the_wheel_trusts_the_store_of_the_machine_that_it_runs_on(
    https_world: World, installed: Path
) -> None:
    assert who(https_world, installed).startswith("TlsError ")
    ca_file = https_world.emulator.ca_file
    put = f"mount --bind {ca_file} /etc/ssl/certs/ca-certificates.crt"
    assert who(https_world, installed, before=put) == "alice@example.test\n"


@needs_namespaces
def test_without_any_store_the_wheel_says_what_to_set(https_world: World, installed: Path) -> None:
    said = who(https_world, installed, before="mount -t tmpfs none /etc/ssl")
    assert said.startswith("TlsError ")
    assert "no CA store was found" in said and "set SSL_CERT_FILE" in said
    assert https_world.requests("/proxy/health") == []
