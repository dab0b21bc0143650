"""How a use of each C function looks in Go sources that import the package."""

from __future__ import annotations

import re

from . import go_text
from .emit_go import Owner, is_options
from .model import PREFIX, Api, Function

# What the package calls by itself: around a constructor with options, for each error and context.
BESIDES = {
    "constructor": ("options_new", "options_free", "options_set_language"),
    "getter": ("error_free",),
}
BY_CONTEXT = ("cancel_new", "cancel_free", "cancel_set_check")


def _variables(text: str, owners: dict[str, Owner]) -> dict[str, set[str]]:
    """Names that hold an object, with the types that they may have."""
    types = "|".join(owners)
    found: dict[str, set[str]] = {}
    # Declared: `token *bmauth.Token`, `var zero bmauth.Client`, `range []*bmauth.Token`.
    declared = rf"\b(\w+)(?:,| :=)? (?:range )?(?:\[\])?\*?bmauth\.({types})\b"
    for name, type_ in re.findall(declared, text):
        found.setdefault(name, set()).add(type_)
    # Given: `route, err := client.Route(`.
    givers = {
        method.name: method.results[0].lstrip("*")
        for owner in owners.values()
        for method in owner.calls
        if len(method.results) == 1 and method.results[0].startswith("*")
    }
    for name, verb in re.findall(r"\b(\w+), \w+ :?= [\w.]+\.(\w+)\(", text):
        if verb in givers:
            found.setdefault(name, set()).add(givers[verb])
    return found


def _methods(api: Api, owner: Owner) -> dict[str, set[str]]:
    """The C functions behind each method of a type."""
    names = {m.name: {m.function.name} for m in (*owner.getters, *owner.calls, *owner.signals)}
    for items in owner.lists:
        functions = {items.count.name, *(item.name for item in items.items)}
        names[go_text.exported(items.name)] = functions
    closing = {owner.closing.name} if owner.closing else set()
    return names | {"Close": {owner.free.name} | closing}


def _pattern(function: Function, options: frozenset[str]) -> str:
    """How a use looks that needs no variable's type; empty: through a variable alone."""
    if function.kind == "setter" and function.handle in options:
        return rf"\bbmauth\.{go_text.option_name(function)}\b"
    if function.kind == "function" and function.params:
        method = go_text.exported(function.verb[len("code_") :])
        return rf"\b(?:bmauth\.Err\w+|code|number)\.{method}\("
    if function.kind == "function":
        return rf"\bbmauth\.{go_text.exported(function.verb)}\("
    if function.kind == "constructor" and function.handle not in options:
        return rf"\bbmauth\.New{go_text.exported(function.handle)}\("
    if function.kind == "getter" and function.handle == "error":
        return rf"\bfailure\.{go_text.method_name(function)}\b"
    return ""


def uses_in_go(api: Api, text: str) -> set[str]:
    """Functions behind the names of package bmauth that a source uses."""
    code = re.sub(r"//[^\n]*", "", text)
    options = frozenset(handle.name for handle in api.handles if is_options(api, handle.name))
    owners = {
        go_text.exported(handle.name): Owner(api, handle, options)
        for handle in api.handles
        if handle.name not in ("error", "cancel") and handle.name not in options
    }
    used: set[str] = set()
    for function in api.functions:
        pattern = _pattern(function, options)
        if pattern and re.search(pattern, code):
            used |= {function.name, *(PREFIX + name for name in BESIDES.get(function.kind, ()))}
    if re.search(r"\bcontext\.With(?:Cancel|Timeout)\(", code):
        used |= {PREFIX + name for name in BY_CONTEXT}
    for name, types in _variables(code, owners).items():
        called = set(re.findall(rf"\b{name}\.(\w+)\(", code))
        for type_ in types:
            methods = _methods(api, owners[type_])
            used |= {function for verb in called for function in methods.get(verb, ())}
    return used & {function.name for function in api.functions}
