"""A locked ABI may be appended to, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bmauth_gen.lock import Lock, breaks, check_locks, lock_of, path_of, write_lock
from bmauth_gen.model import Api

Change = Callable[[Lock], Any]


@pytest.fixture
def locked(tiny: Api) -> Lock:
    # Through JSON, as a lock file is.
    lock: Lock = json.loads(json.dumps(lock_of(tiny)))
    return lock


def row(lock: Lock, part: str, name: str) -> dict[str, Any]:
    return next(row for row in lock[part] if row["name"] == name)


def function(name: str, /, **values: Any) -> Change:
    return lambda lock: row(lock, "functions", name).update(values)


BROKEN: dict[str, tuple[Change, str]] = {
    "a removed function": (
        lambda lock: lock["functions"].pop(),
        "function bmauth_box_weigh: removed",
    ),
    "a renamed function": (
        function("bmauth_box_put", name="bmauth_box_stuff"),
        "function bmauth_box_put: removed",
    ),
    "a changed prototype": (
        function("bmauth_box_free", prototype="int bmauth_box_free(bmauth_box *box)"),
        "function bmauth_box_free: changed, prototype was void",
    ),
    "a function that blocks now": (
        function("bmauth_box_weigh", blocking="io"),
        "function bmauth_box_weigh: changed, blocking was never, is io",
    ),
    "a narrower thread class": (
        function("bmauth_box_label", thread="one_at_a_time"),
        "function bmauth_box_label: changed, thread",
    ),
    "another owner of a return value": (
        function("bmauth_box_label", returns=["static", 0]),
        "function bmauth_box_label: changed, returns",
    ),
    "functions in another order": (
        lambda lock: lock["functions"].reverse(),
        "functions: reordered",
    ),
    "a removed code": (lambda lock: lock["codes"].pop(), "code internal: removed"),
    "a renumbered code": (
        lambda lock: row(lock, "codes", "internal").update(number=3),
        "code internal: renumbered, number was 4, is 3",
    ),
    "codes in another order": (lambda lock: lock["codes"].reverse(), "codes: reordered"),
    "a code put between": (
        lambda lock: lock["codes"].insert(3, {"name": "box_lost", "number": 3}),
        "codes: something new stands before the end",
    ),
    "a renumbered value": (
        lambda lock: lock["enums"][0]["values"][1].update(number=2),
        "enum color: value blue: renumbered",
    ),
    "a removed value": (
        lambda lock: lock["enums"][0]["values"].pop(),
        "enum color: value blue: removed",
    ),
    "values in another order": (
        lambda lock: lock["enums"][0]["values"].reverse(),
        "enum color: values: reordered",
    ),
    "a renamed enumeration": (
        lambda lock: lock["enums"][0].update(name="paint"),
        "enum color: removed",
    ),
    "a removed handle": (lambda lock: lock["handles"].pop(0), "handle cancel: removed"),
    "a handle that no longer locks": (
        lambda lock: row(lock, "handles", "cancel").update(thread="one_at_a_time"),
        "handle cancel: changed, thread",
    ),
    "a removed callback": (
        lambda lock: lock["callbacks"].pop(),
        "callback cancel_check: removed",
    ),
    "a version that goes back": (
        lambda lock: lock.update(version="0.1.9"),
        "version 0.1.9 is older than the lock's",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_fails_on(what: str, locked: Lock) -> None:
    change, reason = BROKEN[what]
    current = copy.deepcopy(locked)
    change(current)
    assert any(reason in problem for problem in breaks(locked, current)), breaks(locked, current)


def test_the_same_abi_passes(locked: Lock) -> None:
    assert breaks(locked, copy.deepcopy(locked)) == []


def test_appending_passes(locked: Lock) -> None:
    current = copy.deepcopy(locked)
    current["version"] = "0.3.0"
    current["codes"].append({"name": "box_lost", "number": 5})
    current["enums"][0]["values"].append({"name": "green", "number": 2})
    current["enums"].append({"name": "shape", "c_prefix": "SHAPE", "values": []})
    current["handles"].append({"name": "crate", "thread": "locked"})
    # Beside its like, not at the end: where a function stands in the header binds nobody.
    current["functions"].insert(2, {"name": "bmauth_box_open", "since": "0.3.0"})
    assert breaks(locked, current) == []


def test_a_new_function_cannot_claim_an_old_version(locked: Lock) -> None:
    current = copy.deepcopy(locked)
    current["version"] = "0.3.0"
    current["functions"].append({"name": "bmauth_box_open", "since": "0.2.0"})
    assert breaks(locked, current) == [
        "function bmauth_box_open: was not in 0.2.0, says since 0.2.0"
    ]


def test_a_missing_lock_fails(tiny: Api, tmp_path: Path) -> None:
    assert check_locks(tiny, tmp_path) == ["no lock-0.2.0.json: write it with --lock"]


def test_a_lock_of_another_version_is_not_enough(tiny: Api, tmp_path: Path) -> None:
    write_lock(replace(tiny, version="0.1.0"), tmp_path)
    assert check_locks(tiny, tmp_path)[0] == "no lock-0.2.0.json: write it with --lock"


def test_every_lock_is_checked(tiny: Api, tmp_path: Path) -> None:
    assert write_lock(tiny, tmp_path) == []
    assert check_locks(tiny, tmp_path) == []
    old = lock_of(tiny)
    old["version"] = "0.1.0"
    old["codes"].append({"name": "box_burnt", "number": 3})
    path_of("0.1.0", tmp_path).write_text(json.dumps(old))
    assert check_locks(tiny, tmp_path) == ["lock-0.1.0.json: code box_burnt: removed"]


def test_writing_a_lock_never_hides_a_break(tiny: Api, tmp_path: Path) -> None:
    write_lock(tiny, tmp_path)
    before = path_of("0.2.0", tmp_path).read_bytes()
    less = replace(tiny, codes=tiny.codes[:-1])
    assert write_lock(less, tmp_path) == ["code internal: removed"]
    assert path_of("0.2.0", tmp_path).read_bytes() == before
