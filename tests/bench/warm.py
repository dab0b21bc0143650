"""What a warm call costs: the Authorization header and a project's mode, from memory.

Each subject beside its floor or peer in one run of Google Benchmark, with the repetitions of all
interleaved at random; what counts are ratios of medians. `min` is the ratio of the fastest: what a quiet
machine shows. With two threads a time is the wall time over the calls of both.

    python tests/bench/warm.py --build build/release [--repetitions 20] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.bench import session_text, write_private

Times = dict[str, list[float]]
COUNTS = (1_000, 100_000)


@dataclass(frozen=True)
class Claim:
    """`subject` costs at most, or `against` costs at least, `target` times the other."""

    words: str
    subject: str
    against: str
    target: float | None = None
    is_gain: bool = False  # how many times faster the subject is

    def ratio(self, of: float, to: float) -> float:
        return to / of if self.is_gain else of / to

    def is_kept(self, ratio: float) -> bool:
        if self.target is None:
            return True
        return ratio >= self.target if self.is_gain else ratio <= self.target


CLAIMS = (
    Claim("header, to a copy without a lock", "header/1", "copy/1", 1.7),
    Claim("header: throughput of two threads, to one", "header/2", "header/1", 1.8, is_gain=True),
    Claim("a copy without a lock: the same", "copy/2", "copy/1", is_gain=True),
    Claim("a copy under a mutex, to one without", "copy_locked/1", "copy/1"),
    Claim(
        "a copy under a mutex: two threads, to one", "copy_locked/2", "copy_locked/1", is_gain=True
    ),
    Claim("mode of 1,000, to unordered_map", "mode_1000/1", "map_1000/1", 0.6),
    Claim("mode of 100,000, to unordered_map", "mode_100000/1", "map_100000/1"),
    Claim("mode of 100,000, to mode of 1,000", "mode_100000/1", "mode_1000/1", 2.5),
    Claim(
        "mode of 1,000: throughput of two threads, to one", "mode_1000/2", "mode_1000/1", 1.8, True
    ),
)


def make_data_dir(parent: Path, count: int) -> Path:
    directory = parent / f"projects-{count}"
    directory.mkdir(mode=0o700)
    projects = {
        f"project-{number:06}": {
            "path": f"/home/person/{number}",
            "mode": "cloud" if number % 3 == 0 else "local",
        }
        for number in range(count)
    }
    write_private(directory / "config.json", json.dumps({"projects": projects}))
    write_private(directory / "basic-memory-cloud.json", session_text())
    return directory


def measure(build: Path, repetitions: int, seconds: float) -> Times:
    with tempfile.TemporaryDirectory(prefix="bmauth-bench-") as name:
        parent = Path(name)
        out = parent / "out.json"
        words = [str(build / "tests/bench_warm")]
        words += [str(make_data_dir(parent, count)) for count in COUNTS]
        words += [
            f"--benchmark_repetitions={repetitions}",
            f"--benchmark_min_time={seconds}",
            "--benchmark_enable_random_interleaving=true",
            f"--benchmark_out={out}",
            "--benchmark_out_format=json",
        ]
        variables = {**os.environ, "HOME": name}
        subprocess.run(words, check=True, env=variables, stdout=subprocess.DEVNULL)
        rows = json.loads(out.read_text())["benchmarks"]
    times: Times = {}
    for row in rows:
        if row["run_type"] != "iteration":
            continue
        if row.get("error_occurred"):
            raise SystemExit(f"warm: {row['name']}: {row['error_message']}")
        key = f"{row['name'].split('/')[0]}/{row['threads']}"
        times.setdefault(key, []).append(float(row["real_time"]))
    return times


def main() -> int:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    words.add_argument("--build", type=Path, required=True, help="the build tree")
    words.add_argument("--repetitions", type=int, default=20)
    words.add_argument("--seconds", type=float, default=0.05, help="of each repetition")
    words.add_argument("--json", type=Path, help="where the numbers go; BUILD/warm.json")
    said = words.parse_args()
    build = said.build.resolve()
    if not (build / "tests/bench_warm").exists():
        print(f"warm: {build} has no bench_warm; it needs Google Benchmark", file=sys.stderr)
        return 1
    times = measure(build, said.repetitions, said.seconds)

    print(
        f"{said.repetitions} repetitions, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'call':56} {'median':>9} {'min':>9}")
    for name in sorted(times):
        print(f"{name:56} {median(times[name]):6.1f} ns {min(times[name]):6.1f} ns")
    print(f"{'ratio':56} {'median':>9} {'min':>9}  target")
    rows = []
    for claim in CLAIMS:
        subject, against = times[claim.subject], times[claim.against]
        ratio = claim.ratio(median(subject), median(against))
        fastest = claim.ratio(min(subject), min(against))
        target = ""
        if claim.target is not None:
            target = f"{'>=' if claim.is_gain else '<='} {claim.target}"
            target += "" if claim.is_kept(ratio) else "  MISSED"
        print(f"{claim.words:56} {ratio:9.2f} {fastest:9.2f}  {target}".rstrip())
        rows.append({**asdict(claim), "ratio": round(ratio, 3), "ratio_min": round(fastest, 3)})
    report = {"repetitions": said.repetitions, "times_ns": times, "ratios": rows}
    (said.json or build / "warm.json").write_text(json.dumps(report, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
