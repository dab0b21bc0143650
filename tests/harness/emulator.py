"""The emulator as a child process, and its control API."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CLIENT_ID = "client_01K6KWQPW6J1M8VV7R3TZP5A6M"


def node() -> str:
    own = ROOT / "build/bin-tools/node"
    return str(own) if own.exists() else shutil.which("node") or "node"


class Emulator:
    """Started on a free port; ends when its standard input closes, so never outlives its parent."""

    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen(
            [node(), str(ROOT / "tests/emulator/src/main.mjs"), "--end-with-stdin", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the emulator did not start; is `make setup` done?")
        ready = json.loads(line)
        self.issuer: str = ready["issuer"]
        self.cloud_host: str = ready["cloud_host"]
        self.ca_file: str | None = ready.get("ca_file")
        self._control: str = ready["control"]
        self.trust = ssl.create_default_context(cafile=self.ca_file) if self.ca_file else None

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def environment(self) -> dict[str, str]:
        """What makes every bmauth talk to this emulator."""
        variables = {
            "BASIC_MEMORY_CLOUD_DOMAIN": self.issuer,
            "BASIC_MEMORY_CLOUD_CLIENT_ID": CLIENT_ID,
            "BASIC_MEMORY_CLOUD_HOST": self.cloud_host,
        }
        if self.ca_file:
            variables["SSL_CERT_FILE"] = self.ca_file
        return variables

    def control(self, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(f"{self._control}/{path}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30, context=self.trust) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"control {path}: {error.code} {error.read().decode()}") from error

    def reset(self) -> None:
        self.control("reset", {})

    def log(self, after: int = 0) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control(f"log?after={after}")["entries"]
        return entries

    def person(self, user_code: str, action: str = "approve", login: str = "alice") -> Any:
        return self.control("person", {"user_code": user_code, "action": action, "login": login})
