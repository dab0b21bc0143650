"""What the generator's tests share: the tiny spec, loaded, spoilt or built."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bmauth_gen.build import build
from bmauth_gen.check import check
from bmauth_gen.load import SINGLE_FILES, Raw, load
from bmauth_gen.model import Api

HERE = Path(__file__).resolve().parent
TINY = HERE / "tiny"
GOLDEN = HERE / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def function(raw: Raw, name: str) -> dict[str, Any]:
    """The row of one function."""
    rows: list[dict[str, Any]] = [
        row for module in raw["modules"].values() for row in module["functions"]
    ]
    return next(row for row in rows if row["name"] == name)


@pytest.fixture(scope="session")
def tiny_raw() -> Raw:
    raw = load(TINY)
    check(raw)
    return raw


@pytest.fixture
def spoil(tiny_raw: Raw, tmp_path: Path) -> Callable[[Callable[[Raw], Any]], Api]:
    """The tiny spec with one change, written to files and read again."""

    def spoilt(change: Callable[[Raw], Any]) -> Api:
        raw = copy.deepcopy(tiny_raw)
        change(raw)
        files = {name: raw[name] for name in SINGLE_FILES}
        files.update(raw["modules"])
        for name, content in files.items():
            (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
        read = load(tmp_path)
        check(read)
        return build(read)

    return spoilt


@pytest.fixture(scope="session")
def tiny(tiny_raw: Raw) -> Api:
    return build(tiny_raw)
