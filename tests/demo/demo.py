"""The main job, from nothing: log in, refresh, route, call the API, log out - on the emulator.

Each step prints the command that does it and is judged by what is seen afterwards; the demo ends with 0
only if every step held. At a terminal with a browser a person approves; else the demo walks the
verification pages as a browser would.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import junit
from harness.emulator import CLIENT_ID, Emulator

ACCESS_TOKEN_TTL_S = 6
WORKSPACE = "7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10"


def check(holds: bool, words: str) -> None:
    print(f"    {'seen' if holds else 'NOT SEEN'}: {words}")
    if not holds:
        raise AssertionError(words)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Demo:
    def __init__(self, build: Path, emulator: Emulator, home: Path, is_interactive: bool) -> None:
        self._emulator = emulator
        self._is_interactive = is_interactive
        self._data_dir = home / ".basic-memory"
        self._token_file = self._data_dir / "basic-memory-cloud.json"
        self._environment = {
            "PATH": f"{build / 'bin'}:{os.environ['PATH']}",
            "HOME": str(home),
            "LANG": "C.UTF-8",
        }
        if is_interactive:
            for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
                if name in os.environ:
                    self._environment[name] = os.environ[name]
        self._first_token = ""

    def shell(self, command: str) -> str:
        """Runs what a user would type, and shows it."""
        print(f"  $ {command}")
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
        for line in done.stdout.splitlines():
            print(f"    {line if len(line) < 110 else line[:100] + ' ...'}")
        check(done.returncode == 0, f"exit status {done.returncode}")
        return done.stdout

    def quietly(self, command: str) -> str:
        """The same for a secret: what it prints is not shown."""
        print(f"  $ {command}   (not shown)")
        done = subprocess.run(
            ["bash", "-c", command],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        check(done.returncode == 0, f"exit status {done.returncode} {done.stderr.strip()}")
        return done.stdout.strip()

    def configure(self) -> None:
        self._data_dir.mkdir(mode=0o700)
        config = {
            "cloud_domain": self._emulator.issuer,
            "cloud_client_id": CLIENT_ID,
            "cloud_host": self._emulator.cloud_host,
            "projects": {
                "notes": {"mode": "local", "path": "/home/me/notes"},
                "research": {"mode": "cloud", "workspace_id": WORKSPACE},
            },
        }
        (self._data_dir / "config.json").write_text(json.dumps(config, indent=2))
        self.shell("bmauth project list")

    def log_in(self) -> None:
        command = (
            ["bmauth", "login"] if self._is_interactive else ["bmauth", "login", "--no-browser"]
        )
        print(f"  $ {' '.join(command)}")
        process = subprocess.Popen(
            command, env=self._environment, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        for line in process.stderr:
            print(f"    {line.rstrip()}")
            if line.strip().startswith("Code") and not self._is_interactive:
                walked = self._emulator.person(line.split()[-1])
                for step in walked["steps"]:
                    print(
                        f"      page: {step['method']} {step['path'].split('?')[0]} -> {step['status']}"
                    )
        check(process.wait() == 0, "exit status 0")
        polls = [entry for entry in self._emulator.log() if entry["path"] == "/oauth2/token"]
        check(polls[-1]["code_verifier_present"], "the PKCE verifier was presented and accepted")

    def show_tokens(self) -> None:
        self.shell(f"stat -c '%A %n' {self._token_file}")
        record = json.loads(self._token_file.read_text())
        mode = stat.S_IMODE(self._token_file.stat().st_mode)
        check(mode == 0o600, "the token file is readable by its owner alone")
        self._first_token = record["access_token"]
        shown = record | {
            "access_token": record["access_token"][:6] + "...",
            "refresh_token": record["refresh_token"][:4] + "...",
        }
        for line in json.dumps(shown, indent=2).splitlines():
            print(f"    {line}")

    def refresh(self) -> None:
        print(f"    tokens live {ACCESS_TOKEN_TTL_S} s here; waiting until this one is due")
        expires_at = json.loads(self._token_file.read_text())["expires_at"]
        time.sleep(max(0.0, expires_at - 1.0 - time.time()))
        token = self.quietly("bmauth token")
        check(token != self._first_token, "another access token than before")
        check(json.loads(self._token_file.read_text())["access_token"] == token, "and it is stored")
        rotations = [entry for entry in self._emulator.log() if entry["outcome"] == "rotated"]
        check(len(rotations) >= 1, "the server rotated the refresh token")

    def route(self) -> None:
        local = json.loads(self.shell("bmauth route notes --json"))
        check(
            local["mode"] == "local" and local["credential"] == "none", "notes stay on this machine"
        )
        cloud = json.loads(self.shell("bmauth route research --json"))
        check(
            cloud["mode"] == "cloud" and cloud["workspace"] == WORKSPACE,
            "research goes to the cloud",
        )

    def call(self) -> None:
        url = f"{self._emulator.cloud_host}/proxy/knowledge/entities"
        answer = json.loads(
            self.shell(f"bmauth header --project research | curl -sS --fail -H @- {url}")
        )
        check(answer["subject"] == "alice", "the cloud knows who asks")
        check(answer["workspace"] == WORKSPACE, "and for which workspace")
        entry = [
            entry for entry in self._emulator.log() if entry["path"].startswith("/proxy/knowledge")
        ][-1]
        stored = json.loads(self._token_file.read_text())["access_token"]
        check(entry["credential_sha256"] == digest(stored), "with the token that is stored")

    def status(self) -> None:
        words = self.shell("bmauth status")
        check("alice@example.test" in words and "active" in words, "who, and the subscription")
        facts = json.loads(self.quietly("bmauth status --json"))
        check(facts["is_authenticated"] and facts["cloud"]["is_reachable"], "the same as JSON")

    def log_out(self) -> None:
        self.shell("bmauth logout")
        check(not self._token_file.exists(), "the token file is gone")
        left = subprocess.run(
            ["bmauth", "token"], env=self._environment, capture_output=True, text=True
        )
        print(f"  $ bmauth token\n    {left.stderr.strip()}")
        check(left.returncode == 3, "exit status 3: login needed")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--junit", type=Path)
    arguments = parser.parse_args()
    has_display = any(name in os.environ for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    is_interactive = sys.stdin.isatty() and sys.stderr.isatty() and has_display
    home = Path(tempfile.mkdtemp(prefix="bmauth-demo-"))
    cases: list[junit.Case] = []
    options = ("--interval", "1", "--access-token-ttl", str(ACCESS_TOKEN_TTL_S))
    with Emulator(*options) as emulator:
        print(f"The emulator listens at {emulator.issuer}; this user's home is {home}.\n")
        demo = Demo(arguments.build.resolve(), emulator, home, is_interactive)
        steps: list[tuple[str, Callable[[], None]]] = [
            ("configure two projects, one of them in the cloud", demo.configure),
            ("log in by the device flow", demo.log_in),
            ("look at what is stored", demo.show_tokens),
            ("let the token become due, and see it refreshed", demo.refresh),
            ("ask where the projects are", demo.route),
            ("call the cloud with the headers of a project", demo.call),
            ("status", demo.status),
            ("log out", demo.log_out),
        ]
        for number, (name, step) in enumerate(steps, 1):
            print(f"{number}. {name}")
            began, failure = time.monotonic(), None
            try:
                step()
            except (
                AssertionError,
                OSError,
                ValueError,
                KeyError,
                subprocess.SubprocessError,
            ) as error:
                failure = f"{type(error).__name__}: {error}"
                print(f"    FAILED: {failure}")
            cases.append(junit.Case(name, time.monotonic() - began, failure))
            if failure:
                break
    shutil.rmtree(home, ignore_errors=True)
    if arguments.junit:
        junit.write(arguments.junit, "demo", cases)
    failed = sum(1 for case in cases if case.failure)
    print("\nEvery step was seen to hold." if not failed else "\nA step did not hold.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
