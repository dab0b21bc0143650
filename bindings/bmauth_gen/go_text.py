"""How the model reads in Go: names, types, arguments to the C function, results."""

from __future__ import annotations

import re

from . import c_text
from .model import PREFIX, Api, Enum, EnumValue, Function, Handle, ListProperty, Param, Return, Type
from .render import wrap

# Words that Go writes in capitals, and one that has its own spelling.
INITIALISMS = {"api", "ca", "http", "id", "io", "json", "ok", "tls", "uri", "url"}
SPELLINGS = {"oauth": "OAuth"}
KEYWORDS = {
    "default",
    "func",
    "go",
    "interface",
    "map",
    "package",
    "range",
    "select",
    "type",
    "var",
}
# Numbers with such a unit are durations and times; the type says the unit, the name need not.
DURATIONS = {"ms": "time.Millisecond", "s": "time.Second"}
UNITS = ("unix_s", "ms", "s")
VALUES = {
    "string": "string",
    "bool": "bool",
    "int32": "int",
    "int64": "int64",
    "index": "int",
    "code": "Code",
}
C_VALUES = {"bool": "C.int", "int32": "C.int32_t", "int64": "C.int64_t", "index": "C.int64_t"}


def exported(name: str) -> str:
    """`headers_for_url` as `HeadersForURL`."""
    words = name.split("_")
    return "".join(
        SPELLINGS.get(word)
        or (word.upper() if word in INITIALISMS else word[:1].upper() + word[1:])
        for word in words
    )


def local(name: str) -> str:
    """`min_validity` as `minValidity`."""
    first, _, rest = name.partition("_")
    found = first + (exported(rest) if rest else "")
    return f"{found}_" if found in KEYWORDS else found


def without_unit(name: str, unit: str) -> str:
    return name[: -len(unit) - 1] if unit in UNITS and name.endswith(f"_{unit}") else name


def param_name(param: Param) -> str:
    return local(without_unit(param.name, param.unit))


def field_name(param: Param) -> str:
    return exported(without_unit(param.name, param.unit))


def method_name(function: Function) -> str:
    unit = function.returns.unit if function.returns else ""
    return exported(without_unit(function.verb, unit))


def option_name(function: Function) -> str:
    """`set_connect_timeout_ms` as `WithConnectTimeout`."""
    (value,) = function.inputs
    return "With" + exported(without_unit(function.verb[len("set_") :], value.unit))


def enum_constant(enum: Enum, value: EnumValue) -> str:
    return exported(enum.c_prefix.lower()) + exported(value.name)


def code_constant(name: str) -> str:
    return "OK" if name == "ok" else f"Err{exported(name)}"


def go_type(type_: Type, unit: str, is_secret: bool) -> str:
    if is_secret:
        return "Secret"
    if unit in DURATIONS:
        return "time.Duration"
    if unit == "unix_s":
        return "time.Time"
    if unit == "count":
        return "int"
    if type_.kind == "handle":
        return f"*{exported(type_.name)}"
    return exported(type_.name) if type_.kind == "enum" else VALUES[type_.kind]


def param_type(param: Param) -> str:
    return go_type(param.type, param.unit, param.is_secret)


def returned_type(returns: Return) -> str:
    return go_type(returns.type, returns.unit, returns.is_secret)


def zero(type_: str) -> str:
    """What stands beside an error."""
    if type_.startswith("*"):
        return "nil"
    if type_ in ("Secret", "time.Time"):
        return f"{type_}{{}}"
    return {"string": '""', "bool": "false"}.get(type_, "0")


def from_c(type_: Type, unit: str, is_secret: bool, value: str) -> str:
    """A value of C, as Go has it."""
    if type_.kind == "string":
        text = f"C.GoString({value})"
        return f"NewSecret({text})" if is_secret else text
    if type_.kind == "bool":
        return f"{value} != 0"
    if unit in DURATIONS:
        return f"time.Duration({value}) * {DURATIONS[unit]}"
    if unit == "unix_s":
        return f"unixTime(int64({value}))"
    return f"{go_type(type_, unit, False)}({value})"


