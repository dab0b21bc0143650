"""What the gates of tests/abi compare with: symbols, typed pointers, coverage."""

from __future__ import annotations

from . import c_text
from .coverage import table
from .model import Api, Function
from .render import fold, render


def pointer(function: Function) -> str:
    """A pointer of exactly the function's type; another type does not compile.

    Declared before it is defined, so that no compiler misses a declaration.
    """
    name = f"bmauth_check_{function.name}"
    head = c_text.joined(c_text.return_type(function), f"(*{name})")
    listed = c_text.parameters(function) or ["void"]
    extern = fold(f"extern {head}", listed, ";")
    return extern + "\n" + fold(head, listed, f" = {function.name};")


def emit(api: Api, used: dict[str, set[str]]) -> dict[str, str]:
    names = sorted(function.name for function in api.functions)
    return {
        "capi/generated/abi_asserts.c": render(
            "abi_asserts.c.j2", api=api, c=c_text, pointer=pointer
        ),
        "tests/abi/symbols.txt": "\n".join(names) + "\n",
        "tests/abi/coverage.csv": table(api.functions, used),
    }
