"""(e) A durable save, on the disk that the build tree is on."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from bench.claims import Claim, Measured, Missing, Row
from bench.processes import wanted
from bench.reports import measured_by
from bench.setting import Setting

IN_MEMORY = ("tmpfs", "ramfs")


def file_system_of(folder: Path) -> str:
    said = subprocess.run(
        ["df", "--output=fstype", str(folder)], capture_output=True, text=True, check=True
    )
    return said.stdout.split()[-1]


def measure(setting: Setting) -> Measured:
    wanted(setting.build, "tests/bench_save")
    kind = file_system_of(setting.build)
    if kind in IN_MEMORY:
        raise Missing(f"the build tree is on {kind}, where nothing is durable")
    with tempfile.TemporaryDirectory(prefix="bench-save-", dir=setting.build) as folder:
        words = [str(setting.build / "tests/bench_save"), folder]
        words += [str(setting.rounds(300)), str(setting.seed)]
        return measured_by(words, os.environ, note=f"on {kind}, in the build tree")


SAVE = Row(
    "save",
    "(e) durable save of 1.3 KiB",
    (
        Claim("temporary file, fsync, rename, fsync of the directory", "plain"),
        Claim("the core's durable write of a token file", "durable", "plain", 1.1),
        Claim("a refreshed session under its lock: two files", "session", "plain"),
    ),
    measure,
)
