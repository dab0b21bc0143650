"""bmauth.hpp as generated from the tiny spec, compiled over a fake library and run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from .conftest import GOLDEN, HERE

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
INCLUDE = f"-I{GOLDEN / 'capi/include'}"


def run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("standard", ["c++17", "c++20"])
def test_every_pattern_works(standard: str, tmp_path: Path) -> None:
    fake, program = tmp_path / "fake.o", tmp_path / "box_test"
    cc, cxx = os.environ.get("CC", "cc"), os.environ.get("CXX", "c++")
    sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    common = [*WARNINGS, INCLUDE, *sanitizers]
    source = str(HERE / "fake_box.c")
    test = str(HERE / "box_test.cpp")
    run([cc, "-std=c99", *common, "-c", source, "-o", str(fake)])
    run([cxx, f"-std={standard}", *common, test, str(fake), "-o", str(program)])
    run([str(program)])
