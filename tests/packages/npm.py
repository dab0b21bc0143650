"""The tarball of the Node package, and every Node on this machine that it is for.

    python tests/packages/npm.py --build build/release

packs it into BUILD/npm and lists the Nodes. The oldest one that the package promises is brought by npm's
package `node`, once, into build/node-18.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OLDEST = 18


@dataclass(frozen=True)
class Node:
    path: Path
    version: tuple[int, ...]

    @property
    def title(self) -> str:
        return ".".join(map(str, self.version))


def candidates() -> Iterator[Path]:
    yield ROOT / "build/bin-tools/node"
    yield from ROOT.glob("build/node*/node_modules/node/bin/node")
    yield from Path.home().glob(".nvm/versions/node/*/bin/node")
    for folder in ["/usr/bin", "/usr/local/bin", *os.get_exec_path()]:
        yield from (Path(folder) / name for name in ["node", "nodejs"])


def node_at(path: Path) -> Node | None:
    """None for what does not answer."""
    if not path.exists():
        return None
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True).stdout
    version = re.fullmatch(r"v(\d+)\.(\d+)\.(\d+)\s*", said)
    return Node(path.resolve(), tuple(map(int, version.groups()))) if version else None


def nodes() -> list[Node]:
    """One of each version that the package is for, oldest first."""
    found = {one.version: one for one in map(node_at, candidates()) if one}
    return [found[version] for version in sorted(found) if version[0] >= OLDEST]


def promised_versions() -> list[str]:
    """Those on this machine, and the oldest: that is a promise, so it is tested where nobody has it."""
    found = nodes()
    has_oldest = any(one.version[0] == OLDEST for one in found)
    return [*([] if has_oldest else [str(OLDEST)]), *(one.title for one in found)]


def node_of(version: str) -> Node:
    if version == str(OLDEST):
        bring_oldest()
    return next(one for one in nodes() if f"{one.title}.".startswith(f"{version}."))


def bring_oldest() -> None:
    place = ROOT / f"build/node-{OLDEST}"
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save"]
    subprocess.run([*command, "--prefix", str(place), f"node@{OLDEST}"], check=True)


def pack(build: Path) -> tuple[Path, dict[str, Any]]:
    """The tarball and what npm says about it, made from the objects of a build tree."""
    folder = build / "npm"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    packed = subprocess.run(
        ["npm", "pack", "./node", "--json", "--offline", "--pack-destination", str(folder)],
        cwd=ROOT,
        env=dict(os.environ, BMAUTH_BUILD=str(build)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if packed.returncode != 0:
        raise RuntimeError(f"npm pack: {packed.stderr}")
    (facts,) = json.loads(packed.stdout)
    return folder / facts["filename"], facts


def install(tarball: Path, folder: Path) -> None:
    """As a user does, on a machine with Node and nothing else: no compiler, no network."""
    tools = folder / "tools"
    tools.mkdir()
    npm = Path(shutil.which("npm") or "npm").resolve()
    (tools / "node").symlink_to(Path(shutil.which("node") or "node").resolve())
    (tools / "npm").symlink_to(npm)
    done = subprocess.run(
        ["npm", "install", "--offline", "--no-audit", "--no-fund", str(tarball)],
        cwd=folder,
        env={"PATH": str(tools), "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"npm install: {done.stderr}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--build", type=Path, required=True)
    arguments = parser.parse_args()
    for one in map(node_of, promised_versions()):
        print(f"  Node {one.title}: {one.path}")
    tarball, facts = pack(arguments.build.resolve())
    print(
        f"  {tarball.name}: {facts['size'] // 1024} KiB, unpacked {facts['unpackedSize'] // 1024}"
    )
    for file in facts["files"]:
        print(f"    {file['size']:8} {file['path']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
