"""Everything that CI runs, one runner after another, summed in one line.

A runner that fails, that runs no case, or that skips one which is not listed in tests/skips.txt with its
reason, fails the whole.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AT_A_TIME = 2
sys.path.insert(0, str(ROOT / "tests"))

from harness import junit  # noqa: E402
from scenarios.drivers import LANGUAGES, go_program, rust_program  # noqa: E402


@dataclass
class Runner:
    name: str
    command: list[str]
    directory: Path = ROOT


def runners(build: Path, reports: Path) -> list[Runner]:
    python = sys.executable

    def report(name: str) -> str:
        return str(reports / f"{name}.xml")

    def pytest(name: str, *folders: str) -> Runner:
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *folders]
        return Runner(name, [*command, f"--junitxml={report(name)}"])

    def gtest(name: str) -> Runner:
        return Runner(
            name,
            [str(build / "tests" / name), f"--gtest_output=xml:{report(name)}", "--gtest_brief=1"],
        )

    def scenarios(language: str) -> Runner:
        script = [python, "tests/scenarios/run.py", "--build", str(build), "--language", language]
        return Runner(
            f"scenarios_{language}", [*script, "--junit", report(f"scenarios_{language}")]
        )

    def node(name: str, package: str, *flags: str) -> Runner:
        files = sorted(str(path) for path in (ROOT / package / "test").glob("*.test.*js"))
        words = ["node", "--test", "--test-concurrency=2", "--test-reporter=junit", *flags]
        words.append(f"--test-reporter-destination={report(name)}")
        return Runner(name, [*words, *files], ROOT / package)

    # The longest ones first, so that both lanes end together.
    return [
        pytest("packages", "tests/packages"),
        Runner("lint", [python, "tests/lint.py", "--build", str(build), "--junit", report("lint")]),
        pytest("generator", "bindings/tests"),
        pytest("abi", "tests/abi"),
        gtest("unit_test"),
        gtest("net_test"),
        gtest("capi_test"),
        node("emulator", "tests/emulator"),
        node("browser", "tests/browser"),
        pytest("python", "python/tests"),
        node("node", "node"),
        Runner(
            "go",
            [python, "bindings/go/check.py", "--build", str(build), "--junit", report("go")],
        ),
        Runner(
            "rust",
            [python, "tests/packages/rust.py", "--build", str(build), "--junit", report("rust")],
        ),
        *(scenarios(language) for language in LANGUAGES),
        pytest("command", "tests/command"),
        pytest("judge", "tests/scenarios", "tests/bench"),
        Runner(
            "stress",
            [
                python,
                "tests/stress/stress.py",
                "--build",
                str(build),
                "--expiries",
                "60",
                "--processes",
                "16",
                "--kills",
                "300",
                "--junit",
                report("stress"),
            ],
        ),
        Runner(
            "demo", [python, "tests/demo/demo.py", "--build", str(build), "--junit", report("demo")]
        ),
    ]


@dataclass
class Done:
    runner: Runner
    status: int
    output: str
    seconds: float


def run(runner: Runner, environment: dict[str, str]) -> Done:
    began = time.monotonic()
    print(f"-> {runner.name}", flush=True)
    ended = subprocess.run(
        runner.command,
        cwd=runner.directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return Done(runner, ended.returncode, ended.stdout, time.monotonic() - began)


def last_lines(text: str) -> str:
    return "\n".join(text.rstrip().splitlines()[-3:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--only", help="run these runners alone, with commas between")
    arguments = parser.parse_args()
    build: Path = arguments.build.resolve()
    reports = build / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    for old in reports.glob("*.xml"):
        old.unlink()

    allowed = (ROOT / "tests/skips.txt").read_text().splitlines()
    skips_allowed = sum(1 for line in allowed if line.strip() and not line.startswith("#"))
    environment = dict(os.environ, BMAUTH_BUILD=str(build))
    total, troubles, rows = junit.Counts(), [], []
    known = runners(build, reports)
    wanted = arguments.only.split(",") if arguments.only else [one.name for one in known]
    if unknown := set(wanted) - {one.name for one in known}:
        parser.error(f"no runner is called {', '.join(sorted(unknown))}")
    chosen = [one for one in known if one.name in wanted]
    for program in (go_program, rust_program):
        program(build)  # once, before several runners want them
    began = time.monotonic()
    # Most of them wait most of the time, for servers and for each other's processes.
    with ThreadPoolExecutor(max_workers=AT_A_TIME) as pool:
        for done in pool.map(lambda one: run(one, environment), chosen):
            name = done.runner.name
            path = reports / f"{name}.xml"
            counts = junit.read(path) if path.exists() else junit.Counts()
            print(
                f"== {name}\n{done.output if done.status else last_lines(done.output)}", flush=True
            )
            if counts.passed + counts.failed == 0:
                troubles.append(f"{name} ran no case")
            elif done.status != 0 and counts.failed == 0:
                troubles.append(f"{name} ended with status {done.status}")
            total += counts
            rows.append(
                f"  {name:20} {counts.passed:5} passed {counts.failed:3} failed {done.seconds:7.1f} s"
            )
    if total.skipped > skips_allowed:
        troubles.append(f"{total.skipped} cases skipped, {skips_allowed} listed in tests/skips.txt")
    print("\n".join(rows))
    print(f"  {len(rows)} runners, {AT_A_TIME} at a time, {time.monotonic() - began:.0f} s")
    for trouble in troubles:
        print(f"FAILED: {trouble}")
    print(f"{total.passed} passed, {total.failed + len(troubles)} failed, {total.skipped} skipped")
    return 1 if total.failed or troubles else 0


if __name__ == "__main__":
    sys.exit(main())
