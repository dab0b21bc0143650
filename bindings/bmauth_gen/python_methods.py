"""The C++ function behind each method, property and function of the Python module."""

from __future__ import annotations

from . import python_text
from .model import PREFIX, Function, ListProperty
from .render import camel, fold


def symbol(function: Function) -> str:
    """The C++ function behind a method."""
    return function.name[len(PREFIX) :]


def parameters(function: Function) -> list[str]:
    """The table of a method's parameters, and one slot for each."""
    listed = python_text.inputs(function)
    optional = python_text.optional_names(function)
    rows = [f'{{"{p.name}", true}}' if p.name in optional else f'{{"{p.name}"}}' for p in listed]
    table = f"  static Parameter parameters[] = {{{', '.join(rows)}}};"
    if len(table) > 100:
        table = "\n".join(
            ["  static Parameter parameters[] = {", *(f"      {row}," for row in rows), "  };"]
        )
    return [table, f"  PyObject* slots[{len(listed)}];"]


def condition(tests: list[str], failure: str) -> list[str]:
    """`if (a || b) return failure;`, a line for each test where one line is too short."""
    line = f"  if ({' || '.join(tests)}) return {failure};"
    if len(line) <= 100:
        return [line]
    joined = " ||\n      ".join(tests)
    return [f"  if ({joined}) {{", f"    return {failure};", "  }"]


def head(function: Function) -> str:
    name = f"PyObject* {symbol(function)}"
    self = "PyObject* self" if function.takes_handle else "PyObject*"
    if not python_text.inputs(function):
        return f"{name}({self}, PyObject*) {{"
    pieces = [self, "PyObject* const* values", "Py_ssize_t count", "PyObject* names"]
    return fold(name, pieces, " {")


def opening(function: Function) -> list[str]:
    """The object, and the arguments as C values."""
    listed = python_text.inputs(function)
    lines = [head(function)]
    tests = []
    if function.takes_handle:
        owner = camel(function.handle)
        lines.append(f"  auto* {function.handle} = object_in<{owner}>(self);")
        tests.append(f"{function.handle} == nullptr")
    if listed:
        lines += parameters(function)
        tests.append(f'!bind("{function.verb}", parameters, {{values, count, names}}, slots)')
    if tests:
        lines += condition(tests, "nullptr")
    lines += [f"  {python_text.variable(param)}" for param in listed]
    readings = [
        f"!{python_text.reading(param, f'slots[{index}]')}" for index, param in enumerate(listed)
    ]
    if readings:
        lines += condition(readings, "nullptr")
    return lines


def getter(function: Function) -> str:
    """A property, or a getter that takes something, or a function of the module."""
    returns = function.returns
    assert returns is not None
    if function.is_property:
        lines = [
            f"PyObject* {symbol(function)}(PyObject* self, void*) {{",
            f"  auto* {function.handle} = object_in<{camel(function.handle)}>(self);",
            f"  if ({function.handle} == nullptr) return nullptr;",
        ]
    else:
        lines = opening(function)
    value = python_text.returned(returns, python_text.call(function, 0, ""))
    return "\n".join([*lines, f"  return {value};", "}"])


def list_getter(items: ListProperty, handle: str) -> str:
    kind = "list_of" if len(items.items) == 1 else "dict_of"
    pieces = [f"{handle}->get()", items.count.name, *(item.name for item in items.items)]
    return "\n".join(
        [
            f"PyObject* {handle}_{items.name}(PyObject* self, void*) {{",
            f"  auto* {handle} = object_in<{camel(handle)}>(self);",
            f"  if ({handle} == nullptr) return nullptr;",
            fold(f"return {kind}", pieces, ";", 2),
            "}",
        ]
    )


def result(function: Function) -> list[str]:
    owner = camel(function.handle)
    outputs = [python_text.out_value(param, owner) for param in function.outputs]
    if not outputs:
        return ["  Py_RETURN_NONE;"]
    if len(outputs) == 1:
        return [f"  return {outputs[0]};"]
    return [fold("return pack", outputs, ";", 2)]


def waiting_call(function: Function, is_exclusive: bool) -> list[str]:
    """Outside of the interpreter; what it made is dropped if something was raised meanwhile."""
    exclusive = "true" if is_exclusive else "false"
    handles = [p for p in function.outputs if p.type.kind == "handle"]
    start = f"run_outside(*{function.handle}, {exclusive}, cancel, [&](bmauth_cancel* stop) {{"
    return [
        f"  const bool is_done =\n      {start}"
        if len(start) > 75
        else f"  const bool is_done = {start}",
        python_text.call(function, 8 if len(start) > 75 else 4, ";"),
        "      });" if len(start) > 75 else "  });",
        "  if (!is_done) {",
        *(f"    bmauth_{p.type.name}_free(out_{p.name});" for p in handles),
        "    bmauth_error_free(err);",
        "    return nullptr;",
        "  }",
    ]


def action(function: Function, is_exclusive: bool) -> str:
    lines = opening(function)
    callback = next((p for p in function.params if p.type.kind == "callback"), None)
    if callback:
        # Calls ask it themselves, with the interpreter's lock: see calls.cpp.
        lines += [f"  keep_callback({function.handle}->check, {callback.name});"]
        return "\n".join([*lines, "  Py_RETURN_NONE;", "}"])
    if function.kind == "signal":
        lines += [python_text.call(function, 2, ";"), f"  {function.handle}->forget();"]
        return "\n".join([*lines, "  Py_RETURN_NONE;", "}"])
    lines += [f"  {python_text.out_variable(param)}" for param in function.outputs]
    lines.append("  bmauth_error* err = nullptr;")
    if function.blocking == "never":
        lines.append(python_text.call(function, 2, ";"))
    else:
        lines += waiting_call(function, is_exclusive)
    lines += ["  if (err != nullptr) return raise(err);", *result(function), "}"]
    return "\n".join(lines)
