"""Benchmarks that measure several subjects in one process and print them as one JSON object."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.claims import Failed, Measured, Missing
from bench.setting import Setting


def measured_by(words: Sequence[str], variables: Mapping[str, str], note: str = "") -> Measured:
    """`{"subjects": {NAME: [...]}, "missing": {NAME: WHY}}`; `missing` may be left out."""
    done = subprocess.run(
        words, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=dict(variables)
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(words)}: {done.stderr.strip() or f'status {done.returncode}'}")
    report = json.loads(done.stdout)
    return Measured(report["subjects"], report.get("missing", {}), note)


def measured_with(tool: str, script: str, setting: Setting, rounds: int) -> Measured:
    """By a script beside this one, which builds its program with `tool` and gives it a session."""
    if shutil.which(tool) is None:
        raise Missing(f"{tool} is not installed")
    data_dir = setting.data_dir(10)
    setting.settle()
    words = [sys.executable, str(Path(__file__).with_name(script)), "--build", str(setting.build)]
    words += ["--data-dir", str(data_dir), "--repetitions", str(setting.rounds(rounds))]
    return measured_by(words, os.environ)
