"""The Rust crates in their own terms: form, clippy, documentation, their tests, and valgrind over these.

python tests/packages/rust.py --build build/release [--junit FILE]
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import junit
from harness.cargo import CRATES, cargo, of_build

MEMCHECK = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full"]
MEMCHECK += ["--show-leak-kinds=definite", "--errors-for-leak-kinds=definite"]

# No tests in it; and those that look at all of their memory, which under valgrind is valgrind's too.
OUTSIDE = {"driver_rust", "memory", "costs"}


def suite_of(program: Path) -> str:
    return program.name.rpartition("-")[0]


def in_own_home(variables: dict[str, str], home: str) -> dict[str, str]:
    """No session of whoever runs this is near; cargo and rustup keep what they have."""
    tools = {
        name: variables.get(name, str(Path.home() / folder))
        for name, folder in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")]
    }
    return variables | tools | {"HOME": home}


def judged(name: str, began: float, is_good: bool, said: str) -> junit.Case:
    print(f"{'ok' if is_good else 'FAILED':6} {name}", flush=True)
    if not is_good:
        print(said, flush=True)
    return junit.Case(name, time.monotonic() - began, None if is_good else said)


def checks(variables: dict[str, str]) -> Iterator[junit.Case]:
    words = {
        "rustfmt": ["fmt", "--check"],
        "clippy": ["clippy", "--locked", "--all-targets", "--", "-D", "warnings"],
        "documentation": ["doc", "--locked", "--no-deps", "--workspace", "--lib"],
    }
    for name, command in words.items():
        began = time.monotonic()
        done = cargo(variables | {"RUSTDOCFLAGS": "-D warnings"}, *command)
        yield judged(name, began, done.returncode == 0, done.stdout)


def own_tests(variables: dict[str, str]) -> tuple[list[junit.Case], list[Path]]:
    """A case for each test that cargo ran, and the programs that hold them."""
    began = time.monotonic()
    done = cargo(variables, "test", "--locked", "--no-fail-fast")
    cases, programs, suite = [], [], ""
    for line in done.stdout.splitlines():
        running = re.search(r"Running .*\((.+)\)$", line)
        documented = re.search(r"Doc-tests (\w+)$", line)
        tested = re.match(r"test (.+) \.\.\. (\w+)$", line)
        if running:
            programs.append(CRATES / running[1])
            suite = suite_of(programs[-1])
        elif documented:
            suite = f"documentation of {documented[1]}"
        elif tested:
            is_good = tested[2] == "ok"
            cases.append(judged(f"{suite}: {tested[1]}", time.monotonic(), is_good, done.stdout))
    if done.returncode != 0 and all(case.failure is None for case in cases):
        cases.append(judged("cargo test", began, False, done.stdout))
    return cases, programs


def memory(variables: dict[str, str], programs: list[Path]) -> Iterator[junit.Case]:
    """Every object is freed once and used while it lives: what `unsafe` promises to the compiler."""
    for program in programs:
        began = time.monotonic()
        done = subprocess.run(
            [*MEMCHECK, str(program), "--test-threads=1"],
            cwd=CRATES / "bmauth",
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        name = f"valgrind: {suite_of(program)}"
        yield judged(name, began, done.returncode == 0, done.stdout + done.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--junit", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bmauth-rust-home-") as home:
        variables = in_own_home(of_build(arguments.build.resolve()), home)
        cases = list(checks(variables))
        tested, programs = own_tests(variables)
        cases += [*tested, *memory(variables, [p for p in programs if suite_of(p) not in OUTSIDE])]
    if arguments.junit:
        junit.write(arguments.junit, "rust", cases)
    failed = sum(1 for case in cases if case.failure)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not tested else 0


if __name__ == "__main__":
    sys.exit(main())
