"""The classes of the Python module: what each consists of, and how its constructor reads in C++."""

from __future__ import annotations

from . import python_text
from .model import Api, Function
from .python_methods import condition, parameters
from .render import camel, fold


class Owner:
    """One class of the low layer."""

    def __init__(self, api: Api, handle: str) -> None:
        self.handle, self.name = handle, camel(handle)
        described = next(row for row in api.handles if row.name == handle)
        self.doc = described.doc
        self.is_exclusive = described.thread == "one_at_a_time"
        self.lists = api.lists(handle)
        in_lists = {f.name for items in self.lists for f in (items.count, *items.items)}
        rest = [f for f in api.methods(handle) if f.name not in in_lists]
        self.constructor = next((f for f in rest if f.kind == "constructor"), None)
        self.properties = [f for f in rest if f.is_property]
        self.getters = [f for f in rest if f.kind == "getter" and not f.is_property]
        self.actions = [f for f in rest if f.kind in ("action", "signal", "setter")]
        self.has_check = any(p.type.kind == "callback" for f in self.actions for p in f.params)
        self.settings: list[Function] = []
        if self.constructor:
            for param in self.constructor.inputs:
                if param.type.kind == "handle" and python_text.is_settings(api, param.type.name):
                    setters = [m for m in api.methods(param.type.name) if m.kind == "setter"]
                    self.settings = setters

    @property
    def methods(self) -> list[Function]:
        return self.actions + self.getters

    @property
    def facts(self) -> list[Function]:
        """What repr() shows: neither secrets, nor what may be absent, nor the whole document."""
        return [
            f
            for f in self.properties
            if f.returns
            and not f.returns.is_secret
            and not f.returns.is_nullable
            and f.verb != "json"
        ]


def conjunction(tests: list[str]) -> str:
    """`a && b && c` of lines that end with `&&`."""
    return "\n".join(tests).strip().removesuffix(" &&")


def setting(setter: Function, index: int) -> str:
    name, kind = setter.verb[len("set_") :], setter.params[0].type.kind
    verb = {"string": "set_text", "bool": "set_flag", "int64": "set_int64"}[kind]
    if python_text.is_path(name):
        verb = "set_path"
    return fold(verb, ["options", f"slots[{index}]", f'"{name}"', setter.name], " &&", 6)


def constructor(owner: Owner) -> str:
    function = owner.constructor
    assert function is not None
    lines = [f"int {owner.handle}_init(PyObject* self, PyObject* args, PyObject* names) {{"]
    listed = python_text.inputs(function)
    out = function.outputs[0]
    if owner.settings:
        names = [setter.verb[len("set_") :] for setter in owner.settings]
        lines += ["  static Parameter parameters[] = {"]
        lines += [f'      {{"{name}", true, true}},' for name in names]
        lines += ["  };", f"  PyObject* slots[{len(names)}];"]
    elif listed:
        lines += parameters(function)
    else:
        lines += ["  PyObject** slots = nullptr;", "  Parameter* parameters = nullptr;"]
    size = "" if owner.settings or listed else " 0,"
    lines += [
        f"  if (!is_empty(self, class_of<{owner.name}>) ||",
        f'      !bind_init("{owner.name}", parameters,{size} args, names, slots)) {{',
        "    return -1;",
        "  }",
    ]
    if owner.settings:
        lines += constructor_with_settings(owner)
        given = ["options"]
    else:
        lines += [f"  {python_text.variable(param)}" for param in listed]
        readings = [
            f"!{python_text.reading(param, f'slots[{index}]')}"
            for index, param in enumerate(listed)
        ]
        if readings:
            lines += condition(readings, "-1")
        lines.append("  bmauth_error* err = nullptr;")
        given = [python_text.argument(param, False) for param in listed]
    lines.append(f"  {python_text.out_variable(out)}")
    lines.append(fold(function.name, [*given, f"&out_{out.name}", "&err"], ";", 2))
    if owner.settings:
        lines.append(f"  bmauth_{owner.settings[0].handle}_free(options);")
    lines += [
        "  if (err != nullptr) {",
        "    raise(err);",
        "    return -1;",
        "  }",
        f"  return fill_object<{owner.name}>(self, out_{out.name}) ? 0 : -1;",
        "}",
    ]
    return "\n".join(lines)


def constructor_with_settings(owner: Owner) -> list[str]:
    handle = owner.settings[0].handle
    sets = [setting(setter, index) for index, setter in enumerate(owner.settings)]
    return [
        f"  bmauth_{handle}* options = nullptr;",
        "  bmauth_error* err = nullptr;",
        f"  if (bmauth_{handle}_new(&options, &err) != BMAUTH_OK ||",
        "      preset(options, &err) != BMAUTH_OK) {",
        f"    bmauth_{handle}_free(options);",
        "    raise(err);",
        "    return -1;",
        "  }",
        "  const bool is_set =",
        f"      {conjunction(sets)};",
        "  if (!is_set) {",
        f"    bmauth_{handle}_free(options);",
        "    return -1;",
        "  }",
    ]
