"""The Go package in tests: the environment that finds the library, and programs built with it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import threading
from pathlib import Path

_LOCK = threading.Lock()


def environment(build: Path) -> dict[str, str]:
    """PKG_CONFIG_PATH finds the library; the rest is for Go's cache.

    The cache does not know what pkg-config said, so that a package compiled for one library would be
    taken for another. It does know the compiler's flags, so a macro that nobody reads tells them apart.
    """
    digest = hashlib.sha256(str(build).encode()).hexdigest()[:16]
    return os.environ | {
        "PKG_CONFIG_PATH": str(build / "pkgconfig"),
        "CGO_CFLAGS": f"-O2 -g -DBMAUTH_BUILD_{digest}",
        "CGO_ENABLED": "1",
    }


def program(folder: Path, build: Path, output: Path) -> str:
    """The program of a folder, compiled anew where something has changed."""
    with _LOCK:
        output.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["go", "build", "-o", str(output), "."], cwd=folder, env=environment(build), check=True
        )
    return str(output)
