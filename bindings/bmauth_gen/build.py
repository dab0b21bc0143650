"""Makes the model of a spec that load() and check() accepted."""

from __future__ import annotations

from typing import Any, Optional

from .load import Raw
from .model import (
    Api,
    Callback,
    Code,
    Enum,
    EnumValue,
    Function,
    Handle,
    Module,
    Param,
    Return,
    Type,
)

SCALARS = ("string", "bool", "int32", "int64", "index", "code", "user_data", "buffer", "word")


def named_types(raw: Raw) -> dict[str, str]:
    """Kind of each type that the spec itself defines, by name."""
    types = {row["name"]: "enum" for row in raw["enums"]["enums"]}
    types.update({row["name"]: "handle" for row in raw["handles"]["handles"]})
    types.update({row["name"]: "callback" for row in raw["handles"]["callbacks"]})
    return types


class _Builder:
    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.types = named_types(raw)
        self.order = [row["name"] for row in raw["errors"]["codes"]]

    def type(self, name: str) -> Type:
        return Type(name if name in SCALARS else self.types[name], name)

    def errors(self, names: list[str]) -> tuple[str, ...]:
        found: set[str] = set()
        for name in names:
            found.update(self.raw["errors"]["groups"][name[1:]] if name[0] == "@" else [name])
        return tuple(sorted(found, key=self.order.index))

    def param(self, row: dict[str, Any]) -> Param:
        return Param(
            name=row["name"],
            type=self.type(row["type"]),
            is_out=row["direction"] == "out",
            is_nullable=row.get("nullable", False),
            ownership=row.get("ownership", ""),
            unit=row.get("unit", ""),
            is_secret=row.get("secret", False),
            count_by=row.get("count_by", ""),
            doc=row["doc"],
        )

    def returns(self, row: Optional[dict[str, Any]]) -> Optional[Return]:
        if row is None:
            return None
        return Return(
            type=self.type(row["type"]),
            is_nullable=row.get("nullable", False),
            ownership=row.get("ownership", ""),
            unit=row.get("unit", ""),
            is_secret=row.get("secret", False),
            absent=row.get("absent", 0),
            doc=row["doc"],
        )

    def function(self, module: str, row: dict[str, Any]) -> Function:
        # A constructor belongs to what it makes.
        made = next((p["type"] for p in row.get("params", []) if p["direction"] == "out"), "")
        return Function(
            name=row["name"],
            kind=row["kind"],
            module=module,
            handle=made if row["kind"] == "constructor" else row.get("handle", ""),
            since=row["since"],
            source=row["source"],
            thread=row["thread"],
            blocking=row["blocking"],
            doc=row["doc"],
            params=tuple(self.param(param) for param in row.get("params", [])),
            returns=self.returns(row.get("returns")),
            errors=self.errors(row.get("errors", [])),
        )

    def module(self, name: str) -> Module:
        row = self.raw["modules"][name]
        functions = tuple(self.function(name, function) for function in row["functions"])
        return Module(name, row["title"], row["doc"], functions)


def _code(row: dict[str, Any]) -> Code:
    return Code(
        name=row["name"],
        number=row["number"],
        meaning=row["meaning"],
        remedy=row["remedy"],
        is_retryable=row["retryable"],
        exit_status=row["exit_status"],
        since=row["since"],
    )


def _enum(row: dict[str, Any]) -> Enum:
    values = tuple(EnumValue(v["name"], v["number"], v["doc"]) for v in row["values"])
    return Enum(row["name"], row["since"], row["doc"], row["c_prefix"], values)


def _callback(row: dict[str, Any]) -> Callback:
    user_data_doc, returns_doc = row["params"][0]["doc"], row["returns"]["doc"]
    return Callback(row["name"], row["since"], row["doc"], user_data_doc, returns_doc)


def build(raw: Raw) -> Api:
    """The model of a spec; call check() first."""
    builder = _Builder(raw)
    handles, api = raw["handles"], raw["api"]
    return Api(
        version=api["version"],
        summary=api["summary"],
        conventions=tuple((part["title"], part["text"]) for part in api["conventions"]),
        codes=tuple(_code(row) for row in raw["errors"]["codes"]),
        common_errors=tuple(raw["errors"]["common"]),
        enums=tuple(_enum(row) for row in raw["enums"]["enums"]),
        handles=tuple(Handle(**row) for row in handles["handles"]),
        callbacks=tuple(_callback(row) for row in handles["callbacks"]),
        modules=tuple(builder.module(name) for name in api["modules"]),
    )
