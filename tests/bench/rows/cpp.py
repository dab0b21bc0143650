"""(a) and (b) in C++: calls answered from memory, by warm.cpp under Google Benchmark.

With two threads a time is the wall time over the calls of both.
"""

from __future__ import annotations

import json
import os
import subprocess

from bench.claims import Claim, Failed, Measured, Missing, Row
from bench.setting import Setting

REPETITIONS = 20


def measure(setting: Setting, which: str) -> Measured:
    program = setting.build / "tests/bench_warm"
    if not program.exists():
        raise Missing("tests/bench_warm is not built: it needs Google Benchmark")
    out = setting.scratch / "warm.json"
    words = [str(program)]
    words += [str(setting.data_dir(count)) for count in (1_000, 100_000)]
    words += [
        f"--benchmark_filter=^({which})",
        f"--benchmark_repetitions={setting.rounds(REPETITIONS)}",
        f"--benchmark_min_time={0.005 if setting.is_quick else 0.05}",
        "--benchmark_enable_random_interleaving=true",
        f"--benchmark_out={out}",
        "--benchmark_out_format=json",
    ]
    setting.settle()
    done = subprocess.run(
        words, env={**os.environ, "HOME": str(setting.scratch)}, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise Failed(f"bench_warm: {done.stderr.strip()}")
    times: dict[str, list[float]] = {}
    for row in json.loads(out.read_text())["benchmarks"]:
        if row["run_type"] != "iteration":
            continue
        if row.get("error_occurred"):
            raise Failed(f"bench_warm: {row['name']}: {row['error_message']}")
        key = f"{row['name'].split('/')[0]}/{row['threads']}"
        times.setdefault(key, []).append(float(row["real_time"]))
    return Measured(times)


HEADER = Row(
    "header",
    "(a) current Authorization header, C and C++",
    (
        Claim("copy of 1 KiB without a lock", "copy/1"),
        Claim("bmauth_client_header", "header/1", "copy/1", 1.7),
        Claim("two threads: throughput, to one", "header/2", "header/1", 1.8, is_gain=True),
        Claim("the copy without a lock: the same", "copy/2", "copy/1", is_gain=True),
        Claim("peer: the copy under a std::mutex", "copy_locked/1", "copy/1"),
        Claim(
            "peer: the same by two threads, to one", "copy_locked/2", "copy_locked/1", is_gain=True
        ),
    ),
    lambda setting: measure(setting, "copy|header"),
)

ROUTE = Row(
    "route",
    "(b) mode of a project by its name, C and C++",
    (
        Claim("std::unordered_map, 1,000 projects", "map_1000/1"),
        Claim("bmauth_client_mode, 1,000 projects", "mode_1000/1", "map_1000/1", 0.6),
        Claim("two threads: throughput, to one", "mode_1000/2", "mode_1000/1", 1.8, is_gain=True),
        Claim("100,000 projects, to 1,000", "mode_100000/1", "mode_1000/1", 2.5),
        Claim("std::unordered_map: the same", "map_100000/1", "map_1000/1"),
    ),
    lambda setting: measure(setting, "map|mode"),
)
