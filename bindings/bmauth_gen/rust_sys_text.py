"""How the model reads in bmauth-sys: declarations as C has them, and the safe calls over them."""

from __future__ import annotations

import re

from . import c_text
from .model import Api, Callback, Function, Param, Return
from .render import camel
from .rust_text import call, name, signature, unsafe_block, verb

VALUES = {"bool": "bool", "int32": "i32", "int64": "i64", "index": "i64"}
C_VALUES = {
    "char": "c_char",
    "int": "c_int",
    "int32_t": "i32",
    "int64_t": "i64",
    "uint64_t": "u64",
    "void": "c_void",
}
INDENT = " " * 8


def from_c(c_type: str) -> str:
    """A type of the header, as an extern declaration has it."""
    if not c_type.endswith("*"):
        return C_VALUES.get(c_type, c_type)
    pointed = c_type[:-1].strip()
    if pointed.startswith("const "):
        return f"*const {from_c(pointed[len('const ') :])}"
    return f"*mut {from_c(pointed)}"


def declaration(function: Function) -> str:
    """One function of the extern block."""
    params = []
    for written in c_text.parameters(function):
        found = re.fullmatch(r"(.*[ *])(\w+)", written)
        assert found is not None
        params.append(f"{name(found[2])}: {from_c(found[1].strip())}")
    returned = c_text.return_type(function)
    tail = ";" if returned == "void" else f" -> {from_c(returned)};"
    return signature(f"pub fn {function.name}", params, tail, "    ")


def callback_pair(callback: Callback) -> str:
    """The head of what makes the C pair of a closure."""
    pair = f"(ffi::bmauth_{callback.name}, *mut c_void)"
    kept = f"kept: Option<&{camel(callback.name)}>"
    return signature(f"fn {callback.name}_pair", [kept], f" -> {pair} {{", "")


def keeps_parent(api: Api, function: Function, param: Param) -> bool:
    """An object that goes on using the one it came from: it must be freed first."""
    if function.kind != "action" or param.type.kind != "handle":
        return False
    return next(h.thread for h in api.handles if h.name == param.type.name) != "immutable"


def value_type(param: Param) -> str:
    """An output or a plain input."""
    if param.type.kind == "handle":
        return camel(param.type.name)
    return VALUES.get(param.type.kind, "i32")


def parameter(param: Param) -> str:
    kind = param.type.kind
    if kind == "string":
        text = "&CStr"
    elif kind == "handle":
        text = f"&{camel(param.type.name)}"
    else:
        text = camel(param.type.name) if kind == "callback" else value_type(param)
    return f"{name(param.name)}: {f'Option<{text}>' if param.is_nullable else text}"


def argument(param: Param) -> str:
    """What the C function is handed for one parameter."""
    kind, word = param.type.kind, name(param.name)
    if param.is_out:
        return f"&mut {word}"
    if kind == "string":
        return (
            f"{word}.map_or(ptr::null(), CStr::as_ptr)" if param.is_nullable else f"{word}.as_ptr()"
        )
    if kind == "handle":
        if not param.is_nullable:
            return f"{word}.as_ptr()"
        null = "null" if c_text.in_type(param.type).startswith("const") else "null_mut"
        return f"{word}.map_or(ptr::{null}(), |it| it.as_ptr())"
    if kind == "callback":
        return "function"
    return f"c_int::from({word})" if kind == "bool" else word


def arguments(function: Function) -> list[str]:
    own = ["self.as_ptr()"] if function.takes_handle else []
    last = ["&mut err"] if function.is_fallible else []
    return [*own, *(argument(param) for param in function.params), *last]


def receiver(function: Function) -> list[str]:
    if not function.takes_handle:
        return []
    changes = function.kind != "getter" and function.thread == "one_at_a_time"
    return ["&mut self" if changes else "&self"]


def returned_type(function: Function, returns: Return) -> str:
    if returns.type.kind != "string":
        return VALUES.get(returns.type.kind, "i32")
    text = "&str" if function.takes_handle else "&'static str"
    return f"Option<{text}>" if returns.is_nullable else text


def head(function: Function) -> str:
    params = [p for p in function.inputs if p.type.kind != "user_data"]
    tail = " {"
    if function.returns:
        tail = f" -> {returned_type(function, function.returns)} {{"
    elif function.kind == "constructor":
        tail = " -> Result<Self, Error> {"
    elif function.is_fallible:
        types = [value_type(param) for param in function.outputs]
        inner = types[0] if len(types) == 1 else f"({', '.join(types)})"
        tail = f" -> Result<{inner}, Error> {{"
    indent = "    " if function.handle or function.kind == "constructor" else ""
    listed = [*receiver(function), *(parameter(param) for param in params)]
    return signature(f"pub fn {verb(function)}", listed, tail, indent)


def getter_body(function: Function, indent: str) -> str:
    returns = function.returns
    assert returns is not None
    given = arguments(function)
    if returns.type.kind == "string":
        inside = call(f"ffi::{function.name}", given, "", "")
        line = f"{indent}unsafe {{ text({inside}) }}"
        if "\n" in inside or len(line) > 100:
            raise ValueError(f"{function.name}: too long for a getter")
        return line if returns.is_nullable else f"{line}.unwrap_or_default()"
    if returns.type.kind == "bool":
        return f"{indent}unsafe {{ ffi::{function.name}({', '.join(given)}) != 0 }}"
    return unsafe_block("", f"ffi::{function.name}", given, "", indent)


def constructed(api: Api, function: Function, param: Param) -> str:
    """The filled variable, as Rust has it."""
    if param.type.kind != "handle":
        return f"{name(param.name)} != 0" if param.type.kind == "bool" else name(param.name)
    owned = f"Owned::new({name(param.name)})"
    if keeps_parent(api, function, param):
        owned = f"Owned::within({name(param.name)}, &self.object)"
    owner = "Self" if function.kind == "constructor" else camel(param.type.name)
    return f"{owner}::adopt({owned})"


def call_body(api: Api, function: Function) -> str:
    """A call that may fail: outputs, the call, its code, what came of it."""
    lines = []
    callback = next((p for p in function.params if p.type.kind == "callback"), None)
    if callback:
        lines += [
            f"{INDENT}let kept = {callback.name}.map(Arc::new);",
            f"{INDENT}let (function, user_data) = {callback.type.name}_pair(kept.as_deref());",
        ]
    for param in function.outputs:
        start = "ptr::null_mut()" if param.type.kind == "handle" else "0"
        lines.append(f"{INDENT}let mut {name(param.name)} = {start};")
    lines.append(f"{INDENT}let mut err = ptr::null_mut();")
    given = arguments(function)
    lines.append(unsafe_block("let code = ", f"ffi::{function.name}", given, ";", INDENT))
    values = [constructed(api, function, param) for param in function.outputs]
    if callback:
        lines += [f"{INDENT}outcome(code, err)?;", f"{INDENT}self.{callback.name} = kept;"]
        lines.append(f"{INDENT}Ok(())")
    elif values:
        lines.append(f"{INDENT}outcome(code, err)?;")
        listed = values[0] if len(values) == 1 else f"({', '.join(values)})"
        lines.append(f"{INDENT}Ok({listed})")
    else:
        lines.append(f"{INDENT}outcome(code, err)")
    return "\n".join(lines)


def body(api: Api, function: Function) -> str:
    if function.returns:
        return getter_body(function, INDENT if function.handle else "    ")
    if function.kind == "signal":
        return unsafe_block("", f"ffi::{function.name}", arguments(function), "", INDENT)
    return call_body(api, function)
