"""What others offer for the same work, pinned, installed into the build tree at the first bench."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bench.claims import Missing

FOLDER = Path(__file__).resolve().parent
PLACE = FOLDER.parents[1] / "build/peers"
LONGEST_WAIT_S = 600


def install(place: Path, pins: Path, commands: list[list[str]]) -> None:
    """Once for what the pins say; what cannot be installed is missing, and the table says so."""
    stamp = place / ".installed"
    wanted = pins.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for command in commands:
        try:
            done = subprocess.run(
                command,
                cwd=place,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=LONGEST_WAIT_S,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Missing(f"{command[0]}: {error}") from error
        if done.returncode != 0:
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise Missing(f"{Path(command[0]).name} could not install it: {said[-1:]}")
    stamp.write_text(wanted)


def python_peers() -> Path:
    """An interpreter that has them."""
    place, pins = PLACE / "python", FOLDER / "peers_python.txt"
    pip = [str(place / "bin/pip"), "install", "--quiet", "--disable-pip-version-check"]
    install(place, pins, [[sys.executable, "-m", "venv", "."], [*pip, "-r", str(pins)]])
    return place / "bin/python"


def node_peers() -> Path:
    """A folder whose node_modules has them."""
    place, pins = PLACE / "node", FOLDER / "peers_node.txt"
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]
    install(place, pins, [[*npm, ".", *pins.read_text().split()]])
    return place
