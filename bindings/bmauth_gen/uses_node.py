"""How a use of each C function looks in JavaScript that tests the package.

A property or method counts on a variable that is named after its class (`token`, `login`), on a call
that gives one (`client.freshToken().kind`), or where it is taken apart (`const { kind } = token`).
"""

from __future__ import annotations

import re

from . import node_text as text
from .emit_node import fact_name, is_bag
from .model import Api, Function
from .render import camel

CALL = r"\((?:[^()]|\([^()]*\))*\)"


def _givers(api: Api, handle: str) -> list[str]:
    """Names behind which an object of that class stands."""
    methods = [
        text.lower_camel(function.verb)
        for function in api.functions
        if function.kind == "action"
        and len(function.outputs) == 1
        and function.outputs[0].type.name == handle
    ]
    calls = [rf"{re.escape(method)}{CALL}\)?" for method in methods]
    return [rf"\b{text.lower_camel(handle)}", *(rf"\.{call}" for call in calls)]


def _members(api: Api, handle: str) -> dict[str, set[str]]:
    """The C functions behind each member of a class."""
    found = {text.lower_camel(f.verb): {f.name} for f in api.methods(handle)}
    for items in api.lists(handle):
        functions = {items.count.name, *(item.name for item in items.items)}
        found[text.lower_camel(items.name)] = functions
    if handle == "error":
        found = {fact_name(f): {f.name} for f in api.methods(handle) if f.kind == "getter"}
    return found


def _used_members(code: str, givers: list[str]) -> set[str]:
    found: set[str] = set()
    for giver in givers:
        found |= set(re.findall(rf"{giver}\??\.(\w+)", code))
        for names in re.findall(rf"\{{([\w\s,:]+)\}} = (?:await )?\w*{giver}\b", code):
            found |= set(re.findall(r"\w+", names))
    return found


def _lives(api: Api, handle: str) -> set[str]:
    """What makes and frees an object, which a collected language does by itself."""
    kinds = ("constructor", "destructor")
    return {method.name for method in api.methods(handle) if method.kind in kinds}


def _settings(api: Api, code: str) -> set[str]:
    """Options that stand in code as members of an object."""
    used: set[str] = set()
    for handle in api.handles:
        if not is_bag(api, handle.name):
            continue
        for setter in api.methods(handle.name):
            name = text.lower_camel(setter.verb[len("set_") :])
            if setter.kind == "setter" and re.search(rf"\b{name}(?::|,| \}})", code):
                used |= {setter.name} | _lives(api, handle.name)
    return used


def _is_called(function: Function, code: str) -> bool:
    name = text.lower_camel(function.verb)
    return function.kind == "function" and re.search(rf"\b{name}\(", code) is not None


def uses_in_node(api: Api, source: str) -> set[str]:
    """Functions behind the names of the package that a source uses."""
    code = re.sub(r"(?<!')/\*.*?\*/|(?<!:)//[^\n]*", " ", source, flags=re.DOTALL)
    used = {function.name for function in api.functions if _is_called(function, code)}
    used |= _settings(api, code)
    for handle in api.handles:
        members = _members(api, handle.name)
        found = _used_members(code, _givers(api, handle.name)) & members.keys()
        for name in found:
            used |= members[name]
        if found or re.search(rf"new (?:\w+\.)?{camel(handle.name)}\(", code):
            used |= _lives(api, handle.name)
    return used
