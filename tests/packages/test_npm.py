"""The Node package as its users get it: a tarball, installed in an empty folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.emulator import Emulator
from packages import npm

BUILD = Path(os.environ.get("BMAUTH_BUILD", npm.ROOT / "build/release")).resolve()
HERE = Path(__file__).parent
WORKSPACE = "7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10"
Packed = tuple[Path, dict[str, Any]]


@pytest.fixture(scope="session")
def packed() -> Packed:
    return npm.pack(BUILD)


@pytest.fixture(scope="session")
def installed(packed: Packed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    npm.install(packed[0], folder)
    for name in ["npm_user.cjs", "npm_user.mjs"]:
        shutil.copy(HERE / name, folder)
    return folder


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator("--interval", "1") as started:
        yield started


@pytest.fixture
def home(emulator: Emulator, tmp_path: Path) -> dict[str, str]:
    """The environment of a new user, with nothing of this machine in it."""
    emulator.reset()
    data_dir = tmp_path / ".basic-memory"
    data_dir.mkdir(mode=0o700)
    projects = {
        "notes": {"mode": "local", "path": "/home/me/notes"},
        "research": {"mode": "cloud", "workspace_id": WORKSPACE},
    }
    (data_dir / "config.json").write_text(json.dumps({"projects": projects}))
    return {
        "HOME": str(tmp_path),
        "BASIC_MEMORY_CONFIG_DIR": str(data_dir),
    } | emulator.environment()


def objects(folder: Path) -> list[Path]:
    return sorted((folder / "node_modules/bmauth/native").iterdir())


def readelf(option: str, path: Path) -> str:
    return subprocess.run(
        ["readelf", option, "--wide", str(path)], check=True, capture_output=True, text=True
    ).stdout


def test_it_holds_what_runs_and_nothing_else(packed: Packed) -> None:
    names = {file["path"] for file in packed[1]["files"]}
    assert {name for name in names if not name.startswith("lib/")} == {
        "LICENSE",
        "README.md",
        "index.js",
        "native/bmauth.node",
        "native/libbmauth_net.so",
        "package.json",
    }
    assert {name for name in names if not re.fullmatch(r"lib/\w+(\.js|\.d\.ts)", name)} == {
        name for name in names if not name.startswith("lib/")
    }
    assert {"lib/index.d.ts", "lib/fetch.js", "lib/fetch.d.ts"} <= names


def test_packing_leaves_nothing_behind(packed: Packed) -> None:
    assert packed[0].exists()
    assert not (npm.ROOT / "node/native").exists()
    assert not (npm.ROOT / "node/LICENSE").exists()


def test_its_version_is_the_specification_s(packed: Packed, installed: Path) -> None:
    specified = yaml.safe_load((npm.ROOT / "bindings/spec/api.yaml").read_text())["version"]
    assert packed[1]["version"] == specified
    for name in ["package-lock.json", "package.json"]:
        assert json.loads((npm.ROOT / "node" / name).read_text())["version"] == specified
    asked = ["node", "-p", "require('bmauth').version()"]
    said = subprocess.run(asked, cwd=installed, check=True, capture_output=True, text=True)
    assert said.stdout.strip() == specified


def test_installing_runs_and_brings_nothing(installed: Path) -> None:
    described = json.loads((installed / "node_modules/bmauth/package.json").read_text())
    assert "dependencies" not in described
    assert not {"preinstall", "install", "postinstall", "prepare"} & set(described["scripts"])
    assert [path.name for path in (installed / "node_modules").glob("[!.]*")] == ["bmauth"]


def test_its_objects_are_stripped_and_know_no_place_of_the_build(installed: Path) -> None:
    for path in objects(installed):
        content = path.read_bytes()
        assert str(npm.ROOT).encode() not in content, path.name
        assert str(BUILD).encode() not in content, path.name
        sections = readelf("--sections", path)
        assert ".debug_info" not in sections and ".symtab" not in sections, path.name
        assert not re.search(r"\((RPATH|RUNPATH)\)", readelf("--dynamic", path)), path.name


def test_loading_it_loads_neither_curl_nor_openssl(installed: Path) -> None:
    addon = installed / "node_modules/bmauth/native/bmauth.node"
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", readelf("--dynamic", addon))
    assert needed
    assert [name for name in needed if re.match(r"lib(curl|ssl|crypto|stdc|gcc)", name)] == []


def test_the_readme_names_the_glibc_that_it_needs(installed: Path) -> None:
    needed = {
        tuple(map(int, version.split(".")))
        for path in objects(installed)
        for version in re.findall(r"GLIBC_(\d+\.\d+)", readelf("--version-info", path))
    }
    said = re.search(r"glibc (\d+)\.(\d+)", (npm.ROOT / "node/README.md").read_text())
    assert said
    assert max(needed) <= tuple(map(int, said.groups()))


def test_a_bundler_finds_every_file(installed: Path) -> None:
    library = installed / "node_modules/bmauth/lib"
    for path in sorted(library.glob("*.js")):
        code = re.sub(r"^\s*(//|\*|/\*).*$", "", path.read_text(), flags=re.MULTILINE)
        for argument in re.findall(r"\brequire\s*\(\s*([^)]*)\)", code):
            literal = re.fullmatch(r"'([^']+)'", argument.strip())
            assert literal, f"{path.name}: require({argument})"
            name = literal.group(1)
            if name.startswith("."):
                target = library / name
                assert any(
                    target.with_name(target.name + ending).exists() for ending in ["", ".js"]
                ), f"{path.name}: {name}"
            else:
                assert name.startswith("node:"), f"{path.name}: {name}"


def run_module(node: npm.Node, folder: Path, script: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [str(node.path), script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def log_in_and_call(
    node: npm.Node, folder: Path, environment: dict[str, str], emulator: Emulator
) -> dict[str, Any]:
    """What npm_user.cjs said, by its words; a person approves when it shows the code."""
    process = subprocess.Popen(
        [str(node.path), "npm_user.cjs"],
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
            emulator.person(facts["userCode"])
    assert (process.stderr.read(), process.wait(timeout=60)) == ("", 0)
    return said


@pytest.mark.parametrize("version", npm.promised_versions())
def test_it_works_on_node(
    version: str, installed: Path, home: dict[str, str], emulator: Emulator
) -> None:
    node = npm.node_of(version)
    print(f"Node {node.title}: {node.path}")

    said = log_in_and_call(node, installed, home, emulator)
    assert said["loaded"]["node"] == f"v{node.title}"
    assert Path(said["loaded"]["from"]).is_relative_to(installed)
    assert said["login"]["email"] == "alice@example.test"
    assert said["refresh"]["before"] != said["refresh"]["after"]
    assert (said["route"]["mode"], said["route"]["local"]) == ("cloud", "local")
    assert said["fetch"]["status"] == 200
    assert said["fetch"]["echo"]["subject"] == "alice"
    assert said["fetch"]["echo"]["workspace"] == WORKSPACE

    log = emulator.log()
    assert [entry["effect"] for entry in log if entry.get("effect") == "rotated"] == ["rotated"]
    (called,) = [entry for entry in log if entry["path"] == "/proxy/entities"]
    assert called["credential_sha256"] == said["refresh"]["after"]
    agents = {entry["user_agent"] for entry in log if entry["path"].startswith("/oauth2/")}
    assert all(f"node/{node.title}" in agent for agent in agents), agents

    afterwards = json.loads(run_module(node, installed, "npm_user.mjs", home))
    assert afterwards == {"subject": "alice", "code": "no_credentials", "hidden": []}
