"""The C header, which is the manual, and the version script."""

from __future__ import annotations

from . import c_text
from .model import PREFIX, Api, Callback, Function, Handle, Param, Return
from .render import COLUMNS, render, wrap

THREADS = {"any": "any thread", "one_at_a_time": "one at a time"}
HANDLE_THREADS = {
    "immutable": "Immutable: any thread may read it.",
    "locked": "Locks inside: any thread may use it.",
    "one_at_a_time": "One thread at a time.",
}
BLOCKING = {"never": "does not wait", "io": "network", "wait": "waits"}
UNITS = {
    "ms": "milliseconds",
    "s": "seconds",
    "unix_s": "seconds since 1970 (Unix time)",
    "bytes": "bytes",
    "count": "a count",
    "none": "",
}
IN_OWNERSHIP = {
    "copied": "copied",
    "borrowed": "used during the call alone",
    "retained": "kept by the object, stays yours",
}


def comment(lines: list[str]) -> str:
    """A comment block from parts; an empty part is an empty line."""
    if len(lines) == 1 and len(lines[0]) < 92 and "\n" not in lines[0]:
        return f"/** {lines[0]} */"
    text = "\n".join(wrap(line, " * ") if line else " *" for line in lines)
    return f"/**\n{text}\n */"


def inner(text: str) -> str:
    """A comment on the next line inside of braces; the page ends before its ` */`."""
    return wrap(text, "  /* ", "   * ", COLUMNS - 3) + " */"


def described(name: str, width: int, facts: list[str], doc: str) -> str:
    """`name  facts: doc`, hanging behind the name."""
    head = f" *   {name.ljust(width)}  "
    text = f"{', '.join(facts)}: {doc}" if facts else doc
    return wrap(text, head, " *" + " " * (len(head) - 2))


def input_facts(param: Param) -> list[str]:
    facts = ["filled" if param.type.kind == "buffer" else "in"]
    if param.is_nullable:
        facts.append("may be NULL")
    if UNITS.get(param.unit):
        facts.append(UNITS[param.unit])
    if param.type.kind == "enum":
        facts.append(f"{PREFIX}{param.type.name}")
    if param.is_secret:
        facts.append("SECRET")
    if param.ownership:
        facts.append(IN_OWNERSHIP[param.ownership])
    return facts


def output_facts(param: Param) -> list[str]:
    facts = ["out"]
    if param.type.kind == "handle":
        facts.append(f"yours, free with {PREFIX}{param.type.name}_free")
    if UNITS.get(param.unit):
        facts.append(UNITS[param.unit])
    if param.type.kind == "enum":
        facts.append(f"{PREFIX}{param.type.name}")
    return facts


def return_facts(returns: Return, handle: str) -> list[str]:
    facts = []
    if returns.is_secret:
        facts.append("SECRET")
    if UNITS.get(returns.unit):
        facts.append(UNITS[returns.unit])
    if returns.ownership == "borrowed":
        facts.append(f"borrowed from {handle}")
    return facts


def function_comment(function: Function) -> str:
    rows = [
        (p.name, output_facts(p) if p.is_out else input_facts(p), p.doc) for p in function.params
    ]
    if function.returns:
        rows.append(
            ("returns", return_facts(function.returns, function.handle), function.returns.doc)
        )
    width = max((len(name) for name, _, _ in rows), default=0)
    lines = [wrap(function.doc, " * ")]
    if rows:
        lines.append(" *")
        lines += [described(name, width, facts, doc) for name, facts, doc in rows]
    lines.append(" *")
    facts = f"Threads: {THREADS[function.thread]}. Blocking: {BLOCKING[function.blocking]}."
    facts += f" Since {function.since}. Source: {function.source}."
    lines.append(wrap(facts, " * "))
    if function.errors:
        lines.append(wrap(f"Errors: {', '.join(function.errors)}.", " * "))
    text = "\n".join(lines)
    return f"/**\n{text}\n */"


def function_declaration(function: Function) -> str:
    head = "BMAUTH_API " + c_text.joined(c_text.return_type(function), function.name)
    return c_text.declaration(head, function)


def handle_comment(handle: Handle) -> str:
    return comment([f"{handle.doc} {HANDLE_THREADS[handle.thread]}"])


def callback_comment(callback: Callback) -> str:
    width = len("user_data")
    return "\n".join(
        [
            "/**",
            wrap(callback.doc, " * "),
            " *",
            described("user_data", width, ["in"], callback.user_data_doc),
            described("returns", width, [], callback.returns_doc),
            " *",
            f" * Since {callback.since}.",
            " */",
        ]
    )


def banner_comment(title: str, doc: str) -> str:
    line = f"/* ---- {title} " + "-" * (93 - len(title)) + "\n"
    return line[:100].rstrip() + "\n" + wrap(doc, " * ") + "\n */"


def index_comment(api: Api) -> str:
    """Which section holds what, in the header's order."""
    width = max(len(module.title) for module in api.modules)
    rows = [
        described(m.title, width, [], m.doc.split(". ")[0].rstrip(".") + ".") for m in api.modules
    ]
    return "\n".join(rows)


def emit(api: Api) -> dict[str, str]:
    header = render(
        "bmauth.h.j2",
        api=api,
        c=c_text,
        comment=comment,
        inner=inner,
        banner_comment=banner_comment,
        callback_comment=callback_comment,
        function_comment=function_comment,
        function_declaration=function_declaration,
        handle_comment=handle_comment,
        index=index_comment(api),
    )
    script = render("bmauth.map.j2", names=[function.name for function in api.functions])
    return {"capi/include/bmauth.h": header, "capi/generated/bmauth.map": script}
