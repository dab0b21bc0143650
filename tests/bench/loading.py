"""What loading a package costs: in the process, and as a whole process, beside a floor of the same run.

What import_python.py and require_node.py share; the first subject is the floor.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.bench import Refused, Subject, quantile, spawn

UNCOUNTED_ROUNDS = 5  # the first rounds write the bytecode and fill the page cache


@dataclass(frozen=True)
class Loading:
    title: str
    words: Sequence[str]  # a program that loads it and prints the nanoseconds that this took
    target: float | None = None


@dataclass(frozen=True)
class Result:
    name: str
    in_process_us: float
    ratio: float
    ratio_p10: float
    ratio_p90: float
    ratio_min: float  # the fastest over the floor's fastest: what a quiet machine shows
    process_ms: float
    process_ratio: float
    target: float | None


def time_loading(
    home: Path, loadings: Sequence[Loading], rounds: int, seed: int
) -> list[list[int]]:
    """Nanoseconds in the process, for each subject."""
    order = random.Random(seed)
    times: list[list[int]] = [[] for _ in loadings]
    for number in range(rounds + UNCOUNTED_ROUNDS):
        for index in order.sample(range(len(loadings)), len(loadings)):
            done = subprocess.run(
                loadings[index].words,
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                env={"HOME": str(home)},
            )
            if done.returncode != 0:
                raise Refused(f"{loadings[index].title}: {done.stderr.strip()}")
            if number >= UNCOUNTED_ROUNDS:
                times[index].append(int(done.stdout))
    return [sorted(each) for each in times]


def time_processes(
    build: Path, loadings: Sequence[Loading], rounds: int, seed: int
) -> list[list[int]]:
    """Nanoseconds of the whole process, for each subject."""
    rows = spawn(build, [Subject(one.title, one.words) for one in loadings], rounds, seed)
    return [sorted(row[1] for row in rows if row[0] == index) for index in range(len(loadings))]


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


def arguments(about: str, rounds: int, report: str) -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawTextHelpFormatter
    )
    words.add_argument("--build", type=Path, required=True, help="the build tree")
    words.add_argument("--rounds", type=int, default=rounds)
    words.add_argument("--seed", type=int, default=1, help="of the order within the rounds")
    words.add_argument("--json", type=Path, help=f"where the numbers go; BUILD/{report}")
    words.set_defaults(report=report)
    return words


def measure(
    said: argparse.Namespace,
    home: Path,
    loadings: Sequence[Loading],
    runtime: tuple[str, str],
) -> None:
    """Prints the table and writes the report; `runtime` is a name and its version."""
    build = said.build.resolve()
    load_before = os.getloadavg()[0]
    inside = time_loading(home, loadings, said.rounds, said.seed)
    whole = time_processes(build, loadings, said.rounds, said.seed)
    results = judge(loadings, inside, whole)
    machine = {
        runtime[0]: runtime[1],
        "processors": os.cpu_count(),
        "kernel": os.uname().release,
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    floor = loadings[0].title
    print(
        f"{' '.join(runtime)}, {said.rounds} rounds, seed {said.seed},"
        f" {machine['processors']} processors,"
        f" load {machine['load_before']} to {machine['load_after']};"
        f" ratios to the median of {floor}"
    )
    print(table(results))
    whole_report = {
        "rounds": said.rounds,
        "seed": said.seed,
        "machine": machine,
        "floor": floor,
        "subjects": [asdict(one) for one in results],
    }
    (said.json or build / said.report).write_text(json.dumps(whole_report, indent=2) + "\n")
