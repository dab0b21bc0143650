"""Which function is used by which language's tests, read from the sources.

The gates of tests/abi name every function without testing its behaviour, so they do not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .model import Api, Function
from .render import camel
from .uses_go import uses_in_go
from .uses_node import uses_in_node
from .uses_python import uses_in_python
from .uses_rust import uses_in_rust

Uses = Callable[[Api, str], set[str]]


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.DOTALL)


def uses_in_c(api: Api, text: str) -> set[str]:
    """Functions named in code: called, or put into a table."""
    code = _without_comments(text)
    found = set(re.findall(r"\bbmauth_[a-z0-9_]+\b", code))
    # A macro that pastes names: `#define SET(name) bmauth_options_set_##name(...)`, SET(issuer).
    for macro, body in re.findall(r"#define (\w+)\(\w.*?\)((?:.*\\\n)*.*)", code):
        for stem in re.findall(r"\b(bmauth_\w+)##", body):
            found |= {stem + word for word in re.findall(rf"\b{macro}\((\w+)", code)}
    return found & {function.name for function in api.functions}


def _returned_classes(api: Api) -> dict[str, str]:
    """Methods that give one object: method name to class. Names are unique among them."""
    return {
        function.verb: camel(function.outputs[0].type.name)
        for function in api.functions
        if function.kind == "action"
        and len(function.outputs) == 1
        and function.outputs[0].type.kind == "handle"
    }


def _variables(api: Api, text: str) -> dict[str, set[str]]:
    """Names that hold or give objects of bmauth.hpp, with the classes they may be of."""
    classes = "|".join(camel(handle.name) for handle in api.handles)
    found: dict[str, set[str]] = {}
    for class_name, name in re.findall(rf"\b({classes})\b[\s&*>]*\b(\w+)", text):
        found.setdefault(name, set()).add(class_name)
    givers = _returned_classes(api)
    given = rf"\bauto\s*&*\s*(\w+)\s*=\s*[\w.>()-]*?(?:\.|->)({'|'.join(givers) or '-'})\("
    for name, verb in re.findall(given, text):
        found.setdefault(name, set()).add(givers[verb])
    return found


def _cpp_names(api: Api) -> dict[tuple[str, str], set[str]]:
    """(class, method) to the C functions behind it."""
    names: dict[tuple[str, str], set[str]] = {}
    for handle in api.handles:
        class_name = camel(handle.name)
        for method in api.methods(handle.name):
            names.setdefault((class_name, method.verb), set()).add(method.name)
        for items in api.lists(handle.name):
            functions = {items.count.name, *(item.name for item in items.items)}
            names[class_name, items.name] = functions
    return names


def uses_in_cpp(api: Api, text: str) -> set[str]:
    """Methods of bmauth.hpp called on names whose class the source tells."""
    text = _without_comments(text)
    used: set[str] = set()
    for function in api.functions:
        free_call = rf"(?<![\w.>])(?:bmauth::)?{function.verb}\("
        if function.kind == "function" and re.search(free_call, text):
            used.add(function.name)
    names = _cpp_names(api)
    for name, classes in _variables(api, text).items():
        # `login.state(`, `login->state(`, `(*login).state(`, `made_by(call).state(`
        calls = rf"\b{name}(?:\)|\([^()]*\))?(?:\.|->)(\w+)\("
        for verb in re.findall(calls, text):
            for class_name in classes:
                used |= names.get((class_name, verb), set())
    for class_name, verb in re.findall(r"&(?:bmauth::)?(\w+)::(\w+)", text):
        used |= names.get((class_name, verb), set())
    for handle in api.handles:
        if re.search(rf"\b{camel(handle.name)}\b", text):
            used |= {
                m.name for m in api.methods(handle.name) if m.kind in ("constructor", "destructor")
            }
    return used & {function.name for function in api.functions}


def uses_in_command(api: Api, text: str) -> set[str]:
    """The command is C++ and may use both headers."""
    return uses_in_c(api, text) | uses_in_cpp(api, text)


@dataclass(frozen=True)
class Language:
    name: str
    patterns: tuple[str, ...]  # files of the repository
    marker: str  # what a file contains that belongs to this language's tests
    uses: Uses


PYTHON_TESTS = ("python/tests/*.py", "tests/scenarios/drivers/*.py")
NODE_TESTS = ("node/test/*.mjs", "tests/scenarios/drivers/*.mjs")
GO_TESTS = ("bindings/go/**/*_test.go", "tests/scenarios/drivers/go/*.go")
RUST_TESTS = ("bindings/rust/bmauth/tests/**/*.rs", "tests/scenarios/drivers/rust/**/*.rs")

# A further language is one line: its sources, and how a use looks in them.
LANGUAGES = (
    Language("c", ("tests/**/*.c", "tests/**/*.cpp"), "bmauth.h", uses_in_c),
    Language("cpp", ("tests/**/*.cpp",), "bmauth.hpp", uses_in_cpp),
    Language("command", ("capi/cli/*.cpp", "capi/cli/*.h"), "", uses_in_command),
    Language("python", PYTHON_TESTS, "bmauth", uses_in_python),
    Language("node", NODE_TESTS, "bmauth", uses_in_node),
    Language("go", GO_TESTS, "bmauth", uses_in_go),
    Language("rust", RUST_TESTS, "", uses_in_rust),
)


def measure(api: Api, root: Path) -> dict[str, set[str]]:
    """Used functions by language."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        texts = []
        for path in sorted({path for pattern in language.patterns for path in root.glob(pattern)}):
            parts = path.relative_to(root).parts
            if parts[:2] == ("tests", "abi") or "node_modules" in parts:
                continue
            text = path.read_text(encoding="utf-8", errors="replace")
            if language.marker in text:
                texts.append(text)
        found[language.name] = language.uses(api, "\n".join(texts))
    return found


def table(functions: tuple[Function, ...], used: dict[str, set[str]]) -> str:
    """Function by language as CSV: yes, or nothing."""
    lines = [",".join(["function", *used])]
    for function in functions:
        cells = ["yes" if function.name in names else "" for names in used.values()]
        lines.append(",".join([function.name, *cells]))
    return "\n".join(lines) + "\n"
