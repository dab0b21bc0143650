"""The ABI that a version promised, and whether the spec still keeps it: only appending may pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Union

from . import c_text
from .model import Api, Function, Param, Return

Lock = dict[str, Any]


def _value(value: Union[Param, Return]) -> list[str]:
    """What a caller relies on besides the type."""
    facts = [value.ownership, value.unit, "may be NULL" if value.is_nullable else ""]
    return [fact for fact in facts if fact]


def _function(function: Function) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": function.name,
        "prototype": c_text.prototype(function),
        "kind": function.kind,
        "thread": function.thread,
        "blocking": function.blocking,
        "since": function.since,
    }
    if function.params:
        row["params"] = {param.name: _value(param) for param in function.params}
    if function.returns:
        row["returns"] = [*_value(function.returns), function.returns.absent]
    return row


def lock_of(api: Api) -> Lock:
    """What the lock file of this ABI holds."""
    return {
        "version": api.version,
        "codes": [{"name": code.name, "number": code.number} for code in api.codes],
        "enums": [
            {
                "name": enum.name,
                "c_prefix": enum.c_prefix,
                "values": [{"name": v.name, "number": v.number} for v in enum.values],
            }
            for enum in api.enums
        ],
        "handles": [{"name": handle.name, "thread": handle.thread} for handle in api.handles],
        "callbacks": [{"name": callback.name} for callback in api.callbacks],
        "functions": [_function(function) for function in api.functions],
    }


def _compare(what: str, old: list[Lock], new: list[Lock], is_strict: bool) -> list[str]:
    """Removed, changed, reordered; `is_strict`: what is new stands behind all that is old."""
    problems = []
    present = {row["name"]: row for row in new}
    for row in old:
        name = row["name"]
        if name not in present:
            problems.append(f"{what} {name}: removed")
            continue
        for key in sorted(row.keys() | present[name].keys()):
            before, after = row.get(key), present[name].get(key)
            if key == "values":
                problems += _compare(f"{what} {name}: value", before or [], after or [], True)
            elif before != after:
                verb = "renumbered" if key == "number" else "changed"
                problems.append(f"{what} {name}: {verb}, {key} was {before}, is {after}")
    locked = [row["name"] for row in old]
    kept = [row["name"] for row in new if row["name"] in set(locked)]
    if kept != [name for name in locked if name in present]:
        problems.append(f"{what}s: reordered")
    elif is_strict and [row["name"] for row in new][: len(kept)] != kept:
        problems.append(f"{what}s: something new stands before the end")
    return problems


def breaks(lock: Lock, current: Lock) -> list[str]:
    """What `current` breaks of what `lock` promised; empty if it only appends."""
    problems = []
    for part in ("codes", "enums", "handles", "callbacks", "functions"):
        is_strict = part == "codes"
        problems += _compare(part[:-1], lock[part], current[part], is_strict)
    old, now = (tuple(map(int, row["version"].split("."))) for row in (lock, current))
    if old > now:
        problems.append(f"version {current['version']} is older than the lock's")
    locked = {row["name"] for row in lock["functions"]}
    for row in current["functions"]:
        is_claimed = tuple(map(int, row["since"].split("."))) <= old
        if row["name"] not in locked and is_claimed and old != now:
            problems.append(
                f"function {row['name']}: was not in {lock['version']}, says since {row['since']}"
            )
    return problems


def path_of(version: str, folder: Path) -> Path:
    return folder / f"lock-{version}.json"


def check_locks(api: Api, folder: Path) -> list[str]:
    """The current spec against every lock there is; a missing lock of this version is a failure."""
    current = lock_of(api)
    problems = []
    if not path_of(api.version, folder).exists():
        problems.append(f"no {path_of(api.version, folder).name}: write it with --lock")
    for path in sorted(folder.glob("lock-*.json")):
        lock = json.loads(path.read_text(encoding="utf-8"))
        problems += [f"{path.name}: {problem}" for problem in breaks(lock, current)]
    return problems


def write_lock(api: Api, folder: Path) -> list[str]:
    """Writes this version's lock, or says what an existing one has against it."""
    path, current = path_of(api.version, folder), lock_of(api)
    if path.exists():
        problems = breaks(json.loads(path.read_text(encoding="utf-8")), current)
        if problems:
            return problems
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(current, indent=1) + "\n", encoding="utf-8")
    return []
