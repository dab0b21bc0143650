"""A user with a home of its own, who talks to the emulator through the command."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

from command import leaks
from harness.emulator import CLIENT_ID, ROOT, Emulator

BUILD = Path(os.environ.get("BMAUTH_BUILD", ROOT / "build" / "release"))
PROGRAM = BUILD / "bin" / "bmauth"
WORKSPACE = "7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10"
VERIFIER = "v" * 43
TIMEOUT_S = 30.0


@dataclass
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = self.json["error"]
        return error


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def eventually(holds: Callable[[], Any], what: str) -> Any:
    """Waits for something that another process does; the time limit is for a broken build alone."""
    end = time.monotonic() + TIMEOUT_S
    while time.monotonic() < end:
        value = holds()
        if value:
            return value
        time.sleep(0.005)
    raise AssertionError(f"never seen: {what}")


class Running:
    """A command that was started; what it says is read while it runs."""

    def __init__(
        self,
        world: World,
        words: tuple[str, ...],
        environment: dict[str, str],
        stderr: int = subprocess.PIPE,
        is_secret_shown: bool = False,
    ) -> None:
        self._world = world
        self._is_secret_shown = is_secret_shown
        self.process = subprocess.Popen(
            [str(world.program), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=environment,
        )
        self._lines: list[str] = []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        if self.process.stderr is not None:
            for line in self.process.stderr:
                self._lines.append(line)

    def until(self, words: str) -> str:
        """Waits for the line on stderr that holds these words, and answers it."""

        def said() -> Union[str, None]:
            has_ended = not self._listener.is_alive()
            found = [line for line in self._lines if words in line]
            assert found or not has_ended, f"ended without saying {words!r}: {self._lines}"
            return found[0] if found else None

        return str(eventually(said, words))

    def code(self) -> str:
        return self.until("  Code  ").split()[-1]

    def interrupt(self) -> float:
        """Ctrl-C; answers when that was."""
        self.process.send_signal(signal.SIGINT)
        return time.monotonic()

    def end(self) -> Done:
        assert self.process.stdout is not None
        killer = threading.Timer(TIMEOUT_S, self.process.kill)
        killer.start()
        out = self.process.stdout.read()
        status = self.process.wait()
        killer.cancel()
        self._listener.join()
        done = Done(status, out, "".join(self._lines))
        self._world.keep(done, self._is_secret_shown)
        return done


class World:
    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.program = PROGRAM
        self.home = Path(tempfile.mkdtemp(prefix="bmauth-command-"))
        self.data_dir = self.home / ".basic-memory"
        self.data_dir.mkdir(mode=0o700)
        self.token_file = self.data_dir / "basic-memory-cloud.json"
        self.secrets: set[str] = set()
        self.said: dict[str, str] = {}
        self.running: list[Running] = []
        self.configure()

    def close(self) -> None:
        for running in self.running:
            if running.process.poll() is None:
                running.process.kill()
                running.end()
        shutil.rmtree(self.home, ignore_errors=True)

    def configure(self, **members: Any) -> None:
        """The emulator as this user's own choice, three projects, and what the test adds."""
        config = {
            "cloud_domain": self.emulator.issuer,
            "cloud_client_id": CLIENT_ID,
            "cloud_host": self.emulator.cloud_host,
            "projects": {
                "notes": {"mode": "local", "path": "/home/me/notes"},
                "research": {"mode": "cloud", "workspace_id": WORKSPACE},
                "ideas": {"mode": "cloud"},
            },
        }
        (self.data_dir / "config.json").write_text(json.dumps(config | members))

    def environment(self, extra: dict[str, str]) -> dict[str, str]:
        own = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8"}
        if self.emulator.ca_file:
            own["SSL_CERT_FILE"] = self.emulator.ca_file
        return {name: value for name, value in (own | extra).items() if value}

    def start(
        self,
        *words: str,
        extra: Union[dict[str, str], None] = None,
        stderr: int = subprocess.PIPE,
        is_secret_shown: bool = False,
    ) -> Running:
        running = Running(self, words, self.environment(extra or {}), stderr, is_secret_shown)
        self.running.append(running)
        return running

    def run(self, *words: str, extra: Union[dict[str, str], None] = None) -> Done:
        """Runs a command to its end. Only `token` and `header` may show a secret, on stdout."""
        is_secret_shown = "--help" not in words and words[:1] in (("token",), ("header",))
        return self.start(*words, extra=extra, is_secret_shown=is_secret_shown).end()

    def shell(self, script: str, extra: Union[dict[str, str], None] = None) -> Done:
        """The same by a shell, as a user types it; `bmauth` is on PATH."""
        environment = self.environment(extra or {})
        environment["PATH"] = f"{self.program.parent}:{environment['PATH']}"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", script],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
        )
        result = Done(done.returncode, done.stdout, done.stderr)
        self.keep(result, is_secret_shown=False)
        return result

    def keep(self, done: Done, is_secret_shown: bool) -> None:
        number = len(self.said)
        self.said[f"stderr of run {number}"] = done.err
        self.said[f"stdout of run {number}"] = "" if is_secret_shown else done.out
        self.remember_tokens()

    def remember_tokens(self) -> None:
        """The tokens that are stored at this moment are secrets from now on."""
        try:
            record = json.loads(self.token_file.read_text())
        except (OSError, ValueError):
            return
        self.secrets |= {record[name] for name in ("access_token", "refresh_token") if record[name]}

    def leaks(self) -> list[str]:
        """Secrets in what was said, and in every file of this home but the token file."""
        texts = dict(self.said)
        for path in self.home.rglob("*"):
            is_readable = path.is_file() and not path.is_symlink()
            if is_readable and path != self.token_file and path != self.program:
                texts[str(path.relative_to(self.home))] = path.read_bytes().decode("latin-1")
        return leaks.find(texts, self.secrets)

    def sign_in(self, login: str = "alice", **changes: Any) -> dict[str, Any]:
        """A session as bmauth stores it, got without waiting. `changes` are members to replace."""
        self.emulator.control("settings", {"enforce_interval": False})
        begun = self._post("device_authorization", scope="openid profile email offline_access")
        self.emulator.person(begun["user_code"], login=login)
        tokens = self._post(
            "token",
            grant_type="urn:ietf:params:oauth:grant-type:device_code",
            device_code=begun["device_code"],
            code_verifier=VERIFIER,
        )
        self.emulator.control("settings", {"enforce_interval": True})
        now = int(time.time())
        record = {
            "access_token": tokens["access_token"],
            "refresh_token": tokens["refresh_token"],
            "expires_at": now + tokens["expires_in"],
            "token_type": "Bearer",
            "issuer": self.emulator.issuer,
            "client_id": CLIENT_ID,
            "cloud_host": self.emulator.cloud_host,
            "issued_at": now,
            "identity": {"subject": login, "email": f"{login}@example.test"},
        }
        record.update(changes)
        self.token_file.write_text(json.dumps(record))
        self.token_file.chmod(0o600)
        self.remember_tokens()
        return record

    def sign_in_long_ago(self) -> dict[str, Any]:
        """A session whose access token is not valid any more; its refresh token is."""
        now = int(time.time())
        return self.sign_in(expires_at=now - 60, issued_at=now - 360)

    def _post(self, endpoint: str, **form: str) -> Any:
        hashed = hashlib.sha256(VERIFIER.encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
        fields = {"client_id": CLIENT_ID, **form}
        if endpoint == "device_authorization":
            fields |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        url = f"{self.emulator.issuer}/oauth2/{endpoint}"
        try:
            with urllib.request.urlopen(
                url, urllib.parse.urlencode(fields).encode(), context=self.emulator.trust
            ) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{endpoint}: {error.read().decode()}") from error

    def stored(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self.token_file.read_text())
        return record

    def files(self) -> dict[str, bytes]:
        """Every file of the data dir but the permanent, empty lock files."""
        return {
            str(path.relative_to(self.data_dir)): path.read_bytes()
            for path in sorted(self.data_dir.rglob("*"))
            if path.is_file() and path.suffix != ".lock"
        }

    def answer_next(self, path: str, **answer: Any) -> None:
        self.emulator.control("answers", [{"path": path, **answer}])

    def requests(self, path: str, **members: Any) -> list[dict[str, Any]]:
        """What arrived from the command; the person's own requests are not its."""
        return [
            entry
            for entry in self.emulator.log()
            if entry["path"] == path
            and not entry.get("person")
            and all(entry.get(name) == value for name, value in members.items())
        ]

    def refreshes(self) -> list[dict[str, Any]]:
        return self.requests("/oauth2/token", grant_type="refresh_token")

    @contextmanager
    def locked_session(self) -> Iterator[Path]:
        """Holds the session's lock as another process would."""
        lock = self.token_file.with_name(self.token_file.name + ".lock")
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield lock
        finally:
            os.close(descriptor)
