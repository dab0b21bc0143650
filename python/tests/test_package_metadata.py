"""What pip and type checkers are told about the package."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

PYTHON = Path(__file__).resolve().parents[1]
ROOT = PYTHON.parent
PYPROJECT = (PYTHON / "pyproject.toml").read_text()


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> tarfile.TarFile:
    folder = tmp_path_factory.mktemp("sdist")
    code = "import sys, scikit_build_core.build as build; build.build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=PYTHON, check=True)
    (path,) = folder.iterdir()
    return tarfile.open(path)


def tracked(*patterns: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def test_what_builds_it_is_pinned_in_one_way() -> None:
    (asked,) = re.findall(r"^requires = \[(.*)\]$", PYPROJECT, re.MULTILINE)
    pinned = re.findall(r"^[\w-]+==[\d.]+", (PYTHON / "requirements.txt").read_text(), re.MULTILINE)
    assert set(re.findall(r'"([^"]+)"', asked)) == set(pinned)


def test_an_sdist_holds_all_that_a_wheel_is_built_from(sdist: tarfile.TarFile) -> None:
    names = {name.partition("/repository/")[2] for name in sdist.getnames()} - {""}
    wanted = tracked("core", "capi", "python/src", "python/bmauth")
    wanted |= {"CMakeLists.txt", "LICENSE", "python/CMakeLists.txt", "python/wheel.cmake"}
    assert names == wanted


def test_an_sdist_knows_its_version_without_the_repository(
    sdist: tarfile.TarFile, tmp_path: Path
) -> None:
    sdist.extractall(tmp_path)  # noqa: S202
    (folder,) = tmp_path.iterdir()
    code = "import scikit_build_core.build as b; print(b.prepare_metadata_for_build_wheel('..'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    version = yaml.safe_load((ROOT / "bindings/spec/api.yaml").read_text())["version"]
    metadata = (tmp_path / f"bmauth-{version}.dist-info/METADATA").read_text()
    assert f"\nVersion: {version}\n" in metadata
