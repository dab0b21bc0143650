"""(a) The warm header in Rust."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from bench.claims import Claim, Measured, Missing, Row
from bench.reports import measured_by
from bench.setting import Setting

SCRIPT = Path(__file__).resolve().parents[1] / "warm_rust.py"


def measure(setting: Setting) -> Measured:
    if shutil.which("cargo") is None:
        raise Missing("cargo is not installed")
    data_dir = setting.data_dir(10)
    setting.settle()
    words = [sys.executable, str(SCRIPT), "--build", str(setting.build)]
    words += ["--data-dir", str(data_dir), "--repetitions", str(setting.rounds(30))]
    return measured_by(words, os.environ)


HEADER = Row(
    "header-rust",
    "(a) the same in Rust",
    (
        Claim("the C call", "c_call_ns"),
        Claim("Client::header_into a buffer", "header_ns", "c_call_ns", 1.2),
        Claim("peer: an oauth2 AccessToken cloned under a Mutex", "oauth2_ns", "c_call_ns"),
    ),
    measure,
)
