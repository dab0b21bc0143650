"""The Go files as generated from the tiny spec: in gofmt's form, and run over a fake library."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bmauth_gen.emit_go import emit
from bmauth_gen.model import Api
from bmauth_gen.paths import ROOT

from .conftest import HERE

# The files by hand that generated ones call; the others are about bmauth's own ABI.
RUNTIME = (
    "object.go",
    "header_cache.go",
    "call.go",
    "cancel.go",
    "cancel_check.go",
    "text.go",
    "secret.go",
    "error.go",
)


def run(command: list[str], folder: Path, **variables: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_files_are_in_gofmts_form_and_say_that_they_are_generated(
    tiny: Api, tmp_path: Path
) -> None:
    for path, text in emit(tiny.without_memory()).items():
        (tmp_path / Path(path).name).write_text(text)
        # The line by which Go's tools know such files.
        assert text.startswith("// Code generated from bindings/spec by bmauth_gen. DO NOT EDIT.\n")
    assert run(["gofmt", "-l", "."], tmp_path) == ""


def test_every_pattern_works(tiny: Api, tmp_path: Path) -> None:
    for path, text in emit(tiny.without_memory()).items():
        (tmp_path / Path(path).name).write_text(text)
    for name in RUNTIME:
        shutil.copy(ROOT / "bindings/go" / name, tmp_path)
    for name in ("fake_box.c", "fake_box.go", "box_test.go"):
        shutil.copy(HERE / name, tmp_path)
    (tmp_path / "go.mod").write_text("module bmauth\n\ngo 1.19\n")
    header = HERE / "golden/capi/include"
    run(["go", "test", "-vet=all", "."], tmp_path, CGO_CFLAGS=f"-O2 -g -I{header}", GOFLAGS="")
