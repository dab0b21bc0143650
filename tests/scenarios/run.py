"""Runs scenarios.json in one language: a few emulators, a few scenarios at a time, each in a home of its own.

python tests/scenarios/run.py --build build/release --language c [--only WORDS] [--junit FILE]
"""

from __future__ import annotations

import argparse
import json
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import junit
from harness.emulator import Emulator
from scenarios.drivers import Driver, Reply, start_driver
from scenarios.world import Mismatch, World, match

SCENARIOS = Path(__file__).with_name("scenarios.json")
PARALLEL = 4
Step = dict[str, Any]


class Run:
    """One scenario in progress. Each step is an object whose first key is its verb."""

    def __init__(
        self, scenario: Step, world: World, start: Callable[[dict[str, str]], Driver]
    ) -> None:
        self._world, self._start, self._scenario = world, start, scenario
        self._drivers: dict[str, Driver] = {}
        self._jobs: dict[str, Future[Reply]] = {}
        self._pool = ThreadPoolExecutor(max_workers=16)
        self._user_code = ""

    def run(self) -> None:
        world = self._world
        world.emulator.reset()
        if self._scenario.get("config", True):
            world.write_config()
        if "settings" in self._scenario:
            world.emulator.control("settings", self._scenario["settings"])
        try:
            for index, step in enumerate(self._scenario["steps"]):
                try:
                    self._step(step)
                except Mismatch as mismatch:
                    raise Mismatch(f"step {index + 1} {json.dumps(step)}: {mismatch}") from None
        finally:
            for driver in self._drivers.values():
                driver.close()
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _driver(self, step: Step) -> Driver:
        name = step.get("process", "p1")
        if name not in self._drivers:
            variables = self._scenario.get("env", {}) | step.get("env", {})
            self._drivers[name] = self._start(self._world.environment(variables))
        return self._drivers[name]

    def _step(self, step: Step) -> None:
        verb = next(iter(step))
        getattr(self, f"_do_{verb}")(step)

    def _judge(self, reply: Reply, step: Step) -> None:
        if "died" in reply:
            raise Mismatch(f"the process died: {reply['died']}")
        expected_error = step.get("error")
        if expected_error is None:
            if "error" in reply:
                raise Mismatch(f"failed: {reply['error']}")
            match(reply, self._world.fill(step.get("expect", {})), "reply")
        else:
            if "error" not in reply:
                raise Mismatch(f"succeeded: {reply}")
            wanted = {"name": expected_error} if isinstance(expected_error, str) else expected_error
            match(reply["error"], self._world.fill(wanted), "error")

    def _timed(self, call: Callable[[], Reply], step: Step) -> Reply:
        started = time.monotonic()
        reply = call()
        elapsed_ms = (time.monotonic() - started) * 1000
        if "within_ms" in step and elapsed_ms > step["within_ms"]:
            raise Mismatch(f"took {elapsed_ms:.0f} ms, more than {step['within_ms']}")
        return reply

    def _do_call(self, step: Step) -> None:
        driver = self._driver(step)
        fields = self._world.fill(step.get("with", {}))

        def call() -> Reply:
            return driver.call(step["call"], fields)

        if "job" in step:
            self._jobs[step["job"]] = self._pool.submit(call)
            return
        reply = self._timed(call, step)
        self._user_code = reply.get("user_code") or self._user_code
        self._judge(reply, step)

    def _do_join(self, step: Step) -> None:
        self._judge(self._jobs.pop(step["join"]).result(timeout=60), step)

    def _do_login(self, step: Step) -> None:
        action = step.get("action", "approve")
        login = step["login"]
        driver = self._driver(step)

        def person(user_code: str) -> None:
            if action != "none":
                self._world.emulator.person(user_code, action, login)

        reply = self._timed(lambda: driver.log_in(step.get("with", {}), person), step)
        self._judge(reply, step)

    def _do_person(self, step: Step) -> None:
        self._world.emulator.person(self._user_code, step["person"], step.get("login", "alice"))

    def _do_emulator(self, step: Step) -> None:
        self._world.emulator.control(step["emulator"], self._world.fill(step.get("with", {})))

    def _do_write(self, step: Step) -> None:
        self._world.write_file(step["write"], step["content"], step.get("mode"))

    def _do_edit(self, step: Step) -> None:
        self._world.edit_tokens(step["edit"], step["changes"])

    def _do_foreign_refresh(self, step: Step) -> None:
        self._world.foreign_refresh(step["foreign_refresh"])

    def _do_chmod(self, step: Step) -> None:
        self._world.path(step["chmod"]).chmod(int(step["mode"], 8))

    def _do_remember(self, _: Step) -> None:
        self._world.remembered = self._world.snapshot()

    def _do_unchanged(self, step: Step) -> None:
        ignored = set(step["unchanged"]) if isinstance(step["unchanged"], list) else set()
        before, after = self._world.remembered, self._world.snapshot()
        for name in sorted(set(before) | set(after)):
            if name not in ignored and before.get(name) != after.get(name):
                raise Mismatch(f"{name} changed: {before.get(name)} became {after.get(name)}")

    def _do_file(self, step: Step) -> None:
        self._world.expect_file(step["file"], step)

    def _do_wait_ms(self, step: Step) -> None:
        time.sleep(step["wait_ms"] / 1000)

    def _do_log(self, step: Step) -> None:
        """How many requests the emulator saw that match: never the client's own count."""
        wanted = self._world.fill(step["log"])

        def fits(entry: dict[str, Any]) -> bool:
            try:
                match(entry, wanted, "entry")
            except Mismatch:
                return False
            return True

        entries = self._world.emulator.log()
        count = sum(1 for entry in entries if fits(entry))
        if count != step["count"]:
            short = [
                (
                    entry["method"],
                    entry["path"],
                    entry.get("grant_type"),
                    entry["status"],
                    entry["outcome"],
                )
                for entry in entries
            ]
            raise Mismatch(f"{count} requests match, not {step['count']}, in {short}")


