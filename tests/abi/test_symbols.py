"""What libbmauth.so exports, and what it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import ROOT, run

# Linked, these cost every start of a process, or clash with the copy that the process has.
FORBIDDEN = ("curl", "ssl", "crypto", "stdc++", "gcc_s", "libm.")


def needed(path: Path) -> list[str]:
    return re.findall(r"\(NEEDED\).*\[(.+)\]", run(["readelf", "-dW", str(path)]))


def test_exports_exactly_the_functions_of_the_spec(library: Path) -> None:
    lines = run(["nm", "-D", "--defined-only", str(library)]).splitlines()
    exported = sorted(line.split()[-1] for line in lines)
    assert exported == (ROOT / "tests/abi/symbols.txt").read_text().split()


def test_exports_functions_alone(library: Path) -> None:
    lines = run(["nm", "-D", "--defined-only", str(library)]).splitlines()
    assert {line.split()[-2] for line in lines} == {"T"}


def test_soname_has_the_major_version(library: Path) -> None:
    assert "[libbmauth.so.0]" in run(["readelf", "-dW", str(library)])


@pytest.mark.parametrize("what", ["library", "command"])
def test_needs_little_more_than_the_c_library(what: str, request: pytest.FixtureRequest) -> None:
    names = needed(request.getfixturevalue(what))
    assert names, "a dynamic object names its needs"
    assert [name for name in names if any(word in name for word in FORBIDDEN)] == []
