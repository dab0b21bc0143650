"""What `import bmauth` costs, beside an empty extension module and beside requests.

Each measurement is a fresh interpreter - its real binary, no shim, the same flags for all - in interleaved
rounds. In-process times are taken around the import alone; whole processes are timed by bench_spawn. What
counts is the ratio to the floor of the same run: a package whose only file imports an empty extension.

    python tests/bench/import_python.py --build build/release [--rounds 200] [--seed 1] [--json FILE]
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.bench import Refused  # noqa: E402
from bench.loading import Loading, arguments, measure  # noqa: E402

# -I: neither this folder nor the environment nor the user's packages. The path is the same for all.
PROGRAM = """
import sys, time
sys.path[:0] = sys.argv[2:]
began = time.perf_counter_ns()
__import__(sys.argv[1])
print(time.perf_counter_ns() - began)
"""

FLOOR = "empty_package"
TARGETS = {FLOOR: None, "bmauth": 2.0, "requests": None}


def make_packages(build: Path) -> Path:
    """The subjects that are ours, side by side in one folder."""
    place = build / "bench_python"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(build / "python/bmauth", place / "bmauth", ignore=ignored)
    floor = place / FLOOR
    floor.mkdir()
    (floor / "__init__.py").write_text("from . import empty\n")
    (module,) = (build / "tests/python").glob("empty*.so")
    shutil.copy(module, floor)
    return place


def importing(place: Path, name: str) -> Loading:
    interpreter = os.path.realpath(sys.executable)
    words = [interpreter, "-I", "-c", PROGRAM, name, str(place), sysconfig.get_path("purelib")]
    return Loading(f"import {name}", words, TARGETS[name])


def main() -> int:
    said = arguments(__doc__, rounds=200, report="bench_python.json").parse_args()
    build = said.build.resolve()
    if not (build / "python/bmauth").exists() or not (build / "tests/python").exists():
        print(f"bench: the Python package is not built in {build}", file=sys.stderr)
        return 1
    place = make_packages(build)
    loadings = [importing(place, name) for name in TARGETS]
    try:
        version = sys.version.split()[0]
        measure(said, place, loadings, ("python", version))
    except Refused as refused:
        print(f"bench: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