def run_all(scenarios: list[Step], language: str, build: Path) -> list[junit.Case]:
    emulators: queue.Queue[Emulator] = queue.Queue()
    started = [Emulator("--interval", "1") for _ in range(min(PARALLEL, len(scenarios)))]
    for emulator in started:
        emulators.put(emulator)
    lock = threading.Lock()

    def run_one(scenario: Step) -> junit.Case:
        emulator = emulators.get()
        world = World(emulator)
        began = time.monotonic()
        failure = None
        try:
            Run(scenario, world, lambda env: start_driver(language, build, env)).run()
        except Mismatch as mismatch:
            failure = str(mismatch)
        except Exception:
            failure = traceback.format_exc()
        finally:
            world.close()
            emulators.put(emulator)
        case = junit.Case(scenario["name"], time.monotonic() - began, failure)
        with lock:
            print(
                f"{'FAILED' if failure else 'ok':6} {case.seconds:6.2f} s  {case.name}", flush=True
            )
            if failure:
                print(f"       {failure}", flush=True)
        return case

    with ThreadPoolExecutor(max_workers=len(started)) as pool:
        cases = list(pool.map(run_one, scenarios))
    for emulator in started:
        emulator.stop()
    return cases


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--language", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--junit", type=Path)
    arguments = parser.parse_args()
    scenarios = [
        scenario
        for scenario in json.loads(SCENARIOS.read_text())
        if arguments.only in scenario["name"] and arguments.language not in scenario.get("not", {})
    ]
    cases = run_all(scenarios, arguments.language, arguments.build.resolve()) if scenarios else []
    if arguments.junit:
        junit.write(arguments.junit, f"scenarios_{arguments.language}", cases)
    failed = sum(1 for case in cases if case.failure)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
