"""What a schema cannot say: names, numbers, references, and that nothing is left undocumented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .build import SCALARS, named_types
from .check_function import FunctionCheck
from .load import Raw, SpecError
from .model import PREFIX


def _twice(values: Iterable[Any]) -> list[Any]:
    seen: set[Any] = set()
    return [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]


def _as_tuple(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _check_codes(raw: Raw) -> list[str]:
    errors = raw["errors"]
    names = [row["name"] for row in errors["codes"]]
    problems = [f"errors: code {name} stands twice" for name in _twice(names)]
    numbers = [row["number"] for row in errors["codes"]]
    problems += [f"errors: number {number} stands twice" for number in _twice(numbers)]
    if numbers != sorted(numbers):
        problems.append("errors: codes must stand in the order of their numbers")
    if names[0] != "ok" or numbers[0] != 0:
        problems.append("errors: the first code must be ok with number 0")
    if "internal" not in names:
        problems.append("errors: internal is missing, the row for unknown numbers")
    for where, listed in [("common", errors["common"]), *errors["groups"].items()]:
        problems += [f"errors: {where} lists unknown code {n}" for n in listed if n not in names]
    for row in errors["codes"]:
        if (row["exit_status"] == 0) != (row["name"] == "ok"):
            problems.append(f"errors: exit status 0 is for ok alone, not for {row['name']}")
    return problems


def _check_types(raw: Raw) -> list[str]:
    handles, enums = raw["handles"], raw["enums"]["enums"]
    names = [row["name"] for row in (*enums, *handles["handles"], *handles["callbacks"])]
    problems = [f"type {name} is defined twice" for name in _twice([*SCALARS, *names])]
    functions = {row["name"] for module in raw["modules"].values() for row in module["functions"]}
    problems += [
        f"type {name} has the name of a function" for name in names if PREFIX + name in functions
    ]
    prefixes = [row["c_prefix"] for row in enums]
    problems += [f"enums: prefix {prefix} stands twice" for prefix in _twice(prefixes)]
    for enum in enums:
        for key in ("name", "number"):
            values = [value[key] for value in enum["values"]]
            problems += [f"enums: {enum['name']}: {key} {v} stands twice" for v in _twice(values)]
        numbers = [value["number"] for value in enum["values"]]
        if numbers != sorted(numbers):
            problems.append(f"enums: {enum['name']}: values must stand by number")
        if 0 not in numbers:
            problems.append(f"enums: {enum['name']}: no value 0, which outputs have on failure")
    return problems


def _check_modules(raw: Raw) -> list[str]:
    listed, present = raw["api"]["modules"], raw["modules"]
    problems = [f"api: module {name} has no file" for name in listed if name not in present]
    problems += [f"{name}.yaml is not in api.yaml's list" for name in present if name not in listed]
    for name, module in present.items():
        if module["module"] != name:
            problems.append(f"{name}.yaml: calls itself {module['module']}")
    return problems


def _check_functions(raw: Raw) -> list[str]:
    problems: list[str] = []
    functions = [
        (module, row) for module in raw["modules"] for row in raw["modules"][module]["functions"]
    ]
    names = [row["name"] for _, row in functions]
    problems += [f"{name}: stands twice" for name in _twice(names)]
    removed = set(raw["api"]["removed"])
    problems += [
        f"{name}: this name was removed and is never reused" for name in names if name in removed
    ]
    codes = {row["name"] for row in raw["errors"]["codes"]}
    types = named_types(raw)
    for module, row in functions:
        problems += FunctionCheck(raw, types, codes, set(names), module, row).problems()
    for handle in raw["handles"]["handles"]:
        if f"{PREFIX}{handle['name']}_free" not in names:
            problems.append(f"handles: {handle['name']} has no destructor")
    return problems


def _check_since(raw: Raw) -> list[str]:
    current = _as_tuple(raw["api"]["version"])
    handles = raw["handles"]
    rows = [
        *raw["errors"]["codes"],
        *raw["enums"]["enums"],
        *handles["handles"],
        *handles["callbacks"],
    ]
    rows += [row for module in raw["modules"].values() for row in module["functions"]]
    return [
        f"{row['name']}: since {row['since']} is later than this version"
        for row in rows
        if _as_tuple(row["since"]) > current
    ]


def check(raw: Raw) -> None:
    """Raises SpecError with everything that is wrong."""
    problems: list[str] = []
    for part in (_check_codes, _check_types, _check_modules, _check_functions, _check_since):
        problems += part(raw)
    if problems:
        raise SpecError(problems)
