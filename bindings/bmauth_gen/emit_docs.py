"""The reference pages: docs/reference/api.md and docs/reference/errors.md."""

from __future__ import annotations

from . import c_text, emit_c
from .model import Api, Function
from .render import render, wrap


def signature(function: Function) -> str:
    head = c_text.joined(c_text.return_type(function), function.name)
    return c_text.declaration(head, function)


def bullet(name: str, facts: list[str], doc: str) -> str:
    text = f"{', '.join(facts)}: {doc}" if facts else doc
    return wrap(f"`{name}` {text}", "- ", "  ")


def rows(function: Function) -> list[str]:
    """Parameters and return value, one bullet each."""
    found = [
        bullet(p.name, emit_c.output_facts(p) if p.is_out else emit_c.input_facts(p), p.doc)
        for p in function.params
    ]
    if function.returns:
        facts = emit_c.return_facts(function.returns, function.handle)
        found.append(bullet("returns", facts, function.returns.doc))
    return found


def facts(function: Function) -> str:
    text = (
        f"Threads: {emit_c.THREADS[function.thread]}. "
        f"Blocking: {emit_c.BLOCKING[function.blocking]}. "
        f"Since {function.since}. Source: {function.source}."
    )
    if function.errors:
        links = ", ".join(f"[{name}](errors.md#{name})" for name in function.errors)
        text += f" Errors: {links}."
    return wrap(text)


def emit(api: Api) -> dict[str, str]:
    return {
        "docs/reference/api.md": render(
            "api.md.j2", api=api, emit_c=emit_c, signature=signature, rows=rows, facts=facts
        ),
        "docs/reference/errors.md": render("errors.md.j2", api=api, c=c_text),
    }
