"""Node: the warm header, a whole process that prints one, and what loading the package costs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from bench.claims import Claim, Measured, Missing, Row
from bench.peers import node_peers
from bench.processes import Process, printed_times, time_processes, wanted, with_session
from bench.reports import measured_by
from bench.setting import Setting
from harness.emulator import node

FOLDER = Path(__file__).resolve().parents[1]
FLOOR = "empty-addon"
PEERS = (("require", "@azure/msal-node"), ("import", "openid-client"))

# console.log alone would cost more than all else: it makes a stream first.
PRINT_HEADER = """
const { writeSync } = require('node:fs');
const { Client } = require('bmauth');
const client = new Client();
writeSync(1, client.header());
client.close();
"""


def program() -> str:
    return os.path.realpath(node())


def version() -> str:
    said = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True)
    return f"Node {said.stdout.strip()}"


def packages(setting: Setting) -> Path:
    """A folder whose node_modules holds what is ours, as an application would have it."""
    wanted(
        setting.build, "node/bmauth/package.json", "tests/empty_addon.node", "tests/empty_call.node"
    )
    place = setting.scratch / "node"
    if place.exists():
        return place
    shutil.copytree(setting.build / "node/bmauth", place / "node_modules/bmauth")
    floor = place / "node_modules" / FLOOR
    floor.mkdir()
    (floor / "package.json").write_text('{"name": "empty-addon", "main": "index.js"}\n')
    (floor / "index.js").write_text("module.exports = require('./empty_addon.node');\n")
    shutil.copy(setting.build / "tests/empty_addon.node", floor)
    shutil.copy(setting.build / "tests/empty_call.node", place)
    shutil.copy(FOLDER / "require_node.cjs", place)
    (place / "empty.cjs").write_text("")
    (place / "header.cjs").write_text(PRINT_HEADER)
    return place


def processes(setting: Setting, project_count: int) -> dict[str, Process]:
    place = packages(setting)
    words = [program(), str(place / "header.cjs")]
    return {
        "empty node": Process([program(), str(place / "empty.cjs")], is_silent=True),
        "node": with_session(words, setting.data_dir(project_count)),
    }


def measure_process(setting: Setting) -> Measured:
    started = processes(setting, 10)
    setting.settle()
    return Measured(time_processes(setting, started, rounds=100), note=version())


def measure_require(setting: Setting) -> Measured:
    ours = str(packages(setting) / "require_node.cjs")
    programs = {
        f"{how} {name}": [program(), ours, how, name]
        for name in (FLOOR, "bmauth")
        for how in ("require", "import")
    }
    missing = {}
    try:
        theirs = shutil.copy(FOLDER / "require_node.cjs", node_peers())
        for how, name in PEERS:
            programs[f"{how} {name}"] = [program(), str(theirs), how, name]
    except Missing as reason:
        missing = {f"{how} {name}": str(reason) for how, name in PEERS}
    return Measured(printed_times(setting, programs, rounds=80), missing, version())


def measure_header(setting: Setting) -> Measured:
    missing = {}
    try:
        node_peers()  # where warm_node.mjs looks for them
    except Missing as reason:
        missing = {"msal_node_ns": str(reason)}
    data_dir = setting.data_dir(10)
    setting.settle()
    words = [program(), str(FOLDER / "warm_node.mjs"), str(packages(setting)), str(data_dir)]
    measured = measured_by(words, os.environ, version())
    return replace(measured, missing={**measured.missing, **missing})


HEADER = Row(
    "header-node",
    "(a) the same in Node",
    (
        Claim("empty Node-API call", "empty_call_ns"),
        Claim("client.header()", "header_ns", "empty_call_ns", 1.0),
        Claim("client.header({ purpose })", "header_of_purpose_ns", "empty_call_ns"),
        Claim("await client.headerAsync()", "header_async_ns", "empty_call_ns"),
        Claim("peer: msal-node acquireTokenSilent, from memory", "msal_node_ns", "empty_call_ns"),
    ),
    measure_header,
)

PROCESS = Row(
    "process-node",
    "(c) a whole Node process that loads bmauth and prints the header",
    (
        Claim("an empty script", "empty node"),
        Claim("bmauth, 10 projects", "node", "empty node", 1.05),
    ),
    measure_process,
)

REQUIRING = Row(
    "require-node",
    "(d) require('bmauth'), Node",
    (
        Claim("require of package.json, a line of JS, an empty addon", f"require {FLOOR}"),
        Claim("require('bmauth')", "require bmauth", f"require {FLOOR}", 1.5),
        Claim("import of the floor's package", f"import {FLOOR}"),
        Claim("import('bmauth')", "import bmauth", f"import {FLOOR}"),
        Claim("peer: require('@azure/msal-node')", "require @azure/msal-node", f"require {FLOOR}"),
        Claim("peer: import('openid-client')", "import openid-client", f"import {FLOOR}"),
    ),
    measure_require,
)
