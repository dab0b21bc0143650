"""Form, vet and tests of the Go package and its modules, by Go's tools; with the race detector.

python bindings/go/check.py --build build/release [--junit FILE] [--no-race]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from harness import go, junit  # noqa: E402

# Folders with a go.mod: the package, its module for x/oauth2, the driver of the scenarios, benchmarks.
OUTSIDE = (ROOT / "tests/scenarios/drivers/go", ROOT / "tests/bench/go")
MODULES = (HERE, HERE / "bmauthoauth2", *OUTSIDE)


def form() -> junit.Case:
    """gofmt lists what is not in form."""
    folders = [str(folder) for folder in (HERE, *OUTSIDE)]
    done = subprocess.run(["gofmt", "-l", *folders], capture_output=True, text=True)
    return junit.Case("gofmt", 0.0, done.stdout + done.stderr or None)


def vet(module: Path, build: Path) -> junit.Case:
    done = subprocess.run(
        ["go", "vet", "./..."],
        cwd=module,
        env=go.environment(build),
        capture_output=True,
        text=True,
    )
    failure = done.stdout + done.stderr if done.returncode else None
    return junit.Case(f"vet {module.relative_to(ROOT)}", 0.0, failure)


def tests(module: Path, build: Path, flags: list[str]) -> Iterator[junit.Case]:
    """Each test is a case; a package that does not compile or dies is one that failed."""
    process = subprocess.Popen(
        ["go", "test", "-json", "-count=1", *flags, "./..."],
        cwd=module,
        env=go.environment(build),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said: dict[tuple[str, str], str] = {}
    count = failed = 0
    for line in process.stdout:
        event = json.loads(line)
        key = (event.get("Package", ""), event.get("Test", ""))
        if event["Action"] == "output":
            said[key] = said.get(key, "") + event["Output"]
        if not key[1] or event["Action"] not in ("pass", "fail", "skip"):
            continue
        # A test that says nothing but is skipped fails: none here has a reason to be.
        failure = None if event["Action"] == "pass" else said.get(key) or event["Action"]
        count, failed = count + 1, failed + (failure is not None)
        yield junit.Case(f"{key[0]}.{key[1]}", event.get("Elapsed", 0.0), failure)
    if process.wait() != 0 and not failed:
        yield junit.Case(f"{module.name} as a whole", 0.0, "".join(said.values()) or "see above")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--junit", type=Path)
    parser.add_argument("--no-race", action="store_true", help="without the race detector: faster")
    arguments = parser.parse_args()
    build: Path = arguments.build.resolve()
    flags = [] if arguments.no_race else ["-race"]
    cases = [form()]
    for module in MODULES:
        cases.append(vet(module, build))
        cases += tests(module, build, flags)
    for case in cases:
        print(f"{'FAILED' if case.failure else 'ok':6} {case.seconds:6.2f} s  {case.name}")
        if case.failure:
            print(case.failure)
    if arguments.junit:
        junit.write(arguments.junit, "go", cases)
    failed = sum(1 for case in cases if case.failure)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
