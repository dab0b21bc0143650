"""Templates and text: the banner, wrapping at 100 columns, names in each language's case."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import jinja2

BANNER = "Generated from bindings/spec by bmauth_gen; do not edit."
COLUMNS = 100


def wrap(text: str, first: str = "", rest: str | None = None, columns: int = COLUMNS) -> str:
    """`text` in lines of at most `columns`, the first behind `first`, the others behind `rest`."""
    rest = first if rest is None else rest
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            lines.append(rest.rstrip())
        lines += textwrap.wrap(
            paragraph,
            width=columns,
            initial_indent=rest if number else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def fold(head: str, pieces: list[str], end: str, indent: int = 0) -> str:
    """`head(piece, piece)end`, in as many lines as the page needs, behind the parenthesis."""
    pad = " " * indent
    line = f"{pad}{head}({', '.join(pieces)}){end}"
    if len(line) <= COLUMNS:
        return line
    closed = [f"{piece}," for piece in pieces[:-1]] + [f"{pieces[-1]}){end}"]
    hang = " " * (indent + len(head) + 1)
    if len(hang) + max(len(piece) for piece in closed) <= COLUMNS:
        lines = _full_lines(f"{pad}{head}(", hang, closed)
    else:
        lines = [f"{pad}{head}(", *_full_lines(f"{pad}    ", f"{pad}    ", closed)]
    return "\n".join(lines)


def _full_lines(first: str, rest: str, pieces: list[str]) -> list[str]:
    """Lines of whole pieces, a space between two, as full as the page allows."""
    lines, current, is_empty = [], first, True
    for piece in pieces:
        joint = "" if is_empty else " "
        if not is_empty and len(current) + len(joint) + len(piece) > COLUMNS:
            lines.append(current)
            current, joint = rest, ""
        current += joint + piece
        is_empty = False
    return [*lines, current]


def camel(name: str) -> str:
    """`no_credentials` as `NoCredentials`."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def c_string(text: str) -> str:
    """`text` as a C string literal; the spec's texts are printable ASCII."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def c_string_lines(text: str, indent: str) -> str:
    """`text` as adjacent C string literals that fit the page; the first stands where it is put."""
    pieces = textwrap.wrap(
        text,
        width=COLUMNS - len(indent) - 4,
        drop_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"\n{indent}".join(c_string(piece) for piece in pieces)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.globals["banner"] = BANNER
    environment.filters.update(
        camel=camel, c_string=c_string, c_string_lines=c_string_lines, wrap=wrap
    )
    return environment


_ENVIRONMENT = _environment()


def render(template: str, **values: Any) -> str:
    """The template's text with `values`; an undefined name is an error."""
    return _ENVIRONMENT.get_template(template).render(**values).rstrip("\n") + "\n"
