"""The warm header in Go beside an empty cgo call and x/oauth2: Go's own benchmarks, in turns, as JSON.

python tests/bench/warm_go.py --build build/release --data-dir DIR [--repetitions 20]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import go

FOLDER = Path(__file__).with_name("go")
SUBJECTS = {"EmptyCgo": "empty_cgo_ns", "Header": "header_ns", "XOAuth2": "x_oauth2_ns"}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--build", type=Path, required=True)
    words.add_argument("--data-dir", type=Path, required=True, help="with a session in it")
    words.add_argument("--repetitions", type=int, default=20)
    said = words.parse_args()
    build = said.build.resolve()
    variables = go.environment(build) | {"BENCH_DATA_DIR": str(said.data_dir.resolve())}
    program = build / "tests/bench_go"
    made = subprocess.run(
        ["go", "test", "-c", "-o", str(program), "."],
        cwd=FOLDER,
        env=variables,
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        print(made.stdout + made.stderr, file=sys.stderr)
        return 1
    subjects: dict[str, list[float]] = {name: [] for name in SUBJECTS.values()}
    for _ in range(said.repetitions):
        done = subprocess.run(
            [str(program), "-test.run=^$", "-test.bench=.", "-test.benchtime=50ms"],
            env=variables,
            capture_output=True,
            text=True,
        )
        found = re.findall(r"^Benchmark(\w+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op", done.stdout, re.M)
        if done.returncode != 0 or {name for name, _ in found} != set(SUBJECTS):
            print(done.stdout + done.stderr, file=sys.stderr)
            return 1
        for name, ns in found:
            subjects[SUBJECTS[name]].append(float(ns))
    print(json.dumps({"subjects": subjects}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
