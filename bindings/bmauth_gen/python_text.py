"""How the model reads in Python: signatures, values into C, values out of it, types of the stub."""

from __future__ import annotations

import re

from . import c_text
from .model import PREFIX, Api, Function, Param, Return, Type
from .render import camel, fold

VARIABLES = {
    "string": "const char* {} = nullptr;",
    "bool": "int {} = 0;",
    "int32": "std::int32_t {} = 0;",
    "code": "std::int32_t {} = 0;",
    "enum": "std::int32_t {} = 0;",
    "int64": "std::int64_t {} = 0;",
    "callback": "PyObject* {} = nullptr;",
}
TYPES = {
    "string": "str",
    "bool": "bool",
    "int32": "int",
    "int64": "int",
    "code": "int",
    "callback": "Callable[[], object]",
}


class Words:
    """The spec's texts speak of C; here its names become those of Python."""

    def __init__(self, api: Api) -> None:
        self.names = {c_text.code_constant(row.name): error_class(row.name) for row in api.codes}
        for enum in api.enums:
            for value in enum.values:
                self.names[c_text.enum_constant(enum, value)] = f"'{value.name}'"
        for function in api.functions:
            owner = f"{camel(function.handle)}." if function.takes_handle else ""
            self.names[function.name] = owner + function.verb
        self.names["NULL"] = "None"

    def __call__(self, text: str) -> str:
        return re.sub(r"\b[A-Za-z]\w*\b", lambda m: self.names.get(m[0], m[0]), text)


def error_class(code: str) -> str:
    return f"{camel(code)}Error"


def is_settings(api: Api, handle: str) -> bool:
    """Made to be set and handed over: in Python its setters are the keywords of a constructor."""
    kinds = {function.kind for function in api.methods(handle)}
    return kinds <= {"constructor", "destructor", "setter"} and "setter" in kinds


def shown_handles(api: Api) -> list[str]:
    """The handles that are classes in Python."""
    return [h.name for h in api.handles if h.name != "error" and not is_settings(api, h.name)]


def optional_names(function: Function) -> set[str]:
    """Parameters that may be left out: what may be None, at the end. A callback is always said."""
    found: set[str] = set()
    for param in reversed(inputs(function)):
        if not param.is_nullable or param.type.kind == "callback":
            break
        found.add(param.name)
    return found


def is_path(name: str) -> bool:
    return name.endswith(("_dir", "_file"))


def inputs(function: Function) -> tuple[Param, ...]:
    """What a caller gives; a callback's user_data is the package's own."""
    return tuple(param for param in function.inputs if param.type.kind != "user_data")


def absent(returns: Return) -> str:
    """The number that stands for "unknown" and becomes None: no time, and no wait."""
    is_unknown = (returns.unit, returns.absent) in (("unix_s", 0), ("ms", -1))
    return str(returns.absent) if is_unknown else ""


# C++: from Python's values


def variable(param: Param) -> str:
    if param.type.kind == "handle":
        return f"{camel(param.type.name)}* {param.name} = nullptr;"
    return VARIABLES[param.type.kind].format(param.name)


def reading(param: Param, slot: str) -> str:
    """The expression that reads a slot into the variable, false with an exception."""
    kind, name = param.type.kind, param.name
    if kind == "enum":
        return f'read_enum({slot}, "{name}", k{camel(param.type.name)}Table, {name})'
    verb = {
        "string": "read_text",
        "bool": "read_flag",
        "int32": "read_int32",
        "code": "read_int32",
        "int64": "read_int64",
        "callback": "read_callable",
        "handle": "read",
    }[kind]
    call = f'{verb}({slot}, "{name}", {name})'
    return f"(is_absent({slot}) || {call})" if param.is_nullable else call


def argument(param: Param, is_waiting: bool) -> str:
    """What the C function gets for one parameter."""
    kind, name = param.type.kind, param.name
    if param.is_out:
        return f"&out_{name}"
    if kind == "handle":
        if is_waiting and param.type.name == "cancel":
            return "stop"
        return f"{name} ? {name}->get() : nullptr" if param.is_nullable else f"{name}->get()"
    return name


def call(function: Function, indent: int, end: str, head: str = "") -> str:
    """The C call, folded."""
    own = [f"{function.handle}->get()"] if function.takes_handle else []
    last = ["&err"] if function.is_fallible else []
    is_waiting = function.blocking != "never"
    given = [argument(param, is_waiting) for param in function.params]
    return fold(head + function.name, [*own, *given, *last], end, indent)


# C++: to Python's values


def returned(returns: Return, value: str) -> str:
    kind = returns.type.kind
    if kind == "enum":
        return f"text_of(k{camel(returns.type.name)}Table, {value})"
    if kind == "int64" and absent(returns):
        return f"number_or_none({value}, {absent(returns)})"
    return converted(kind, value)


def converted(kind: str, value: str) -> str:
    if kind == "string":
        return f"text_or_none({value})"
    if kind == "bool":
        return f"PyBool_FromLong({value})"
    return f"PyLong_FromLongLong({value})"


def out_variable(param: Param) -> str:
    type_ = param.type
    c_type = f"{PREFIX}{type_.name}*" if type_.kind == "handle" else c_text.in_type(type_)
    return f"{c_type} out_{param.name} = {'nullptr' if type_.kind == 'handle' else '0'};"


def out_value(param: Param, owner: str) -> str:
    name, type_ = f"out_{param.name}", param.type
    if type_.kind == "handle":
        return f"made<{camel(type_.name)}>({name}, class_of<{owner}>.share(self))"
    if type_.kind == "enum":
        return f"text_of(k{camel(type_.name)}Table, {name})"
    return converted(type_.kind, name)


# The stub


def stub_type(type_: Type, is_input: bool) -> str:
    if type_.kind == "handle":
        return camel(type_.name) if is_input else f"bmauth.{camel(type_.name)}"
    return camel(type_.name) if type_.kind == "enum" else TYPES[type_.kind]


def stub_parameter(param: Param, is_last: bool) -> str:
    text = f"{param.name}: {stub_type(param.type, True)}"
    if param.is_nullable:
        text += " | None"
    return f"{text} = None" if is_last else text


def stub_parameters(function: Function) -> list[str]:
    optional = optional_names(function)
    return [stub_parameter(param, param.name in optional) for param in inputs(function)]


def stub_result(function: Function) -> str:
    """What a method gives."""
    if function.returns:
        text = stub_type(function.returns.type, False)
        may_be_none = function.returns.is_nullable or absent(function.returns)
        return f"{text} | None" if may_be_none else text
    results = [stub_type(param.type, False) for param in function.outputs]
    if len(results) > 1:
        return f"tuple[{', '.join(results)}]"
    return results[0] if results else "None"


def option_type(setter: Function) -> str:
    name, kind = setter.verb[len("set_") :], setter.params[0].type.kind
    return "str | PathLike[str]" if is_path(name) else TYPES[kind]


def signature(function: Function) -> str:
    """The line that `help` and `inspect` read: parameters, without types."""
    listed = ["$self"] if function.takes_handle else []
    optional = optional_names(function)
    for param in inputs(function):
        listed.append(f"{param.name}=None" if param.name in optional else param.name)
    return f"{function.verb}({', '.join(listed)})"
