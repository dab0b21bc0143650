"""How a use of each C function looks in Python that tests the package.

A member counts on a name or attribute that is called like its class (`token`, `event.report`), on what
was assigned from a call that gives one, and on such a call itself; an option as a keyword.
"""

from __future__ import annotations

import ast
from typing import Optional

from . import python_text
from .model import Api
from .render import camel


class _Uses(ast.NodeVisitor):
    def __init__(self, api: Api) -> None:
        self._api = api
        self._handles = {handle.name for handle in api.handles}
        self._classes = {camel(name): name for name in self._handles}
        self._givers = {
            function.verb: function.outputs[0].type.name
            for function in api.functions
            if function.kind == "action"
            and len(function.outputs) == 1
            and function.outputs[0].type.kind == "handle"
        }
        self._variables: dict[str, str] = {}
        self._members: dict[str, dict[str, set[str]]] = {}
        for name in self._handles:
            self._members[name] = {f.verb: {f.name} for f in api.methods(name)}
            for items in api.lists(name):
                functions = {items.count.name, *(item.name for item in items.items)}
                self._members[name][items.name] = functions
        self.used: set[str] = set()

    def _class_of(self, node: ast.expr) -> Optional[str]:
        if isinstance(node, ast.Await):
            return self._class_of(node.value)
        if isinstance(node, ast.Name):
            known = node.id if node.id in self._handles else None
            return self._variables.get(node.id, known)
        if isinstance(node, ast.Attribute):
            if node.attr == "value":  # of what pytest.raises caught
                return "error"
            return node.attr if node.attr in self._handles else None
        if isinstance(node, ast.Call):
            name = _last_name(node.func)
            return self._givers.get(name) or self._classes.get(name.replace("Async", ""))
        return None

    def _use_lives(self, handle: str) -> None:
        """What makes and frees an object, which Python does by itself."""
        kinds = ("constructor", "destructor")
        self.used |= {m.name for m in self._api.methods(handle) if m.kind in kinds}

    def visit_Assign(self, node: ast.Assign) -> None:
        handle = self._class_of(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name) and handle:
                self._variables[target.id] = handle
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        handle = self._class_of(node.value)
        found = self._members.get(handle, {}).get(node.attr) if handle else None
        if handle and found:
            self.used |= found
            self._use_lives(handle)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _last_name(node.func)
        for function in self._api.functions:
            if function.kind == "function" and function.verb == name:
                self.used.add(function.name)
        if self._class_of(node) == "client":
            self._use_options({keyword.arg for keyword in node.keywords})
        self.generic_visit(node)

    def _use_options(self, given: set[Optional[str]]) -> None:
        for handle in self._handles:
            if not python_text.is_settings(self._api, handle):
                continue
            self._use_lives(handle)
            for setter in self._api.methods(handle):
                if setter.kind == "setter" and setter.verb[len("set_") :] in given:
                    self.used.add(setter.name)


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def uses_in_python(api: Api, source: str) -> set[str]:
    """Functions behind the names of the package that a source uses."""
    uses = _Uses(api)
    uses.visit(ast.parse(source))
    return uses.used & {function.name for function in api.functions}
