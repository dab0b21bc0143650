"""A Python process that a test starts, talks to by lines and ends; its output is searched for secrets."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from command.world import Done, World

PREAMBLE = """\
import os, signal, sys, threading, time
import bmauth
client = bmauth.Client()
def say(*words):
    print(*words, flush=True)
"""
LIMIT_S = 30.0


class Child:
    def __init__(self, world: World, packages: list[str]) -> None:
        self._world = world
        self._path = ":".join(packages)
        self._process: subprocess.Popen[str] | None = None

    def start(self, source: str) -> None:
        self._start("-c", PREAMBLE + textwrap.dedent(source))

    def _start(self, *words: str) -> None:
        environment = self._world.environment({"PYTHONPATH": self._path})
        self._process = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process is not None, "the child was not started"
        return self._process

    def line(self) -> str:
        """The next line that it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the child ended: {self.end()}")
        return line.rstrip("\n")

    def tell(self, line: str = "") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def interrupt(self) -> float:
        """Ctrl-C; answers when that was."""
        self.process.send_signal(signal.SIGINT)
        return time.monotonic()

    def end(self) -> Done:
        out, err = self.process.communicate(timeout=LIMIT_S)
        done = Done(self.process.returncode, out, err)
        self._world.keep(done, is_secret_shown=False)
        return done

    def run(self, source: str) -> Done:
        self.start(source)
        return self.end()

    def run_file(self, path: Path) -> Done:
        self._start(str(path))
        return self.end()

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
