"""The error table as the core uses it: core/error_table.h and core/error_table.cpp."""

from __future__ import annotations

from .model import Api
from .render import render


def emit(api: Api) -> dict[str, str]:
    fallback = next(row for row in api.codes if row.name == "internal")
    return {
        "core/error_table.h": render("error_table.h.j2", codes=api.codes),
        "core/error_table.cpp": render("error_table.cpp.j2", codes=api.codes, fallback=fallback),
    }
