"""Many processes on one session: contended expiries, with the holder killed at random.

Every expiry is made by hand (expires_at in the token file goes into the past), all workers ask at once,
and then it is judged from the emulator's log alone: as many rotations as expiries, no token presented
again outside of the grace, and after each kill the token file is whole and its refresh token is the live
one (or was being replaced by the killed process).

    python tests/stress/stress.py --build build/release --expiries 10000 --processes 16
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import junit
from harness.emulator import CLIENT_ID, Emulator
from scenarios.drivers import LANGUAGES, start_driver

REFRESH = "refresh_token"


class Worker:
    """A process that lives as long as the run and holds one client."""

    def __init__(self, program: Path, environment: dict[str, str]) -> None:
        self._program, self._environment = program, environment
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [str(self._program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=self._environment,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if line != "ready\n":
            raise AssertionError(f"a worker did not start: {line!r}")

    def ask(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("token\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        """What it said; empty if it was killed."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def kill(self) -> None:
        self._process.kill()

    def restart(self) -> None:
        self._process.wait()
        self.start()

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class LanguageWorker:
    """A process of any language, by its driver of the scenarios."""

    def __init__(self, language: str, build: Path, environment: dict[str, str]) -> None:
        self._language = language
        self._driver = start_driver(language, build, environment)
        self._pool = ThreadPoolExecutor(max_workers=1)

    def ask(self) -> None:
        self._reply = self._pool.submit(self._driver.call, "token", {"purpose": "account"})

    def answer(self) -> str:
        reply = self._reply.result()
        if "access_token" in reply:
            return f"ok {reply['access_token']}"
        return f"error in {self._language}: {reply}"

    def stop(self) -> None:
        self._driver.close()
        self._pool.shutdown()


class Session:
    """The token file under test, and what the server says about it."""

    def __init__(self, emulator: Emulator, data_dir: Path) -> None:
        self._emulator = emulator
        self.path = data_dir / "basic-memory-cloud.json"
        self._seen = 0

    def read(self) -> dict[str, object]:
        record: dict[str, object] = json.loads(self.path.read_text())
        if not record.get("access_token") or not record.get(REFRESH):
            raise AssertionError(f"the store lost a token: {sorted(record)}")
        return record

    def expire(self) -> None:
        record = self.read() | {"expires_at": int(time.time()) - 10}
        temporary = self.path.with_suffix(".expiring")
        temporary.write_text(json.dumps(record))
        temporary.chmod(0o600)
        temporary.replace(self.path)

    def effects(self) -> dict[str, int]:
        """What the server did to refresh tokens since the last call, even if its answer was lost."""
        entries = self._emulator.log(self._seen)
        counts: dict[str, int] = {}
        for entry in entries:
            self._seen = max(self._seen, entry["seq"])
            if entry.get("grant_type") == REFRESH:
                effect = entry.get("effect") or entry["outcome"]
                counts[effect] = counts.get(effect, 0) + 1
        return counts


@contextmanager
def world(build: Path) -> Iterator[tuple[Session, dict[str, str]]]:
    """A session that was logged in to, and the environment of those who share it."""
    home = Path(tempfile.mkdtemp(prefix="bmauth-stress-"))
    data_dir = home / ".basic-memory"
    data_dir.mkdir(mode=0o700)
    with Emulator("--interval", "1", "--replay-grace", "30") as emulator:
        config = {
            "cloud_domain": emulator.issuer,
            "cloud_client_id": CLIENT_ID,
            "cloud_host": emulator.cloud_host,
        }
        (data_dir / "config.json").write_text(json.dumps(config))
        environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
        log_in(build, environment, emulator)
        session = Session(emulator, data_dir)
        session.effects()
        try:
            yield session, environment
        finally:
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def stopping(workers: Sequence[Worker | LanguageWorker]) -> Iterator[None]:
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


