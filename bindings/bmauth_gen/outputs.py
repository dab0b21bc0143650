"""All outputs together: written to the tree, or compared with it byte by byte."""

from __future__ import annotations

import difflib
from pathlib import Path

from . import (
    emit_c,
    emit_core,
    emit_cpp,
    emit_docs,
    emit_go,
    emit_node,
    emit_python,
    emit_rust,
    emit_tests,
)
from .coverage import measure
from .model import Api


def outputs(api: Api, root: Path) -> dict[str, str]:
    """Text of every generated file by its path in the repository. A new language is a new line."""
    common = api.without_memory()
    return {
        **emit_core.emit(api),
        **emit_c.emit(api),
        **emit_cpp.emit(api),
        **emit_python.emit(common),
        **emit_node.emit(common),
        **emit_go.emit(common),
        **emit_rust.emit(api),
        **emit_tests.emit(api, measure(api, root)),
        **emit_docs.emit(api),
    }


def write(api: Api, root: Path) -> list[str]:
    """Writes what differs; the paths written."""
    written = []
    for path, text in outputs(api, root).items():
        target = root / path
        if target.exists() and target.read_bytes() == text.encode():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
        written.append(path)
    return written


def differences(api: Api, root: Path) -> list[str]:
    """Lines of a diff from what is in the tree to what the spec says; empty if all is fresh."""
    found: list[str] = []
    for path, text in outputs(api, root).items():
        target = root / path
        present = target.read_bytes() if target.exists() else b""
        if present == text.encode():
            continue
        found += difflib.unified_diff(
            present.decode(errors="replace").splitlines(),
            text.splitlines(),
            f"{path} (in the tree)",
            f"{path} (from the spec)",
            lineterm="",
        )
        found.append(f"{path} is stale")  # also where the diff shows nothing: line ends
    return found
