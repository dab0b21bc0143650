"""Names, documentation and line breaks of Rust: text comes out as rustfmt would leave it."""

from __future__ import annotations

import re

from . import c_text
from .model import Api, Function, Param
from .render import COLUMNS, camel, wrap

# rustfmt's `fn_call_width`: longer lists of arguments stand one a line.
CALL_WIDTH = 60
KEYWORDS = {"as", "box", "in", "loop", "match", "move", "override", "ref", "type", "use", "where"}
# A time loses the unit in its name, because its type says it.
TIMES = {"ms": "_ms", "s": "_s", "unix_s": "_unix_s"}


def name(word: str) -> str:
    """A parameter or variable; raw where Rust has a word of its own."""
    return f"r#{word}" if word in KEYWORDS else word


def untimed(word: str, unit: str) -> str:
    """`next_delay_ms` as `next_delay`."""
    end = TIMES.get(unit, "")
    return word[: -len(end)] if end and word.endswith(end) else word


def param_name(param: Param) -> str:
    return name(untimed(param.name, param.unit))


def verb(function: Function) -> str:
    """What a function is called in bmauth-sys."""
    return "new" if function.kind == "constructor" else function.verb


def method(function: Function) -> str:
    """What a function is called in the crate `bmauth`."""
    if function.returns:
        return untimed(function.verb, function.returns.unit)
    unit = function.params[0].unit if function.kind == "setter" else ""
    return untimed(verb(function), unit)


def path(function: Function) -> str:
    """Where the crate `bmauth` has it."""
    if function.module == "code":
        return f"ErrorCode::{function.verb[len('code_') :]}"
    return f"{camel(function.handle)}::{method(function)}" if function.handle else method(function)


def link(target: str, shown: str = "") -> str:
    return f"[`{shown or target}`](crate::{target})"


class Words:
    """The spec's texts speak of C; here its names become links into the crate `bmauth`."""

    def __init__(self, api: Api) -> None:
        self.names = {"NULL": "`None`"}
        for row in api.codes:
            target = link(f"ErrorCode::{camel(row.name)}") if row.number else "success"
            self.names[c_text.code_constant(row.name)] = target
        for enum in api.enums:
            for value in enum.values:
                target = f"{camel(enum.name)}::{camel(value.name)}"
                self.names[c_text.enum_constant(enum, value)] = link(target)
        for function in api.functions:
            for param in function.params:
                short = untimed(param.name, param.unit)
                if short != param.name:
                    self.names[param.name] = f"`{short}`"
            self.names[function.name] = link(path(function))

    def __call__(self, text: str) -> str:
        text = re.sub(r"https?://[^\s\"]+", r"`\g<0>`", text)
        return re.sub(r"\b[A-Za-z]\w*\b", lambda m: self.names.get(m[0], m[0]), text)


def code_link(code: str) -> str:
    return link(f"ErrorCode::{camel(code)}", camel(code))


def doc(text: str, indent: str = "") -> str:
    return wrap(text, f"{indent}/// ")


def bullet(text: str, indent: str) -> str:
    return wrap(text, f"{indent}/// - ", f"{indent}///   ")


def signature(head: str, params: list[str], tail: str, indent: str) -> str:
    """`head(params)tail`: one line, or one parameter a line."""
    line = f"{indent}{head}({', '.join(params)}){tail}"
    if len(line) <= COLUMNS:
        return line
    rows = "".join(f"{indent}    {param},\n" for param in params)
    return f"{indent}{head}(\n{rows}{indent}){tail}"


def call(head: str, arguments: list[str], end: str, indent: str) -> str:
    """`head(arguments)end`: one line, or below its `=`, or one argument a line."""
    listed = ", ".join(arguments)
    if len(listed) <= CALL_WIDTH:
        line = f"{indent}{head}({listed}){end}"
        if len(line) <= COLUMNS:
            return line
        variable, equals, called = head.partition(" = ")
        below = f"{indent}    {called}({listed}){end}"
        if equals and len(below) <= COLUMNS:
            return f"{indent}{variable} =\n{below}"
    rows = "".join(f"{indent}    {argument},\n" for argument in arguments)
    return f"{indent}{head}(\n{rows}{indent}){end}"


def unsafe_block(before: str, head: str, arguments: list[str], end: str, indent: str) -> str:
    """`before unsafe { head(arguments) }end`, below or opened where it does not fit."""
    inside = call(head, arguments, "", "")
    line = f"{indent}{before}unsafe {{ {inside} }}{end}"
    if "\n" not in inside and len(line) <= COLUMNS:
        return line
    below = f"{indent}    unsafe {{ {inside} }}{end}"
    if before and "\n" not in inside and len(below) <= COLUMNS:
        return f"{indent}{before.rstrip()}\n{below}"
    inside = call(head, arguments, "", f"{indent}    ")
    return f"{indent}{before}unsafe {{\n{inside}\n{indent}}}{end}"
