"""Python: the warm header, a whole process that prints one, and what the import costs."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path

from bench.claims import Claim, Measured, Missing, Row
from bench.peers import python_peers
from bench.processes import Process, printed_times, time_processes, wanted, with_session
from bench.reports import measured_by
from bench.setting import Setting

FOLDER = Path(__file__).resolve().parents[1]
FLOOR = "empty_package"
VERSION = f"Python {platform.python_version()}"
# The interpreter itself, no shim; -I: neither this folder nor the environment nor the user's packages.
ISOLATED = [os.path.realpath(sys.executable), "-I", "-c"]

PRINT_HEADER = """
import sys
sys.path.insert(0, sys.argv[1])
import bmauth
with bmauth.Client() as client:
    print(client.header())
"""

IMPORT = """
import sys, time
sys.path[:0] = sys.argv[2:]
began = time.perf_counter_ns()
__import__(sys.argv[1])
print(time.perf_counter_ns() - began)
"""


def packages(setting: Setting) -> Path:
    """The subjects that are ours, side by side in one folder."""
    wanted(setting.build, "python/bmauth", "tests/python")
    place = setting.scratch / "python"
    if place.exists():
        return place
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(setting.build / "python/bmauth", place / "bmauth", ignore=ignored)
    floor = place / FLOOR
    floor.mkdir()
    (floor / "__init__.py").write_text("from . import empty\n")
    for module in (setting.build / "tests/python").glob("empty.*"):
        shutil.copy(module, floor)
    return place


def processes(setting: Setting, project_count: int) -> dict[str, Process]:
    words = [*ISOLATED, PRINT_HEADER, str(packages(setting))]
    return {
        "empty python": Process([*ISOLATED, "pass"], is_silent=True),
        "python": with_session(words, setting.data_dir(project_count)),
    }


def measure_process(setting: Setting) -> Measured:
    started = processes(setting, 10)
    setting.settle()
    return Measured(time_processes(setting, started, rounds=150), note=VERSION)


def measure_import(setting: Setting) -> Measured:
    path = [str(packages(setting)), sysconfig.get_path("purelib")]
    programs = {name: [*ISOLATED, IMPORT, name, *path] for name in (FLOOR, "bmauth", "requests")}
    return Measured(printed_times(setting, programs, rounds=150), note=VERSION)


def measure_header(setting: Setting) -> Measured:
    wanted(setting.build, "python/bmauth", "tests/python")
    missing = {}
    try:
        interpreter = python_peers()
    except Missing as reason:
        interpreter = Path(sys.executable)
        missing = {name: str(reason) for name in ("msal_ns", "google_auth_ns", "authlib_ns")}
    data_dir = setting.data_dir(10)
    setting.settle()
    words = [str(interpreter), str(FOLDER / "warm_python.py")]
    words += [str(setting.build / "python"), str(data_dir)]
    measured = measured_by(words, os.environ, VERSION)
    return replace(measured, missing={**measured.missing, **missing})


HEADER = Row(
    "header-python",
    "(a) the same in Python",
    (
        Claim("empty C method", "empty_method_ns"),
        Claim("client.header()", "header_ns", "empty_method_ns", 1.6),
        Claim("await client.header() of AsyncClient", "header_aio_ns", "empty_method_ns"),
        Claim("peer: msal acquire_token_silent, from memory", "msal_ns", "empty_method_ns"),
        Claim("peer: google-auth before_request, fresh token", "google_auth_ns", "empty_method_ns"),
        Claim("peer: authlib OAuth2Auth, fresh token", "authlib_ns", "empty_method_ns"),
    ),
    measure_header,
)

PROCESS = Row(
    "process-python",
    "(c) a whole Python process that imports bmauth and prints the header",
    (
        Claim("the empty interpreter", "empty python"),
        Claim("bmauth, 10 projects", "python", "empty python", 1.05),
    ),
    measure_process,
)

IMPORTING = Row(
    "import-python",
    "(d) import bmauth, Python",
    (
        Claim("a package whose only file imports an empty extension", FLOOR),
        Claim("import bmauth", "bmauth", FLOOR, 2.0),
        Claim("peer: import requests", "requests", FLOOR),
    ),
    measure_import,
)
