"""What the rows share: the build tree, how long to measure, and data dirs as a login leaves them."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

ISSUER = "https://eloquent-lotus-05.authkit.app"
CLIENT_ID = "client_01K6KWQPW6J1M8VV7R3TZP5A6M"
CLOUD_HOST = "https://cloud.basicmemory.com"
CLOUD_PROJECT = "project-000000"
ACCESS_TOKEN_LENGTH = 1024  # what a JWT of AuthKit with a few claims has
# A file changed a moment ago is read twice, for its times may not show the next change.
SETTLED_S = 2.5


def write_private(path: Path, words: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(words)


def session_text() -> str:
    """A session that lives for days: no subject needs the network."""
    now = int(time.time())
    return json.dumps(
        {
            "access_token": "CANARY.".ljust(ACCESS_TOKEN_LENGTH, "a"),
            "refresh_token": "CANARY-refresh-token",
            "expires_at": now + 10 * 86400,
            "token_type": "Bearer",
            "issuer": ISSUER,
            "client_id": CLIENT_ID,
            "cloud_host": CLOUD_HOST,
            "issued_at": now,
            "scope": "openid profile email offline_access",
        },
        indent=2,
    )


def projects(count: int) -> dict[str, dict[str, str]]:
    """Every third in the cloud, as a person moves them one by one."""
    return {
        f"project-{number:06}": {
            "path": f"/home/person/notes/{number:06}",
            "mode": "cloud" if number % 3 == 0 else "local",
        }
        for number in range(count)
    }


def json_config(count: int) -> str:
    return json.dumps(
        {
            "env": "user",
            "projects": projects(count),
            "default_project": CLOUD_PROJECT,
            "log_level": "INFO",
            "sync_delay": 1000,
            "update_permalinks_on_move": False,
            "sync_changes": True,
            "cloud_client_id": CLIENT_ID,
            "cloud_domain": ISSUER,
            "cloud_host": CLOUD_HOST,
        },
        indent=2,
    )


def yaml_config(count: int) -> str:
    lines = ["# written by hand", f"default_project: {CLOUD_PROJECT}", "projects:"]
    for name, members in projects(count).items():
        lines.append(f"  {name}:")
        lines += [f"    {member}: {value}" for member, value in members.items()]
    return "\n".join(lines) + "\n"


@dataclass
class Setting:
    build: Path
    scratch: Path
    is_quick: bool = False  # few rounds: to see that it works, not to believe the figures
    seed: int = 1  # of every order in which subjects take turns
    _data_dirs: dict[tuple[str, int], Path] = field(default_factory=dict)
    _settled_at_s: float = 0.0

    def rounds(self, usual: int) -> int:
        return min(usual, 3) if self.is_quick else usual

    def data_dir(self, count: int, kind: str = "json") -> Path:
        """Beside config.json the session lies where `bm` looks, beside YAML where we do."""
        if (kind, count) not in self._data_dirs:
            directory = self.scratch / f"{kind}-{count}" / "basic-memory"
            directory.mkdir(parents=True, mode=0o700)
            config = json_config(count) if kind == "json" else yaml_config(count)
            session = "basic-memory-cloud.json" if kind == "json" else ".cloud_tokens.json"
            write_private(directory / f"config.{kind}", config)
            write_private(directory / session, session_text())
            self._data_dirs[kind, count] = directory
            self._settled_at_s = time.monotonic() + SETTLED_S
        return self._data_dirs[kind, count]

    def settle(self) -> None:
        time.sleep(max(0.0, self._settled_at_s - time.monotonic()))