def log_in(build: Path, environment: dict[str, str], emulator: Emulator) -> None:
    command = [str(build / "bin/bmauth"), "login", "--no-browser"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip().startswith("Code"):
            emulator.person(line.split()[-1])
    if process.wait() != 0:
        raise AssertionError("the login failed")


def contend(session: Session, workers: Sequence[Worker | LanguageWorker], expiries: int) -> None:
    """Every expiry is one rotation, however many ask."""
    for expiry in range(expiries):
        session.expire()
        for worker in workers:
            worker.ask()
        answers = {worker.answer() for worker in workers}
        if len(answers) != 1 or not next(iter(answers)).startswith("ok "):
            raise AssertionError(f"expiry {expiry}: answers differ: {sorted(answers)[:3]}")
        seen = session.effects()
        if seen != {"rotated": 1}:
            raise AssertionError(f"expiry {expiry}: {seen}")


def contend_in_c(build: Path, expiries: int, processes: int) -> str:
    with world(build) as (session, environment):
        workers = [Worker(build / "tests/stress_worker", environment) for _ in range(processes)]
        with stopping(workers):
            contend(session, workers, expiries)
    return f"{expiries} expiries, {processes} processes: {expiries} rotations"


def contend_in_all_languages(build: Path, expiries: int, each: int) -> str:
    with world(build) as (session, environment):
        workers = [
            LanguageWorker(language, build, environment)
            for language in LANGUAGES
            for _ in range(each)
        ]
        with stopping(workers):
            contend(session, workers, expiries)
    return f"{expiries} expiries, {each} processes each of {', '.join(LANGUAGES)}: {expiries} rotations"


def contend_and_kill(build: Path, expiries: int, processes: int, kills: int, seed: int) -> str:
    """A killed holder loses nothing: the next one sends the same token again, within the grace."""
    chance = random.Random(seed)
    totals: dict[str, int] = {}
    killed = rounds = 0
    with world(build) as (session, environment):
        workers = [Worker(build / "tests/stress_worker", environment) for _ in range(processes)]
        with stopping(workers):
            while rounds < expiries or killed < kills:
                rounds += 1
                session.expire()
                victim = chance.choice(workers) if killed < kills else None
                for worker in workers:
                    worker.ask()
                if victim is not None:
                    time.sleep(chance.uniform(0, 0.012))
                    victim.kill()
                    killed += 1
                    session.read()  # whole at any instant
                for worker in workers:
                    answer = worker.answer()
                    if worker is not victim and not answer.startswith("ok "):
                        raise AssertionError(f"round {rounds}: {answer}")
                if victim is not None:
                    victim.restart()
                seen = session.effects()
                for effect, count in seen.items():
                    totals[effect] = totals.get(effect, 0) + count
                # One rotation each, and a replay for what a killed holder had sent.
                if seen.get("rotated", 0) != 1:
                    raise AssertionError(f"round {rounds}: {seen}")
                if set(seen) - {"rotated", "replayed_in_grace", "closed_by_client"}:
                    raise AssertionError(f"round {rounds}: {seen}")
                session.read()
    replays = totals.get("replayed_in_grace", 0)
    return f"{rounds} expiries, {killed} kills (seed {seed}): {totals['rotated']} rotations, {replays} replays"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--expiries", type=int, default=10000)
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--junit", type=Path)
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    kills = arguments.kills if arguments.kills is not None else arguments.expiries
    proofs: dict[str, Callable[[], str]] = {
        "one expiry, one rotation": lambda: contend_in_c(
            build, max(1, arguments.expiries // 10), arguments.processes
        ),
        "one expiry, one rotation over all languages": lambda: contend_in_all_languages(
            build, max(1, arguments.expiries // 10), 8
        ),
        "killed holders lose nothing": lambda: contend_and_kill(
            build, arguments.expiries, arguments.processes, kills, arguments.seed
        ),
    }
    cases = []
    for name, proof in proofs.items():
        began, failure = time.monotonic(), None
        try:
            print(f"ok      {name}: {proof()}", flush=True)
        except AssertionError as error:
            failure = str(error)
            print(f"FAILED  {name} (seed {arguments.seed}): {failure}", flush=True)
        cases.append(junit.Case(name, time.monotonic() - began, failure))
    if arguments.junit:
        junit.write(arguments.junit, "stress", cases)
    return 1 if any(case.failure for case in cases) else 0


if __name__ == "__main__":
    sys.exit(main())
