"""(a) The warm header in Go."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from bench.claims import Claim, Measured, Missing, Row
from bench.reports import measured_by
from bench.setting import Setting

SCRIPT = Path(__file__).resolve().parents[1] / "warm_go.py"


def measure(setting: Setting) -> Measured:
    if shutil.which("go") is None:
        raise Missing("go is not installed")
    data_dir = setting.data_dir(10)
    setting.settle()
    words = [sys.executable, str(SCRIPT), "--build", str(setting.build)]
    words += ["--data-dir", str(data_dir), "--repetitions", str(setting.rounds(20))]
    return measured_by(words, os.environ)


HEADER = Row(
    "header-go",
    "(a) the same in Go",
    (
        Claim("empty cgo call", "empty_cgo_ns"),
        Claim("Client.Header", "header_ns", "empty_cgo_ns", 0.15, or_at_most_ns=4),
        Claim("peer: x/oauth2 ReuseTokenSource, Token from memory", "x_oauth2_ns", "empty_cgo_ns"),
    ),
    measure,
)
