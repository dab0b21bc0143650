"""The languages under test: a driver process that speaks lines, or the command as its user runs it."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from harness import cargo, go
from harness.emulator import node

Reply = dict[str, Any]
TIMEOUT_S = 60
ROOT = Path(__file__).resolve().parents[2]
DRIVERS = Path(__file__).with_name("drivers")
LANGUAGES = ("c", "cpp", "command", "python", "python_aio", "node", "go", "rust")


@functools.lru_cache
def go_program(build: Path) -> str:
    """The driver in Go, built against the library in `build`; go compiles nothing where it is fresh."""
    return go.program(ROOT / "tests/scenarios/drivers/go", build, build / "tests/driver_go")


@functools.lru_cache
def rust_program(build: Path) -> str:
    """The driver in Rust, built against the library in `build`; cargo does nothing where it is fresh."""
    built = cargo.cargo(cargo.of_build(build), "build", "--locked", "--package", "driver_rust")
    if built.returncode != 0:
        raise RuntimeError(built.stdout)
    return str(build / "cargo/debug/driver_rust")


class Driver(Protocol):
    def call(self, verb: str, fields: dict[str, Any]) -> Reply: ...
    def log_in(self, fields: dict[str, Any], person: Callable[[str], None]) -> Reply: ...
    def close(self) -> None: ...


class LineDriver:
    """A program of tests/scenarios/drivers: a verb and fields in, one JSON object out."""

    def __init__(self, program: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self._is_open = False

    def call(self, verb: str, fields: dict[str, Any]) -> Reply:
        if not self._is_open and verb != "open":
            opened = self.call("open", {})
            if "error" in opened:
                return opened
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        parts = [verb, *(f"{name}={text_of(value)}" for name, value in fields.items())]
        process.stdin.write("\t".join(parts) + "\n")
        process.stdin.flush()
        timer = threading.Timer(TIMEOUT_S, process.kill)
        timer.start()
        line = process.stdout.readline()
        timer.cancel()
        if not line:
            return {"died": process.wait()}
        reply: Reply = json.loads(line)
        if verb == "open" and "error" not in reply:
            self._is_open = True
        return reply

    def log_in(self, fields: dict[str, Any], person: Callable[[str], None]) -> Reply:
        begun = self.call("login_begin", fields)
        if "error" in begun:
            return begun
        if begun["user_code"]:
            person(begun["user_code"])
        waited = self.call("login_wait", {})
        return waited if "error" in waited else self.call("login_report", {})

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class CommandDriver:
    """The `bmauth` command: every call is a process of its own, `--json` its language."""

    def __init__(self, program: Path, environment: dict[str, str]) -> None:
        self._program, self._environment = program, environment

    def call(self, verb: str, fields: dict[str, Any]) -> Reply:
        if verb == "open":
            verb, fields = "route", {}  # whatever opens a client
        reply = self._run(self.words(verb, fields))
        if "error" in reply or verb not in ("projects", "status", "whoami", "logout"):
            return reply
        return {"report": reply.get("data", reply)}

    @staticmethod
    def words(verb: str, fields: dict[str, Any]) -> list[str]:
        flags: dict[str, Callable[[Any], list[str]]] = {
            "min_validity_ms": lambda value: ["--min-validity", str(int(value) // 1000)],
            "override": lambda value: [f"--{value}"],
            "workspace": lambda value: ["--workspace", value],
            "url": lambda value: ["--url", value],
            "offline": lambda _: ["--offline"],
            "forced": lambda _: ["--force"],
            "purpose": lambda _: [],
        }
        names = {
            "projects": ["project", "list"],
            "headers": ["header"],
            "headers_for_url": ["header"],
        }
        words = [*names.get(verb, [verb]), "--json"]
        for name, value in fields.items():
            if name == "project":
                words += ["--project", value] if verb == "headers" else [value]
            else:
                words += flags[name](value)
        return words

    def log_in(self, fields: dict[str, Any], person: Callable[[str], None]) -> Reply:
        process = self._start(["login", "--no-browser", *self.words("login", fields)[1:]])
        assert process.stderr is not None and process.stdout is not None
        for line in process.stderr:
            found = re.search(r"\b([A-Z0-9]{4}-[A-Z0-9]{4})\b", line)
            if found:
                person(found.group(1))
                break
        rest = threading.Thread(target=process.stderr.read)
        rest.start()
        reply = parse(process.stdout.read(), process.wait(timeout=TIMEOUT_S))
        rest.join()
        return reply if "error" in reply else {"report": reply}

    def _start(self, words: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self._program), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._environment,
        )

    def _run(self, words: list[str]) -> Reply:
        process = self._start(words)
        try:
            output, _ = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return {"died": "timeout"}
        return parse(output, process.returncode)

    def close(self) -> None:
        pass


def parse(output: str, status: int) -> Reply:
    if not output.strip():
        return {"died": status}
    value = json.loads(output)
    reply: Reply = value if isinstance(value, dict) else {"data": value}
    if "error" in reply and isinstance(reply["error"], dict) and "name" in reply["error"]:
        reply["error"]["exit_status"] = status
    return reply


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def start_driver(language: str, build: Path, environment: dict[str, str]) -> Driver:
    """A process of that language, with nothing in its environment but what is given."""
    if language == "command":
        return CommandDriver(build / "bin/bmauth", environment)
    if language in ("python", "python_aio"):
        words = [sys.executable, str(DRIVERS / "driver.py")]
        words += ["--aio"] if language == "python_aio" else []
        return LineDriver(words, environment | {"PYTHONPATH": str(build / "python")})
    if language == "node":
        program = DRIVERS / "driver.mjs"
        return LineDriver([node(), str(program)], environment | {"BMAUTH_BUILD": str(build)})
    if language == "go":
        return LineDriver([go_program(build)], environment)
    if language == "rust":
        return LineDriver([rust_program(build)], environment)
    return LineDriver([str(build / f"tests/driver_{language}")], environment)
