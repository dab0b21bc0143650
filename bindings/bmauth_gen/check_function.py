"""The rules for one function of the spec."""

from __future__ import annotations

import re
from typing import Any

from .build import SCALARS
from .load import Raw
from .model import PREFIX

UNIT_SUFFIXES = {"_unix_s": "unix_s", "_ms": "ms", "_s": "s", "_bytes": "bytes", "_count": "count"}
NUMBERS = ("int32", "int64", "index")
# Kind: does it take an object, may it fail, must it return something.
KINDS = {
    "function": (False, False, True),
    "constructor": (False, True, False),
    "destructor": (True, False, False),
    "getter": (True, False, True),
    "setter": (True, True, False),
    "signal": (True, False, False),
    "action": (True, True, False),
}
VERBS = {"constructor": r"new", "destructor": r"free", "setter": r"set_[a-z0-9_]+"}


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


class FunctionCheck:
    """Everything that is wrong with one function."""

    def __init__(
        self,
        raw: Raw,
        types: dict[str, str],
        codes: set[str],
        names: set[str],
        module: str,
        row: dict[str, Any],
    ) -> None:
        self.raw, self.types, self.codes, self.names = raw, types, codes, names
        self.module, self.row = module, row
        self.params: list[dict[str, Any]] = row.get("params", [])
        self.found: list[str] = []

    def problems(self) -> list[str]:
        self._shape()
        self._name()
        self._errors()
        self._buffer()
        for param in self.params:
            self._param(param)
        if "returns" in self.row:
            self._value(self.row["returns"], "the return value", self.row["name"], is_return=True)
        params = [param["name"] for param in self.params]
        if len(params) != len(set(params)):
            self._say("two parameters have one name")
        return self.found

    def _say(self, words: str) -> None:
        self.found.append(f"{self.row['name']}: {words}")

    def _kind(self, type_name: str) -> str:
        return type_name if type_name in SCALARS else self.types.get(type_name, "")

    def _shape(self) -> None:
        kind = self.row["kind"]
        takes_handle, is_fallible, has_return = KINDS[kind]
        if takes_handle != ("handle" in self.row):
            self._say(f"{_a(kind)} {'needs' if takes_handle else 'has no'} handle")
        if "handle" in self.row and self.types.get(self.row["handle"]) != "handle":
            self._say(f"unknown handle {self.row['handle']}")
        if is_fallible != ("errors" in self.row):
            self._say(f"{_a(kind)} {'needs a' if is_fallible else 'has no'} list of errors")
        if has_return != ("returns" in self.row):
            self._say(f"{_a(kind)} {'must' if has_return else 'must not'} return something")
        directions = [param["direction"] for param in self.params]
        if directions != sorted(directions):
            self._say("inputs come before outputs")
        if not is_fallible and "out" in directions:
            self._say(f"{_a(kind)} has no outputs")
        outs = [self._kind(param["type"]) for param in self.params if param["direction"] == "out"]
        if kind == "constructor" and outs != ["handle"]:
            self._say("a constructor has one output, the handle")
        if kind in ("getter", "signal", "destructor") and self.row["blocking"] != "never":
            self._say(f"{_a(kind)} may not block")
        if kind in ("signal", "destructor") and self.params:
            self._say(f"{_a(kind)} takes its object alone")
        has_cancel = any(
            param["type"] == "cancel" and param["direction"] == "in" for param in self.params
        )
        if (self.row["blocking"] != "never") != has_cancel:
            self._say("what blocks takes a cancel, and nothing else does")

    def _name(self) -> None:
        kind, name = self.row["kind"], self.row["name"]
        handle = self.row.get("handle", "")
        if kind == "constructor":
            handle = next((p["type"] for p in self.params if p["direction"] == "out"), "")
        if kind == "function":
            handle = "" if self.module == "library" else self.module
        stem = f"{PREFIX}{handle}_" if handle else PREFIX
        verb = VERBS.get(kind, r"[a-z][a-z0-9_]*")
        if not re.fullmatch(re.escape(stem) + verb, name):
            self._say(f"the name does not follow {stem}<verb>")
        if kind != "constructor" and handle not in ("", self.module):
            self._say(f"it belongs into {handle}.yaml")

    def _errors(self) -> None:
        for name in self.row.get("errors", []):
            known = self.raw["errors"]["groups"] if name[0] == "@" else self.codes
            if name.lstrip("@") not in known:
                self._say(f"unknown error {name}")
            if name in self.raw["errors"]["common"] or name == "ok":
                self._say(f"{name} goes without saying")

    def _buffer(self) -> None:
        """A buffer, its capacity behind it, and how much of it was filled."""
        types = [param["type"] for param in self.params]
        if "buffer" not in types:
            return
        if self.row["kind"] != "action" or types.count("buffer") > 1:
            self._say("a buffer is for an action, and there is one")
        behind = self.params[types.index("buffer") + 1 :]
        outputs = [param for param in self.params if param["direction"] == "out"]
        if [param["name"] for param in behind[:1]] != ["capacity_bytes"]:
            self._say("a buffer is followed by capacity_bytes")
        if [param["name"] for param in outputs] != ["length_bytes"]:
            self._say("what fills a buffer has the output length_bytes alone")

    def _param(self, param: dict[str, Any]) -> None:
        what = f"parameter {param['name']}"
        self._value(param, what, param["name"], is_return=False)
        if self._kind(param["type"]) == "index":
            counter = f"{PREFIX}{self.row.get('handle', '')}_{param.get('count_by', '')}"
            if counter not in self.names or not counter.endswith("_count"):
                self._say(f"{what}: count_by must name the getter that bounds it")
        elif "count_by" in param:
            self._say(f"{what}: count_by is for an index")

    def _value(self, row: dict[str, Any], what: str, name: str, is_return: bool) -> None:
        kind = self._kind(row["type"])
        is_out = row.get("direction") == "out"
        if not kind:
            self._say(f"{what}: unknown type {row['type']}")
            return
        self._unit(row, what, name, kind)
        is_pointer = kind in ("string", "handle", "callback", "user_data", "buffer", "word")
        if (is_pointer or is_out) != ("nullable" in row):
            verb = "does not say" if is_pointer or is_out else "must not say"
            self._say(f"{what}: it {verb} whether NULL may stand there (nullable)")
        if is_pointer != ("ownership" in row):
            self._say(f"{what}: it {'does not say' if is_pointer else 'must not say'} who owns it")
        if is_out and row.get("nullable"):
            self._say(f"{what}: an output must not be NULL")
        if is_out and is_pointer and (kind != "handle" or row.get("ownership") != "caller"):
            self._say(f"{what}: what a pointer output gives is a handle that the caller owns")
        if kind == "word" and not is_return:
            self._say(f"{what}: a word is returned, and nothing else")
        if not is_out and row.get("ownership") == "caller":
            self._say(f"{what}: an input cannot become the caller's")
        if is_return:
            if kind in ("handle", "callback", "user_data", "index", "buffer"):
                self._say(f"{what}: a {kind} is not returned")
            if kind == "word" and row.get("ownership") != "static":
                self._say(f"{what}: a word is static, for it is read at any time")
            if (kind in NUMBERS and self.row["kind"] == "getter") != ("absent" in row):
                self._say(f"{what}: a getter's number, and nothing else, says what absent is")

    def _unit(self, row: dict[str, Any], what: str, name: str, kind: str) -> None:
        suffix = next((unit for end, unit in UNIT_SUFFIXES.items() if name.endswith(end)), None)
        if kind not in NUMBERS:
            if "unit" in row:
                self._say(f"{what}: a unit is for numbers")
        elif "unit" not in row:
            self._say(f"{what}: a number without a unit")
        elif row["unit"] != (suffix or "none"):
            self._say(f"{what}: the name says {suffix or 'no unit'}, the unit {row['unit']}")
