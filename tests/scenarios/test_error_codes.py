"""Every language meets every error code in a scenario, or error_codes.json says why it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
LANGUAGES = ("c", "cpp", "command", "python", "node", "go", "rust")
SCENARIOS: list[dict[str, Any]] = json.loads((HERE / "scenarios.json").read_text())
ELSEWHERE: dict[str, dict[str, str]] = json.loads((HERE / "error_codes.json").read_text())
CODES: list[str] = [
    row["name"]
    for row in yaml.safe_load((HERE.parents[1] / "bindings/spec/errors.yaml").read_text())["codes"]
]


def met(language: str) -> Iterator[str]:
    """The codes with which calls fail in the scenarios that this language runs."""
    for scenario in SCENARIOS:
        if language in scenario.get("not", {}):
            continue
        for step in scenario["steps"]:
            error = step.get("error")
            if error is not None:
                yield error if isinstance(error, str) else error["name"]


def excused(language: str) -> dict[str, str]:
    return ELSEWHERE["all"] | ELSEWHERE.get(language, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_is_met_or_excused(language: str) -> None:
    missing = set(CODES) - set(met(language)) - set(excused(language))
    assert not missing, f"no scenario of {language} ends with {', '.join(sorted(missing))}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_excused_that_is_met(language: str) -> None:
    needless = set(excused(language)) & set(met(language))
    assert not needless, f"{language} meets {', '.join(sorted(needless))}"


def test_only_codes_and_languages_are_named() -> None:
    assert set(ELSEWHERE) <= {"all", *LANGUAGES}
    for rows in ELSEWHERE.values():
        assert set(rows) <= set(CODES)
        assert all(len(reason) > 5 for reason in rows.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_expect_no_code_that_is_none(language: str) -> None:
    assert set(met(language)) <= set(CODES)
