"""cargo, on crates that find the library by pkg-config alone."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CRATES = Path(__file__).resolve().parents[2] / "bindings/rust"


def environment(pkg_config: Path, target: Path) -> dict[str, str]:
    """Without this machine's own settings of bmauth."""
    own = {name: value for name, value in os.environ.items() if "BASIC_MEMORY" not in name}
    return own | {
        "PKG_CONFIG_PATH": str(pkg_config),
        "CARGO_TARGET_DIR": str(target),
        "CARGO_TERM_COLOR": "never",
    }


def of_build(build: Path) -> dict[str, str]:
    """For the library in a build directory, where cargo builds too."""
    return environment(build / "pkgconfig", build / "cargo")


def cargo(
    variables: dict[str, str], *words: str, directory: Path = CRATES
) -> subprocess.CompletedProcess[str]:
    """What both streams said stands in `stdout`, in its order."""
    return subprocess.run(
        ["cargo", *words],
        cwd=directory,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
