"""Whole processes, timed by bench_spawn or by what they print, in interleaved rounds."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.claims import Failed, Missing
from bench.setting import Setting

UNCOUNTED_ROUNDS = 5  # the first rounds fill the page cache and write bytecode


@dataclass(frozen=True)
class Process:
    words: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)  # its whole environment
    is_silent: bool = False  # else one that prints nothing has failed


def with_session(words: Sequence[str], data_dir: Path) -> Process:
    variables = {"HOME": str(data_dir.parent), "BASIC_MEMORY_CONFIG_DIR": str(data_dir)}
    return Process(words, variables)


def wanted(build: Path, *names: str) -> None:
    lacking = [name for name in names if not (build / name).exists()]
    if lacking:
        raise Missing(f"not built: {', '.join(lacking)}")


def time_processes(
    setting: Setting, processes: Mapping[str, Process], rounds: int, stdin: Path | None = None
) -> dict[str, list[float]]:
    """Nanoseconds from before the spawn to after the wait. All read the same standard input."""
    wanted(setting.build, "tests/bench_spawn")
    names = list(processes)
    counted = setting.rounds(rounds)
    words = [str(setting.build / "tests/bench_spawn"), str(counted + UNCOUNTED_ROUNDS)]
    words.append(str(setting.seed))
    for process in processes.values():
        variables = [f"{name}={value}" for name, value in process.variables.items()]
        words += ["--", *variables, *process.words]
    with open(stdin or "/dev/null", "rb") as input_file:
        done = subprocess.run(words, capture_output=True, text=True, stdin=input_file)
    if done.returncode != 0:
        numbered = "\n".join(f"  {index}: {name}" for index, name in enumerate(names))
        raise Failed(f"{done.stderr.strip()}\nsubjects:\n{numbered}")
    times: dict[str, list[float]] = {name: [] for name in names}
    for line in done.stdout.splitlines():
        index, took_ns, output_bytes = map(int, line.split())
        if output_bytes == 0 and not processes[names[index]].is_silent:
            raise Failed(f"{names[index]}: exit 0, but it printed nothing")
        times[names[index]].append(took_ns)
    return {name: taken[UNCOUNTED_ROUNDS:] for name, taken in times.items()}


def printed_times(
    setting: Setting, programs: Mapping[str, Sequence[str]], rounds: int
) -> dict[str, list[float]]:
    """The nanoseconds that fresh processes print."""
    order = random.Random(setting.seed)
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(setting.rounds(rounds) + UNCOUNTED_ROUNDS):
        for name in order.sample(list(programs), len(programs)):
            done = subprocess.run(
                programs[name],
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                env={"HOME": str(setting.scratch)},
            )
            if done.returncode != 0:
                raise Failed(f"{name}: {done.stderr.strip()}")
            times[name].append(int(done.stdout))
    return {name: taken[UNCOUNTED_ROUNDS:] for name, taken in times.items()}
