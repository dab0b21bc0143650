"""The outside of one scenario: a home of its own, the emulator, files, and how values are compared."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from harness.emulator import CLIENT_ID, Emulator

TOKENS = "basic-memory-cloud.json"


class Mismatch(AssertionError):
    """What was seen is not what the scenario says."""


class World:
    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.home = Path(tempfile.mkdtemp(prefix="bmauth-scenario-"))
        self.data_dir = self.home / ".basic-memory"
        self.data_dir.mkdir(mode=0o700)
        self.remembered: dict[str, tuple[int, bytes]] = {}

    def close(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    def environment(self, extra: dict[str, str]) -> dict[str, str]:
        variables = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8"}
        return variables | {name: str(self.fill(value)) for name, value in extra.items()}

    def write_config(self) -> None:
        """The emulator as this user's own choice, in the config file: stored credentials may go there."""
        self.path("config.json").write_text(
            json.dumps(
                {
                    "cloud_domain": self.emulator.issuer,
                    "cloud_client_id": CLIENT_ID,
                    "cloud_host": self.emulator.cloud_host,
                }
            )
        )

    def path(self, name: str) -> Path:
        return self.data_dir / name

    def fill(self, value: Any) -> Any:
        """Replaces ${issuer}, ${cloud_host}, its ${authority}, ${data_dir}, ${home}, ${now+N}.

        ${access_token} is the one that the store holds at this moment.
        """
        if isinstance(value, dict):
            return {self.fill(name): self.fill(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        if not isinstance(value, str):
            return value
        whole = re.fullmatch(r"\$\{now([+-]\d+)\}", value)
        if whole:
            return int(time.time()) + int(whole.group(1))
        names = {
            "issuer": self.emulator.issuer,
            "cloud_host": self.emulator.cloud_host,
            "authority": urllib.parse.urlsplit(self.emulator.cloud_host).netloc,
            "data_dir": str(self.data_dir),
            "home": str(self.home),
        }
        if "${access_token}" in value:
            names["access_token"] = json.loads(self.path(TOKENS).read_text())["access_token"]
        return re.sub(r"\$\{(\w+)\}", lambda found: names[found.group(1)], value)

    def write_file(self, name: str, content: Any, mode: str | None) -> None:
        path = self.path(name)
        content = self.fill(content)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text)
        path.chmod(int(mode, 8) if mode else 0o600)

    def edit_tokens(self, name: str, changes: dict[str, Any]) -> None:
        """Changes members of a token file in place, as a foreign program would."""
        path = self.path(name)
        record = json.loads(path.read_text()) | self.fill(changes)
        path.write_text(
            json.dumps({key: value for key, value in record.items() if value != "absent"})
        )

    def foreign_refresh(self, name: str) -> None:
        """Refreshes as `bm` does: no lock, truncating in place, dropping members it does not know."""
        path = self.path(name)
        record = json.loads(path.read_text())
        form = {
            "grant_type": "refresh_token",
            "refresh_token": record["refresh_token"],
            "client_id": CLIENT_ID,
        }
        body = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(
            f"{self.emulator.issuer}/oauth2/token", body, timeout=10
        ) as answer:
            tokens = json.loads(answer.read())
        kept = {
            "access_token": tokens["access_token"],
            "refresh_token": tokens["refresh_token"],
            "expires_at": int(time.time()) + tokens["expires_in"],
            "token_type": "Bearer",
        }
        path.write_text(json.dumps(kept, indent=2))

    def snapshot(self) -> dict[str, tuple[int, bytes]]:
        """Every file of the data dir but the permanent lock files, with mode and bytes."""
        return {
            str(path.relative_to(self.data_dir)): (
                stat.S_IMODE(path.stat().st_mode),
                path.read_bytes(),
            )
            for path in sorted(self.data_dir.rglob("*"))
            if path.is_file() and path.suffix != ".lock"
        }

    def expect_file(self, name: str, step: dict[str, Any]) -> None:
        path = self.path(name)
        if step.get("absent"):
            if path.exists():
                raise Mismatch(f"{name} is there")
            return
        if not path.exists():
            there = sorted(item.name for item in self.data_dir.iterdir())
            raise Mismatch(f"{name} is not there, but {there}")
        mode = f"{stat.S_IMODE(path.stat().st_mode):04o}"
        if "mode" in step and step["mode"] != mode:
            raise Mismatch(f"{name} has mode {mode}, not {step['mode']}")
        if "json" in step:
            match(json.loads(path.read_text()), self.fill(step["json"]), name)


def match(seen: Any, expected: Any, where: str) -> None:
    """Members that are expected must be there and equal; others are free."""
    if isinstance(expected, dict) and set(expected) == {"matches"}:
        if not isinstance(seen, str) or not re.search(expected["matches"], seen):
            raise Mismatch(f"{where} is {seen!r}, which does not match {expected['matches']!r}")
    elif isinstance(expected, dict) and set(expected) == {"between"}:
        low, high = expected["between"]
        if not isinstance(seen, (int, float)) or not low <= seen <= high:
            raise Mismatch(f"{where} is {seen!r}, not between {low} and {high}")
    elif isinstance(expected, dict) and set(expected) == {"count"}:
        if not isinstance(seen, (list, dict)) or len(seen) != expected["count"]:
            raise Mismatch(f"{where} is {seen!r}, not {expected['count']} long")
    elif isinstance(expected, dict):
        if not isinstance(seen, dict):
            raise Mismatch(f"{where} is {seen!r}, no object")
        for name, item in expected.items():
            if name not in seen:
                raise Mismatch(f"{where} has no member {name!r}: {seen!r}")
            match(seen[name], item, f"{where}.{name}")
    elif isinstance(expected, list):
        if not isinstance(seen, list) or len(seen) != len(expected):
            raise Mismatch(f"{where} is {seen!r}, not {expected!r}")
        for index, (left, right) in enumerate(zip(seen, expected)):
            match(left, right, f"{where}[{index}]")
    elif seen != expected:
        raise Mismatch(f"{where} is {seen!r}, not {expected!r}")