def returned(returns: Return, call: str) -> str:
    return from_c(returns.type, returns.unit, returns.is_secret, call)


def to_c(param: Param, name: str) -> str:
    """What is handed to the C function for a value."""
    if param.type.kind == "bool":
        return f"cBool({name})"
    if param.unit in DURATIONS:
        return f"C.int64_t(inUnits({name}, {DURATIONS[param.unit]}))"
    if param.type.kind in ("enum", "code"):
        return f"C.{PREFIX}{param.type.name}({name})"
    return f"{C_VALUES[param.type.kind]}({name})"


def c_pointer(handle: str) -> str:
    return f"*C.{PREFIX}{handle}"


def item_type(items: ListProperty) -> str:
    """A list of one getter is of its values; of several, of a struct named like one element."""
    if len(items.items) > 1:
        return exported(items.name[:-1])
    returns = items.items[0].returns
    assert returns is not None
    return returned_type(returns)


def item_field(items: ListProperty, item: Function) -> str:
    return exported(item.verb[len(items.name) :])


class Words:
    """The spec's texts speak of C; here its names become those of Go."""

    def __init__(self, api: Api, options: set[str]) -> None:
        self.names = {c_text.code_constant(row.name): code_constant(row.name) for row in api.codes}
        for enum in api.enums:
            for value in enum.values:
                self.names[c_text.enum_constant(enum, value)] = enum_constant(enum, value)
        for function in api.functions:
            if function.kind == "setter" and function.handle in options:
                self.names[function.name] = option_name(function)
            elif function.kind == "constructor":
                self.names[function.name] = f"New{exported(function.handle)}"
            elif function.takes_handle:
                self.names[function.name] = f"{exported(function.handle)}.{method_name(function)}"
        self.names["NULL"] = "none"

    def __call__(self, text: str, params: tuple[Param, ...] = ()) -> str:
        names = self.names | {param.name: param_name(param) for param in params}
        text = re.sub(r"(; )?NULL (if|when|outside)", _nothing, text)
        return re.sub(r"\b[A-Za-z]\w*\b", lambda m: names.get(m[0], m[0]), text)


def returns_doc(returns: Return) -> str:
    """Durations and times have no -1 and no 0 that mean "unknown"."""
    if returns.unit in DURATIONS:
        return returns.doc.replace("-1 if", "Negative if")
    return (
        returns.doc.replace("0 if", "The zero time if") if returns.unit == "unix_s" else returns.doc
    )


def _nothing(found: re.Match[str]) -> str:
    return f"; nothing {found[2]}" if found[1] else f"Nothing {found[2]}"


def sentence(name: str, text: str, is_deed: bool) -> str:
    """Go's comments begin with the name: `NewClient makes a client`, `Kind: what kind ...`."""
    first = text.split(" ", 1)[0]
    lowered = (
        text if first[1:].upper() == first[1:] and len(first) > 1 else text[0].lower() + text[1:]
    )
    is_verb = is_deed and re.fullmatch(r"[A-Z][a-z]+s", first) is not None
    return f"{name} {lowered}" if is_verb else f"{name}: {lowered}"


def comment(text: str, indent: str = "") -> str:
    return wrap(text, f"{indent}// ")


def handle_doc(handle: Handle) -> str:
    threads = {
        "immutable": "It never changes: any goroutine may read it.",
        "locked": "Any goroutine may use it at any time.",
        "one_at_a_time": "Calls on it run one at a time; others wait for their turn.",
    }
    return f"{sentence(exported(handle.name), handle.doc, False)} {threads[handle.thread]}"


def members(rows: list[tuple[str, str]], indent: str) -> str:
    """The members of a literal, in gofmt's columns."""
    width = max(len(name) for name, _ in rows) + 1
    return "\n".join(f"{indent}{(name + ':').ljust(width)} {value}," for name, value in rows)
