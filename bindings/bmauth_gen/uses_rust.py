"""How a use of the C ABI looks in Rust sources: a method of the crate `bmauth` on a name or a call
whose type the source tells, or whose name no other type has."""

from __future__ import annotations

import re

from .model import Api
from .render import camel
from .rust_text import method

# Methods that std's types have too: they count on a known type alone.
OF_STD = {"code", "count", "kind", "name", "source", "text"}
ARGUMENTS = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
GIVEN = r"(?:\?|\s*\.unwrap\(\))"


def _names(api: Api) -> dict[tuple[str, str], set[str]]:
    """(type, method) to the C functions behind it."""
    names: dict[tuple[str, str], set[str]] = {}
    for handle in api.handles:
        for function in api.methods(handle.name):
            names[camel(handle.name), method(function)] = {function.name}
        for items in api.lists(handle.name):
            functions = {items.count.name, *(item.name for item in items.items)}
            names[camel(handle.name), items.name] = functions
    for function in api.functions:
        if function.module == "code":
            names["ErrorCode", function.verb[len("code_") :]] = {function.name}
    return names


def _givers(api: Api) -> dict[str, str]:
    """Methods that give one object, and its type; `code` and `unwrap_err` give what fails."""
    found = {
        method(function): camel(function.outputs[0].type.name)
        for function in api.functions
        if function.kind == "action"
        and len(function.outputs) == 1
        and function.outputs[0].type.kind == "handle"
    }
    return found | {"code": "ErrorCode", "unwrap_err": "Error"}


def _typed(api: Api, text: str) -> list[tuple[str, str]]:
    """(type, method) of every call on something whose type the source tells."""
    types = "|".join([*(camel(handle.name) for handle in api.handles), "ErrorCode"])
    givers = _givers(api)
    verbs = "|".join(givers)
    variables: set[tuple[str, str]] = set()
    for variable, kind in re.findall(rf"\b(\w+): &?(?:mut )?({types})\b", text):
        variables.add((variable, kind))
    for variable, kind in re.findall(rf"\blet (?:mut )?(\w+) = ({types})::(?:new|from)\b", text):
        variables.add((variable, kind))
    given = rf"\blet (?:mut )?(\w+) =[^;]*?\.({verbs}){ARGUMENTS}(?:{GIVEN})?;"
    for variable, verb in re.findall(given, text):
        variables.add((variable, givers[verb]))
    calls = re.findall(rf"\b({types})::(\w+)", text)
    calls += re.findall(rf"\b(ErrorCode)::\w+(?:{ARGUMENTS})?\s*\.(\w+)\(", text)
    for variable, kind in variables:
        calls += [(kind, verb) for verb in re.findall(rf"\b{variable}\s*\.(\w+)\(", text)]
    chained = rf"\.({verbs}){ARGUMENTS}(?:{GIVEN})*\s*\.(\w+)\("
    calls += [(givers[giver], verb) for giver, verb in re.findall(chained, text)]
    return calls


def uses_in_rust(api: Api, text: str) -> set[str]:
    text = re.sub(r"//[^\n]*", " ", text)
    names = _names(api)
    used: set[str] = set()
    for call in _typed(api, text):
        used |= names.get(call, set())
    owners: dict[str, set[str]] = {}
    for kind, verb in names:
        owners.setdefault(verb, set()).add(kind)
    for verb in set(re.findall(r"\.(\w+)\(", text)) - OF_STD:
        if len(owners.get(verb, ())) == 1:
            used |= names[next(iter(owners[verb])), verb]
    for function in api.functions:
        if function.kind == "function" and re.search(rf"\bbmauth::{function.verb}\(", text):
            used.add(function.name)
        if function.kind == "destructor" and re.search(rf"\b{camel(function.handle)}\b", text):
            used.add(function.name)
    return used
