"""What `require('bmauth')` costs, beside an empty addon and beside its peers.

Each measurement is a fresh node process, in interleaved rounds. In-process times are taken around the
require alone; whole processes are timed by bench_spawn. What counts is the ratio to the floor of the
same run: a package of a package.json, one line of JavaScript and an empty addon.

    python tests/bench/require_node.py --build build/release [--rounds 100] [--seed 1] [--json FILE]

The peers are installed with npm into BUILD/bench_node once; --without-peers leaves them out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.bench import Refused  # noqa: E402
from bench.loading import Loading, arguments, measure  # noqa: E402
from harness.emulator import node  # noqa: E402

PEERS = ["openid-client@6.8.9", "@azure/msal-node@7.2.1"]
FLOOR = "empty-addon"
OURS = [("require", FLOOR), ("require", "bmauth"), ("import", FLOOR), ("import", "bmauth")]
OTHERS = [("require", "@azure/msal-node"), ("import", "openid-client")]
TARGETS = {("require", "bmauth"): 1.5}


def make_packages(build: Path, has_peers: bool) -> Path:
    """One folder whose node_modules holds all subjects, as an application would have them."""
    place = build / "bench_node"
    modules = place / "node_modules"
    modules.mkdir(parents=True, exist_ok=True)
    if has_peers and not all((modules / name).exists() for _, name in OTHERS):
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place)]
        subprocess.run([*command, *PEERS], check=True, stdin=subprocess.DEVNULL)
    for name in (FLOOR, "bmauth"):
        shutil.rmtree(modules / name, ignore_errors=True)
    shutil.copytree(build / "node/bmauth", modules / "bmauth")
    floor = modules / FLOOR
    floor.mkdir()
    (floor / "package.json").write_text('{"name": "empty-addon", "main": "index.js"}\n')
    (floor / "index.js").write_text("module.exports = require('./empty_addon.node');\n")
    shutil.copy(build / "tests/empty_addon.node", floor)
    shutil.copy(ROOT / "tests/bench/require_node.cjs", place)
    return place


def loading(place: Path, how: str, name: str) -> Loading:
    words = [os.path.realpath(node()), str(place / "require_node.cjs"), how, name]
    return Loading(f"{how}('{name}')", words, TARGETS.get((how, name)))


def main() -> int:
    words = arguments(__doc__, rounds=100, report="bench_node.json")
    words.add_argument("--without-peers", action="store_true")
    said = words.parse_args()
    if said.rounds < 1 or said.seed < 0:
        words.error("--rounds must be positive, --seed not negative")
    build = said.build.resolve()
    wanted = ["node/bmauth/package.json", "tests/empty_addon.node", "tests/bench_spawn"]
    missing = [name for name in wanted if not (build / name).exists()]
    if missing:
        print(f"require_node: not built in {build}: {', '.join(missing)}", file=sys.stderr)
        return 1
    chosen = [*OURS, *([] if said.without_peers else OTHERS)]
    version = subprocess.run([node(), "--version"], capture_output=True, text=True).stdout.strip()
    try:
        place = make_packages(build, not said.without_peers)
        loadings = [loading(place, how, name) for how, name in chosen]
        measure(said, place, loadings, ("node", version))
    except Refused as refused:
        print(f"require_node: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
