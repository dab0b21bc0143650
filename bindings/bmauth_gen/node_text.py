"""How the model reads in JavaScript and in the addon's C++: names, types, conversions."""

from __future__ import annotations

import hashlib
import re
from typing import Optional

from . import c_text
from .model import Api, Function, ListProperty, Param, Return, Type
from .render import camel

SCRIPT_TYPES = {
    "string": "string",
    "bool": "boolean",
    "int32": "number",
    "int64": "number",
    "index": "number",
    "code": "number",
}


def lower_camel(name: str) -> str:
    """`min_validity_ms` as `minValidityMs`."""
    text = camel(name)
    return text[:1].lower() + text[1:]


class Words:
    """The spec's texts speak of C; here its names become those of JavaScript."""

    def __init__(self, api: Api) -> None:
        self.names = {c_text.code_constant(row.name): f"'{row.name}'" for row in api.codes}
        for enum in api.enums:
            for value in enum.values:
                self.names[c_text.enum_constant(enum, value)] = f"'{value.name}'"
        for function in api.functions:
            owner = f"{camel(function.handle)}." if function.takes_handle else ""
            self.names[function.name] = owner + lower_camel(function.verb)
            for name in (function.verb, *(param.name for param in function.params)):
                if "_" in name:
                    self.names.setdefault(name, lower_camel(name))
        self.names["NULL"] = "null"

    def __call__(self, text: str) -> str:
        return re.sub(r"\b[A-Za-z]\w*\b", lambda m: self.names.get(m[0], m[0]), text)


def script_type(type_: Type, is_nullable: bool) -> str:
    named = camel(type_.name) if type_.kind in ("enum", "handle") else SCRIPT_TYPES[type_.kind]
    return f"{named} | null" if is_nullable else named


def is_absent_null(returns: Return) -> bool:
    """A time that is unknown is null; a count or a duration of 0 is a number like any other."""
    return returns.unit == "unix_s" or (returns.unit == "ms" and returns.absent == -1)


def returned_doc(returns: Return) -> str:
    """What the number for "unknown" says, null says here."""
    doc = returns.doc
    return re.sub(r"^-?\d+ (?=if|when)", "null ", doc) if is_absent_null(returns) else doc


def returned_script_type(returns: Return) -> str:
    return script_type(returns.type, returns.is_nullable or is_absent_null(returns))


def script_parameters(function: Function) -> list[str]:
    found = []
    inputs = function.inputs
    for index, param in enumerate(inputs):
        may_end = all(later.is_nullable for later in inputs[index:])
        kind = script_type(param.type, param.is_nullable)
        found.append(f"{lower_camel(param.name)}{'?' if may_end else ''}: {kind}")
    return found


def result_script_type(function: Function) -> str:
    outputs = function.outputs
    if len(outputs) > 1:
        return f"{camel(function.verb)}Result"
    return script_type(outputs[0].type, False) if outputs else "void"


def list_script_type(items: ListProperty) -> str:
    return "string[]" if len(items.items) == 1 else "Record<string, string>"


def tag(api: Api, handle: str) -> tuple[str, str]:
    """Two 64-bit words that mark the objects of a class; another version has others."""
    digest = hashlib.sha256(f"bmauth {api.version} {handle}".encode()).hexdigest()
    return f"0x{digest[:16]}", f"0x{digest[16:32]}"


def converted(param: Param, value: str) -> str:
    """One argument, read and checked."""
    kind, name = param.type.kind, f'"{lower_camel(param.name)}"'
    maybe = "maybe_" if param.is_nullable else ""
    if kind == "string":
        return f"{maybe}text_of({value}, {name})"
    if kind == "bool":
        return f"truth_of({value}, {name})"
    if kind == "enum":
        enum = camel(param.type.name)
        return f"static_cast<{enum}>(choice_of({value}, {name}, k{enum}Choices))"
    if kind == "handle":
        return f"{maybe}object_of<{camel(param.type.name)}>({value}, {name})"
    if kind == "code":
        return f"static_cast<Code>(number_of({value}, {name}))"
    return f"number_of({value}, {name})"


def passed(param: Param) -> str:
    """The argument as a method of bmauth.hpp takes it."""
    if param.type.kind != "handle":
        return param.name
    return f"pointer_to({param.name})" if param.is_nullable else f"{param.name}->value"


def read_value(returns: Optional[Return], call: str) -> str:
    """What bmauth.hpp returned, as a value of JavaScript."""
    assert returns is not None
    if returns.type.kind == "code":
        call = f"static_cast<std::int32_t>({call})"
    elif is_absent_null(returns):
        call = f"known({call}, {returns.absent})"
    return f"to_js(env, {call})"
