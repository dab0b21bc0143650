"""How the model reads in C++: types, parameters, arguments to the C function, results."""

from __future__ import annotations

import re

from . import c_text
from .model import PREFIX, Api, Function, Param, Return, Type
from .render import camel

VALUES = {
    "bool": "bool",
    "int32": "std::int32_t",
    "int64": "std::int64_t",
    "index": "std::int64_t",
    "code": "Code",
    "word": "const std::uint64_t*",
}


class Words:
    """The spec's texts speak of C; here its names become those of C++."""

    def __init__(self, api: Api) -> None:
        self.names = {
            c_text.code_constant(row.name): f"Code::k{camel(row.name)}" for row in api.codes
        }
        for enum in api.enums:
            for value in enum.values:
                constant = c_text.enum_constant(enum, value)
                self.names[constant] = f"{camel(enum.name)}::k{camel(value.name)}"
        for function in api.functions:
            owner = f"{camel(function.handle)}::" if function.takes_handle else ""
            self.names[function.name] = owner + function.verb
        self.names["NULL"] = "nothing"

    def __call__(self, text: str) -> str:
        text = re.sub(r"\bNULL (if|when|outside)", r"Nothing \1", text)
        return re.sub(r"\b[A-Za-z]\w*\b", lambda m: self.names.get(m[0], m[0]), text)


def value_type(type_: Type) -> str:
    """An owned or plain value: what an output becomes."""
    return camel(type_.name) if type_.kind in ("enum", "handle") else VALUES[type_.kind]


def returned_type(returns: Return) -> str:
    if returns.type.kind != "string":
        return value_type(returns.type)
    return "std::optional<std::string_view>" if returns.is_nullable else "std::string_view"


def parameter(param: Param) -> str:
    """`type name`; the pair of a callback and its user_data is one std::function."""
    kind = param.type.kind
    if kind == "string":
        text = "std::optional<std::string>" if param.is_nullable else "std::string"
        return f"const {text}& {param.name}"
    if kind == "handle":
        const = "const " if c_text.in_type(param.type).startswith("const") else ""
        return f"{const}{camel(param.type.name)}{'*' if param.is_nullable else '&'} {param.name}"
    if kind == "callback":
        return f"std::function<bool()> {param.name}"
    if kind == "buffer":
        return f"std::string& {param.name}"
    return f"{value_type(param.type)} {param.name}"


def is_implied(function: Function, param: Param) -> bool:
    """Another parameter carries it: a std::function its user_data, a std::string its sizes."""
    sizes = ("capacity_bytes", "length_bytes") if function.buffer else ()
    return param.type.kind == "user_data" or param.name in sizes


def outputs(function: Function) -> tuple[Param, ...]:
    return tuple(param for param in function.outputs if not is_implied(function, param))


def parameters(function: Function, with_defaults: bool) -> list[str]:
    """C++ parameters; NULL-able ones at the end may be left out."""
    inputs = [param for param in function.inputs if not is_implied(function, param)]
    found: list[str] = []
    is_last = with_defaults
    for param in reversed(inputs):
        is_last = is_last and param.is_nullable and param.type.kind in ("handle", "string")
        default = " = nullptr" if param.type.kind == "handle" else " = std::nullopt"
        found.append(parameter(param) + (default if is_last else ""))
    return found[::-1]


def argument(param: Param) -> str:
    """What is handed to the C function for one parameter."""
    kind, name = param.type.kind, param.name
    if param.is_out:
        return f"&out_{name}"
    if kind == "string":
        return f'detail::c_text({name}, "{name}")'
    if kind == "handle":
        return f"{name} ? {name}->get() : nullptr" if param.is_nullable else f"{name}.get()"
    if kind == "bool":
        return f"{name} ? 1 : 0"
    if kind in ("enum", "code"):
        return f"static_cast<{PREFIX}{param.type.name}>({name})"
    if kind == "callback":
        return f"kept ? &detail::{param.type.name} : nullptr"
    return "kept.get()" if kind == "user_data" else name


def arguments(function: Function) -> list[str]:
    own = ["handle_.get()"] if function.takes_handle else []
    last = ["&err"] if function.is_fallible else []
    return [*own, *(argument(param) for param in function.params), *last]


def converted(returns: Return, call: str) -> str:
    """What the C function returned, as C++ has it."""
    kind = returns.type.kind
    if kind == "string":
        return f"detail::{'maybe_view' if returns.is_nullable else 'view'}({call})"
    if kind == "bool":
        return f"{call} != 0"
    return f"static_cast<{value_type(returns.type)}>({call})" if kind in ("enum", "code") else call


def out_variable(param: Param) -> str:
    """The variable that the C function fills."""
    c_type = (
        f"{PREFIX}{param.type.name}*"
        if param.type.kind == "handle"
        else (c_text.in_type(param.type))
    )
    return f"{c_type} out_{param.name} = {'nullptr' if param.type.kind == 'handle' else '0'};"


def out_value(param: Param) -> str:
    """The filled variable, as C++ has it."""
    name, kind = f"out_{param.name}", param.type.kind
    if kind == "handle":
        return f"{camel(param.type.name)}::adopt({name})"
    if kind == "bool":
        return f"{name} != 0"
    return f"static_cast<{value_type(param.type)}>({name})" if kind in ("enum", "code") else name
