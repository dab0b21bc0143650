"""What `import bmauth` costs, beside an empty extension module and beside requests.

Each measurement is a fresh interpreter - its real binary, no shim, the same flags for all - in interleaved
rounds. In-process times are taken around the import alone; whole processes are timed by bench_spawn. What
counts is the ratio to the floor of the same run: a package whose only file imports an empty extension.

    python tests/bench/import_python.py --build build/release [--rounds 200] [--seed 1] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.bench import Refused, Subject, quantile, spawn  # noqa: E402

UNCOUNTED_ROUNDS = 5  # the first rounds write the bytecode and fill the page cache
# -I: neither this folder nor the environment nor the user's packages. The path is the same for all.
PROGRAM = """
import sys, time
sys.path[:0] = sys.argv[2:]
began = time.perf_counter_ns()
__import__(sys.argv[1])
print(time.perf_counter_ns() - began)
"""


@dataclass(frozen=True)
class Import:
    name: str
    target: float | None = None


FLOOR = Import("empty_package")
SUBJECTS = [FLOOR, Import("bmauth", 2.0), Import("requests")]


@dataclass(frozen=True)
class Result:
    name: str
    in_process_us: float
    ratio: float
    ratio_p10: float
    ratio_p90: float
    ratio_min: float  # the fastest import over the floor's fastest: what a quiet machine shows
    process_ms: float
    process_ratio: float
    target: float | None


def make_packages(build: Path) -> Path:
    """The subjects that are ours, side by side in one folder."""
    place = build / "bench_python"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(build / "python/bmauth", place / "bmauth", ignore=ignored)
    floor = place / FLOOR.name
    floor.mkdir()
    (floor / "__init__.py").write_text("from . import empty\n")
    (module,) = (build / "tests/python").glob("empty*.so")
    shutil.copy(module, floor)
    return place


def words_of(place: Path, one: Import) -> list[str]:
    interpreter = os.path.realpath(sys.executable)
    return [interpreter, "-I", "-c", PROGRAM, one.name, str(place), sysconfig.get_path("purelib")]


def time_imports(
    place: Path, subjects: Sequence[Import], rounds: int, seed: int
) -> list[list[int]]:
    """Nanoseconds in the process, for each subject."""
    order = random.Random(seed)
    times: list[list[int]] = [[] for _ in subjects]
    for number in range(rounds + UNCOUNTED_ROUNDS):
        for index in order.sample(range(len(subjects)), len(subjects)):
            done = subprocess.run(
                words_of(place, subjects[index]),
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                env={"HOME": str(place)},
            )
            if done.returncode != 0:
                raise Refused(f"import {subjects[index].name}: {done.stderr.strip()}")
            if number >= UNCOUNTED_ROUNDS:
                times[index].append(int(done.stdout))
    return [sorted(each) for each in times]


def time_processes(
    build: Path, place: Path, subjects: Sequence[Import], rounds: int, seed: int
) -> list[list[int]]:
    """Nanoseconds of the whole process, for each subject."""
    spawned = [Subject(one.name, words_of(place, one)) for one in subjects]
    rows = spawn(build, spawned, rounds, seed)
    return [sorted(row[1] for row in rows if row[0] == index) for index in range(len(subjects))]


def judge(
    subjects: Sequence[Import], inside: list[list[int]], whole: list[list[int]]
) -> list[Result]:
    floor_ns, floor_process_ns = quantile(inside[0], 0.5), quantile(whole[0], 0.5)
    return [
        Result(
            name=f"import {one.name}",
            in_process_us=round(quantile(times, 0.5) / 1000, 1),
            ratio=round(quantile(times, 0.5) / floor_ns, 3),
            ratio_p10=round(quantile(times, 0.1) / floor_ns, 3),
            ratio_p90=round(quantile(times, 0.9) / floor_ns, 3),
            ratio_min=round(times[0] / inside[0][0], 3),
            process_ms=round(quantile(processes, 0.5) / 1e6, 2),
            process_ratio=round(quantile(processes, 0.5) / floor_process_ns, 3),
            target=one.target,
        )
        for one, times, processes in zip(subjects, inside, whole)
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
    words.add_argument("--rounds", type=int, default=200)
    words.add_argument("--seed", type=int, default=1, help="of the order within the rounds")
    words.add_argument("--json", type=Path, help="where the numbers go; BUILD/bench_python.json")
    said = words.parse_args()
    build = said.build.resolve()
    if not (build / "python/bmauth").exists() or not (build / "tests/python").exists():
        print(f"bench: the Python package is not built in {build}", file=sys.stderr)
        return 1

    place = make_packages(build)
    load_before = os.getloadavg()[0]
    try:
        inside = time_imports(place, SUBJECTS, said.rounds, said.seed)
        whole = time_processes(build, place, SUBJECTS, said.rounds, said.seed)
    except Refused as refused:
        print(f"bench: {refused}", file=sys.stderr)
        return 1
    results = judge(SUBJECTS, inside, whole)
    machine = {
        "processors": os.cpu_count(),
        "kernel": os.uname().release,
        "python": sys.version.split()[0],
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    print(
        f"{said.rounds} rounds, seed {said.seed}, Python {machine['python']}, {machine['processors']}"
        f" processors, load {machine['load_before']} to {machine['load_after']}; ratios to {FLOOR.name}"
    )
    print(table(results))
    report = {
        "rounds": said.rounds,
        "seed": said.seed,
        "machine": machine,
        "floor": FLOOR.name,
        "subjects": [asdict(one) for one in results],
    }
    target = said.json or build / "bench_python.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
