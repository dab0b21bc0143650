"""What `require('bmauth')` costs, beside an empty addon and beside its peers.

Each measurement is a fresh node process, in interleaved rounds. In-process times are taken around the
require alone; whole processes are timed by bench_spawn. What counts is the ratio to the floor of the
same run: a package of a package.json, one line of JavaScript and an empty addon.

    python tests/bench/require_node.py --build build/release [--rounds 100] [--seed 1] [--json FILE]

The peers are installed with npm into BUILD/bench_node once; --without-peers leaves them out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.bench import Refused, Subject, quantile, spawn  # noqa: E402
from harness.emulator import node  # noqa: E402

PEERS = ["openid-client@6.8.9", "@azure/msal-node@7.2.1"]
UNCOUNTED_ROUNDS = 5  # the first rounds fill the page cache


@dataclass(frozen=True)
class Loading:
    name: str
    how: str
    target: float | None = None

    @property
    def title(self) -> str:
        return f"{self.how}('{self.name}')"


FLOOR = Loading("empty-addon", "require")
OURS = [
    Loading("bmauth", "require", 1.5),
    Loading(FLOOR.name, "import"),
    Loading("bmauth", "import"),
]
OTHERS = [Loading("@azure/msal-node", "require"), Loading("openid-client", "import")]


@dataclass(frozen=True)
class Result:
    name: str
    in_process_us: float
    ratio: float
    ratio_p10: float
    ratio_p90: float
    ratio_min: float
    process_ms: float
    process_ratio: float
    target: float | None


def make_packages(build: Path, has_peers: bool) -> Path:
    """One folder whose node_modules holds all subjects, as an application would have them."""
    place = build / "bench_node"
    modules = place / "node_modules"
    modules.mkdir(parents=True, exist_ok=True)
    if has_peers and not all((modules / one.name).exists() for one in OTHERS):
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(place)]
        subprocess.run([*command, *PEERS], check=True, stdin=subprocess.DEVNULL)
    for one in [FLOOR, OURS[0]]:
        shutil.rmtree(modules / one.name, ignore_errors=True)
    shutil.copytree(build / "node/bmauth", modules / "bmauth")
    floor = modules / FLOOR.name
    floor.mkdir()
    (floor / "package.json").write_text('{"name": "empty-addon", "main": "index.js"}\n')
    (floor / "index.js").write_text("module.exports = require('./empty_addon.node');\n")
    shutil.copy(build / "tests/empty_addon.node", floor)
    shutil.copy(ROOT / "tests/bench/require_node.cjs", place)
    return place


def words_of(place: Path, one: Loading) -> list[str]:
    real_node = os.path.realpath(node())
    return [real_node, str(place / "require_node.cjs"), one.how, one.name]


def time_loading(
    place: Path, loadings: Sequence[Loading], rounds: int, seed: int
) -> list[list[int]]:
    """Nanoseconds in the process, for each subject."""
    order = random.Random(seed)
    times: list[list[int]] = [[] for _ in loadings]
    for number in range(rounds + UNCOUNTED_ROUNDS):
        for index in order.sample(range(len(loadings)), len(loadings)):
            done = subprocess.run(
                words_of(place, loadings[index]),
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                env={"HOME": str(place)},
            )
            if done.returncode != 0:
                raise Refused(f"{loadings[index].title}: {done.stderr.strip()}")
            if number >= UNCOUNTED_ROUNDS:
                times[index].append(int(done.stdout))
    return [sorted(each) for each in times]


def time_processes(
    build: Path, place: Path, loadings: Sequence[Loading], rounds: int, seed: int
) -> list[list[int]]:
    """Nanoseconds of the whole process, for each subject."""
    subjects = [Subject(one.title, words_of(place, one)) for one in loadings]
    rows = spawn(build, subjects, rounds, seed)
    return [sorted(row[1] for row in rows if row[0] == index) for index in range(len(subjects))]


def judge(
    loadings: Sequence[Loading], inside: list[list[int]], whole: list[list[int]]
) -> list[Result]:
    floor_ns, floor_process_ns = quantile(inside[0], 0.5), quantile(whole[0], 0.5)
    return [
        Result(
            name=one.title,
            in_process_us=round(quantile(times, 0.5) / 1000, 1),
            ratio=round(quantile(times, 0.5) / floor_ns, 3),
            ratio_p10=round(quantile(times, 0.1) / floor_ns, 3),
            ratio_p90=round(quantile(times, 0.9) / floor_ns, 3),
            ratio_min=round(times[0] / inside[0][0], 3),
            process_ms=round(quantile(processes, 0.5) / 1e6, 2),
            process_ratio=round(quantile(processes, 0.5) / floor_process_ns, 3),
            target=one.target,
        )
        for one, times, processes in zip(loadings, inside, whole)
    ]


def table(results: Sequence[Result]) -> str:
    lines = [
        f"{'subject':30} {'median':>13} {'ratio':>7} {'p10':>7} {'p90':>7} {'min':>7}"
        f" {'process':>10} {'ratio':>6}  target"
    ]
    for one in results:
        said = ""
        if one.target is not None:
            said = f"<= {one.target}{'' if one.ratio <= one.target else '  MISSED'}"
        lines.append(
            f"{one.name:30} {one.in_process_us:10.1f} us {one.ratio:7.2f} {one.ratio_p10:7.2f}"
            f" {one.ratio_p90:7.2f} {one.ratio_min:7.2f} {one.process_ms:7.2f} ms"
            f" {one.process_ratio:6.2f}  {said}".rstrip()
        )
    return "\n".join(lines)


def main() -> int:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    words.add_argument("--build", type=Path, required=True, help="the build tree")
    words.add_argument("--rounds", type=int, default=100)
    words.add_argument("--seed", type=int, default=1, help="of the order within the rounds")
    words.add_argument("--without-peers", action="store_true")
    words.add_argument("--json", type=Path, help="where the numbers go; BUILD/bench_node.json")
    said = words.parse_args()
    if said.rounds < 1 or said.seed < 0:
        words.error("--rounds must be positive, --seed not negative")
    build = said.build.resolve()
    wanted = ["node/bmauth/package.json", "tests/empty_addon.node", "tests/bench_spawn"]
    missing = [name for name in wanted if not (build / name).exists()]
    if missing:
        print(f"require_node: not built in {build}: {', '.join(missing)}", file=sys.stderr)
        return 1

    loadings = [FLOOR, *OURS, *([] if said.without_peers else OTHERS)]
    load_before = os.getloadavg()[0]
    try:
        place = make_packages(build, not said.without_peers)
        inside = time_loading(place, loadings, said.rounds, said.seed)
        whole = time_processes(build, place, loadings, said.rounds, said.seed)
    except Refused as refused:
        print(f"require_node: {refused}", file=sys.stderr)
        return 1
    results = judge(loadings, inside, whole)
    version = subprocess.run([node(), "--version"], capture_output=True, text=True).stdout.strip()
    machine = {
        "node": version,
        "processors": os.cpu_count(),
        "kernel": os.uname().release,
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    print(
        f"node {version}, {said.rounds} rounds, seed {said.seed}, {machine['processors']} processors,"
        f" load {machine['load_before']} to {machine['load_after']};"
        f" ratios to the median of {FLOOR.title}"
    )
    print(table(results))
    report = {
        "rounds": said.rounds,
        "seed": said.seed,
        "machine": machine,
        "floor": FLOOR.title,
        "subjects": [asdict(one) for one in results],
    }
    target = said.json or build / "bench_node.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
