"""The Python package: the low layer in C++, its stub, the names of the exceptions."""

from __future__ import annotations

from . import c_text, python_text
from .model import PREFIX, Api, Code, Function, ListProperty
from .python_classes import Owner, conjunction, constructor
from .python_methods import action, getter, list_getter, symbol
from .python_stub import stub_function, stub_init
from .render import c_string_lines, fold, render, wrap

FOLDER = "python/src/generated"
# What else an error of Python's own it is.
ALSO_IS = {"invalid_argument": "ValueError"}


def documentation(function: Function, words: python_text.Words) -> str:
    parts = [function.doc]
    if function.returns:
        parts.append(function.returns.doc)
        if function.returns.is_secret:
            parts.append("SECRET: never log, print or store it.")
    for param in python_text.inputs(function):
        if param.name != "cancel":
            parts.append(f"{param.name}: {param.doc}")
    parts += {"never": [], "io": ["Network."], "wait": ["Waits."]}[function.blocking]
    return words(" ".join(parts))


def doc_literal(text: str) -> str:
    quote = "\x01\x01"  # as wide as it will be in the literal
    return c_string_lines(text.replace('"', quote), " " * 5).replace(quote, '\\"')


def method_doc(function: Function, words: python_text.Words) -> str:
    """As the interpreter wants it: a signature that it cuts off, then the words."""
    head = f'"{python_text.signature(function)}\\n--\\n\\n"'
    return f"{head}\n     {doc_literal(documentation(function, words))}"


def method_row(function: Function, words: python_text.Words) -> str:
    name = symbol(function)
    flags = "METH_NOARGS"
    if python_text.inputs(function):
        name, flags = f"as_function({name})", "METH_FASTCALL | METH_KEYWORDS"
    return f'{{"{function.verb}", {name}, {flags},\n     {method_doc(function, words)}}}'


def list_doc(items: ListProperty) -> str:
    """Of a counted list: what its first item's getter says."""
    is_secret = any(item.returns and item.returns.is_secret for item in items.items)
    listed = items.items[0].doc.rstrip(".")
    secret = " SECRET: never log, print or store them." if is_secret else ""
    pairs = "" if len(items.items) == 1 else " and its value"
    return f"All of them: {listed[0].lower()}{listed[1:]}{pairs}.{secret}"


def error_row(code: Code) -> str:
    also = f"&PyExc_{ALSO_IS[code.name]}" if code.name in ALSO_IS else "nullptr"
    name = python_text.error_class(code.name)
    return f'{{{c_text.code_constant(code.name)}, "{name}", {also}}},'


def known_fact(fact: Function, known: set[str]) -> str:
    returns = fact.returns
    assert returns is not None
    if fact.verb == "code":
        value = "PyLong_FromLong(code)"
    elif fact.verb in known:
        value = python_text.returned(returns, f"{PREFIX}code_{fact.verb}(code)")
    elif returns.type.kind == "string" and not returns.is_nullable:
        value = 'text_or_none("")'
    else:
        value = python_text.returned(returns, f"{fact.name}(nullptr)")
    return fold("set_fact", ["facts", f'"{fact.verb}"', value], " &&", 9)


def error_fact(fact: Function) -> str:
    assert fact.returns is not None
    value = python_text.returned(fact.returns, f"{fact.name}(error)")
    return fold("set_attribute", ["raised", f'"{fact.verb}"', value], " &&", 9)


def emit(api: Api) -> dict[str, str]:
    words = python_text.Words(api)
    owners = [Owner(api, handle) for handle in python_text.shown_handles(api)]
    names = {function.name for function in api.functions}
    facts = [f for f in api.methods("error") if f.kind == "getter"]
    known = {f.verb for f in facts if f"{PREFIX}code_{f.verb}" in names}
    codes = [code for code in api.codes if code.name != "ok"]
    shared = {
        "api": api,
        "owners": owners,
        "codes": codes,
        "facts": facts,
        "known_facts": conjunction([known_fact(fact, known) for fact in facts]),
        "error_facts": conjunction([error_fact(fact) for fact in facts]),
        "error_row": error_row,
        "method_row": lambda function: method_row(function, words),
        "list_doc": list_doc,
        "stub_function": stub_function,
        "stub_init": stub_init,
        "functions": [f for f in api.functions if f.kind == "function"],
        "also_is": ALSO_IS,
        "c": c_text,
        "python": python_text,
        "words": words,
        "symbol": symbol,
        "getter": getter,
        "list_getter": list_getter,
        "action": action,
        "constructor": constructor,
        "documentation": lambda function: documentation(function, words),
        "doc_literal": lambda text: doc_literal(words(text)),
        "doc": lambda text, indent: wrap(words(text), indent),
    }
    outputs = {
        f"{FOLDER}/{name}": render(f"python_{name}.j2", **shared)
        for name in (
            "classes.cpp",
            "classes.h",
            "enums.h",
            "errors.h",
            "functions.cpp",
            "objects.h",
        )
    }
    for owner in owners:
        outputs[f"{FOLDER}/{owner.handle}.cpp"] = render(
            "python_handle.cpp.j2", owner=owner, **shared
        )
    for name in ("_errors.pyi", "_native.pyi"):
        outputs[f"python/bmauth/{name}"] = render(f"python{name}.j2", **shared)
    return outputs
