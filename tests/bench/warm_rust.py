"""The warm header in Rust beside the C call and the crate oauth2, in turns, as JSON.

python tests/bench/warm_rust.py --build build/release --data-dir DIR [--repetitions 30]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.cargo import cargo, of_build

FOLDER = Path(__file__).with_name("rust")
COMMAND = ("build", "--release", "--quiet")


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--build", type=Path, required=True)
    words.add_argument("--data-dir", type=Path, required=True, help="with a session in it")
    words.add_argument("--repetitions", type=int, default=30)
    said = words.parse_args()
    build = said.build.resolve()
    variables = of_build(build)
    missing = {}
    made = cargo(variables, *COMMAND, "--features", "peer", directory=FOLDER)
    if made.returncode != 0:
        missing["oauth2_ns"] = "the crate oauth2 cannot be built here"
        made = cargo(variables, *COMMAND, directory=FOLDER)
    if made.returncode != 0:
        print(made.stdout, file=sys.stderr)
        return 1
    done = subprocess.run(
        [str(build / "cargo/release/warm"), str(said.data_dir.resolve()), str(said.repetitions)],
        env=variables,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        print(done.stderr, file=sys.stderr)
        return 1
    print(json.dumps(json.loads(done.stdout) | {"missing": missing}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
