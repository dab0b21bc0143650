"""What an import does: little. And what the module is made of."""

from __future__ import annotations

import subprocess
import sys

import bmauth
import pytest
from conftest import BUILD

HEAVY = ["asyncio", "typing", "dataclasses", "enum", "json", "logging", "collections", "ssl", "re"]
(MODULE,) = (BUILD / "python/bmauth").glob("_native*.so")


def python(source: str) -> str:
    """Said by an interpreter that has loaded nothing but itself."""
    path = f"import sys; sys.path.insert(0, {str(BUILD / 'python')!r}); "
    words = [sys.executable, "-I", "-S", "-c", path + source]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def test_an_import_loads_nothing_heavy() -> None:
    loaded = python("import bmauth; print(*sys.modules)").split()
    assert "bmauth._native" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_a_client_loads_nothing_heavy_either() -> None:
    source = "import bmauth; bmauth.Client().close(); print(*sys.modules)"
    loaded = python(source).split()
    assert [name for name in HEAVY if name in loaded] == []


def test_names_are_there_before_they_are_loaded() -> None:
    names = python("import bmauth; print(*dir(bmauth))").split()
    wanted = {"AsyncClient", "Client", "Error", "Headers", "NoCredentialsError", "httpx_auth"}
    assert wanted < set(names)


def test_a_star_import_brings_every_public_name() -> None:
    names = set(python("from bmauth import *; print(*globals())").split())
    wanted = {"AsyncClient", "Cancel", "Client", "Error", "Headers", "Login", "LoginEvent"}
    wanted |= {
        "LoginPrompt",
        "ModeResult",
        "NeedsRefreshError",
        "Report",
        "Route",
        "TimeoutError",
        "Token",
    }
    assert wanted < names and "_native" not in names
    for name in sorted(names & set(dir(bmauth))):
        assert not name.startswith("_") or name.startswith("__")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'bmauth' has no attribute 'Klient'"):
        _ = bmauth.Klient  # type: ignore[attr-defined]


def test_the_module_exports_its_entry_alone() -> None:
    listed = subprocess.run(
        ["nm", "-D", "--defined-only", str(MODULE)], check=True, capture_output=True, text=True
    ).stdout
    assert [line.split()[-1] for line in listed.splitlines()] == ["PyInit__native"]


def test_the_module_needs_no_curl_no_openssl_and_no_libstdcxx() -> None:
    listed = subprocess.run(
        ["readelf", "-d", str(MODULE)], check=True, capture_output=True, text=True
    ).stdout
    needed = [
        line.split("[")[1].split(".so")[0] for line in listed.splitlines() if "NEEDED" in line
    ]
    assert set(needed) <= {"libc", "libm", "ld-linux-x86-64", "ld-linux-aarch64"}
    assert "BIND_NOW" in listed and "RUNPATH" not in listed and "RPATH" not in listed


def test_methods_tell_their_signatures() -> None:
    import inspect

    from bmauth import _native

    assert str(inspect.signature(_native.Client.token)) == (
        "(self, /, purpose, min_validity_ms, cancel=None)"
    )
    assert str(inspect.signature(bmauth.Client.header)) == "(self, /, purpose='account')"
    for kind in (_native.Client, _native.Login, _native.Token, _native.Route, _native.Report):
        for name, member in vars(kind).items():
            assert name.startswith("_") or member.__doc__, f"{kind.__name__}.{name} has no words"
