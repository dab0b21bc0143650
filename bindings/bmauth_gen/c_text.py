"""How the model reads in C: types, declarations, constants."""

from __future__ import annotations

from .model import PREFIX, Enum, EnumValue, Function, Param, Type
from .render import fold

VALUES = {
    "bool": "int",
    "int32": "int32_t",
    "int64": "int64_t",
    "index": "int64_t",
    "code": "bmauth_code",
}


def code_constant(name: str) -> str:
    return "BMAUTH_OK" if name == "ok" else f"BMAUTH_E_{name.upper()}"


def enum_constant(enum: Enum, value: EnumValue) -> str:
    return f"BMAUTH_{enum.c_prefix}_{value.name.upper()}"


def in_type(type_: Type, is_mutable: bool = False) -> str:
    """An input's type; handles are const unless the function changes the object."""
    if type_.kind == "string":
        return "const char *"
    if type_.kind == "handle":
        # A cancel object is asked while the call runs, which may change it.
        const = "" if is_mutable or type_.name == "cancel" else "const "
        return f"{const}{PREFIX}{type_.name} *"
    if type_.kind == "user_data":
        return "void *"
    if type_.kind == "buffer":
        return "char *"
    if type_.kind == "word":
        return "const uint64_t *"
    if type_.kind in ("enum", "callback"):
        return PREFIX + type_.name
    return VALUES[type_.kind]


def out_type(type_: Type) -> str:
    if type_.kind == "handle":
        return f"{PREFIX}{type_.name} **"
    return in_type(type_) + " *"


def joined(type_: str, name: str) -> str:
    return type_ + name if type_.endswith("*") else f"{type_} {name}"


def parameters(function: Function) -> list[str]:
    """`type name` of each C parameter, the object and `err` included."""
    found = []
    if function.takes_handle:
        object_type = Type("handle", function.handle)
        found.append(joined(in_type(object_type, function.kind != "getter"), function.handle))
    for param in function.params:
        found.append(joined(parameter_type(param), param.name))
    if function.is_fallible:
        found.append("bmauth_error **err")
    return found


def parameter_type(param: Param) -> str:
    return out_type(param.type) if param.is_out else in_type(param.type)


def return_type(function: Function) -> str:
    if function.is_fallible:
        return "bmauth_code"
    return in_type(function.returns.type) if function.returns else "void"


def declaration(head: str, function: Function, end: str = ";") -> str:
    """`head(parameters)end`, folded behind the parenthesis where it is too long."""
    return fold(head, parameters(function) or ["void"], end)


def prototype(function: Function, name: str = "") -> str:
    """The plain declaration, without visibility; one line."""
    listed = ", ".join(parameters(function)) or "void"
    return joined(return_type(function), name or function.name) + f"({listed})"
