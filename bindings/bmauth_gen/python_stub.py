"""Functions and constructors as the stub declares them."""

from __future__ import annotations

from . import python_text
from .model import Function
from .python_classes import Owner
from .render import fold


def stub_function(function: Function, indent: str) -> str:
    pieces = ["self"] if function.takes_handle else []
    pieces += python_text.stub_parameters(function)
    head = f"def {function.verb}"
    return fold(head, pieces, f" -> {python_text.stub_result(function)}: ...", len(indent))


def stub_init(owner: Owner) -> str:
    if owner.settings:
        rows = [
            f"        {setter.verb[4:]}: {python_text.option_type(setter)} | None = None,"
            for setter in owner.settings
        ]
        return "\n".join(
            ["    def __init__(", "        self,", "        *,", *rows, "    ) -> None: ..."]
        )
    assert owner.constructor is not None
    pieces = ["self", *python_text.stub_parameters(owner.constructor)]
    return fold("def __init__", pieces, " -> None: ...", 4)
