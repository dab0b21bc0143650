"""The judge itself: what it must catch, it catches."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.drivers import parse
from scenarios.world import Mismatch, match


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 1}),
        ({"a": {"b": "xyz"}}, {"a": {"b": {"matches": "y"}}}),
        ({"n": 5}, {"n": {"between": [5, 6]}}),
        ({"l": [1, 2]}, {"l": {"count": 2}}),
        ([{"a": 1, "b": 2}], [{"a": 1}]),
        ({"a": None}, {"a": None}),
    ],
)
def test_what_fits_passes(seen: Any, expected: Any) -> None:
    match(seen, expected, "seen")


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ({"a": 1}, {"a": 2}),
        ({"b": 1}, {"a": 1}),
        ("text", {"a": 1}),
        ({"b": "xyz"}, {"b": {"matches": "^y"}}),
        ({"b": None}, {"b": {"matches": "."}}),
        ({"n": 7}, {"n": {"between": [5, 6]}}),
        ({"n": "6"}, {"n": {"between": [5, 6]}}),
        ({"l": [1, 2]}, {"l": {"count": 1}}),
        ([1, 2], [1]),
        ({"a": 0}, {"a": None}),
        ({"a": "1"}, {"a": 1}),
    ],
)
def test_what_differs_is_caught(seen: Any, expected: Any) -> None:
    with pytest.raises(Mismatch):
        match(seen, expected, "seen")


def test_silence_of_the_command_is_its_death() -> None:
    assert parse("", 3) == {"died": 3}


def test_an_error_carries_the_exit_status_that_was_seen() -> None:
    assert parse('{"error": {"name": "network"}}', 5)["error"]["exit_status"] == 5
