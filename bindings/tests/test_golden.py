"""What the generator makes of the tiny spec, byte by byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bmauth_gen.model import Api
from bmauth_gen.outputs import differences, outputs, write
from bmauth_gen.render import BANNER, COLUMNS

from .conftest import GOLDEN


def test_golden_files_are_what_the_generator_writes(
    tiny: Api, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        write(tiny, GOLDEN)
    written = outputs(tiny, tmp_path)
    present = {
        str(path.relative_to(GOLDEN)): path.read_text()
        for path in GOLDEN.rglob("*")
        if path.is_file() and path.name != ".clang-format"
    }
    assert written == present


def test_source_files_carry_the_banner_and_fit_the_page(tiny: Api, tmp_path: Path) -> None:
    for path, text in outputs(tiny, tmp_path).items():
        if path.endswith((".h", ".hpp", ".c", ".cpp", ".map")):
            assert BANNER in text.splitlines()[0], path
            assert max(map(len, text.splitlines())) <= COLUMNS, path
        assert text.endswith("\n") and not text.endswith("\n\n"), path


def test_writing_twice_writes_nothing_the_second_time(tiny: Api, tmp_path: Path) -> None:
    assert write(tiny, tmp_path)
    assert write(tiny, tmp_path) == []
    assert differences(tiny, tmp_path) == []


def test_an_edited_output_is_stale_and_the_diff_shows_the_line(tiny: Api, tmp_path: Path) -> None:
    write(tiny, tmp_path)
    header = tmp_path / "capi/include/bmauth.h"
    header.write_text(header.read_text().replace("BMAUTH_E_BOX_FULL = 2", "BMAUTH_E_BOX_FULL = 7"))
    found = differences(tiny, tmp_path)
    assert "-  BMAUTH_E_BOX_FULL = 7," in found
    assert "+  BMAUTH_E_BOX_FULL = 2," in found


def test_other_line_ends_are_stale(tiny: Api, tmp_path: Path) -> None:
    write(tiny, tmp_path)
    script = tmp_path / "capi/generated/bmauth.map"
    script.write_bytes(script.read_bytes().replace(b"\n", b"\r\n"))
    assert "capi/generated/bmauth.map is stale" in differences(tiny, tmp_path)


def test_a_missing_output_is_stale(tiny: Api, tmp_path: Path) -> None:
    write(tiny, tmp_path)
    (tmp_path / "core/error_table.h").unlink()
    assert "core/error_table.h is stale" in differences(tiny, tmp_path)
