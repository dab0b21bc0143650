"""(f) What one login asks of the network: requests and connections, by the emulator's log."""

from __future__ import annotations

import json
import subprocess

from bench.claims import Claim, Failed, Measured, Row
from bench.processes import wanted
from bench.setting import CLIENT_ID, Setting
from harness.emulator import Emulator

PENDING_POLLS = 2
# The device authorization, the poll that brings the tokens, the access check.
REQUESTS_BESIDE_PENDING_POLLS = 3
ORIGINS = 2


def still_pending(times: int) -> list[dict[str, object]]:
    return [
        {
            "path": "/oauth2/token",
            "grant_type": "device_code",
            "times": times,
            "status": 400,
            "body": {"error": "authorization_pending"},
        }
    ]


def log_in(setting: Setting, emulator: Emulator) -> None:
    """Issuer and cloud go by two names of one machine: neither can lend the other a connection."""
    home = setting.scratch / "login"
    data_dir = home / ".basic-memory"
    data_dir.mkdir(mode=0o700, parents=True)
    config = {
        "cloud_domain": emulator.issuer,
        "cloud_client_id": CLIENT_ID,
        "cloud_host": emulator.cloud_host.replace("127.0.0.1", "localhost"),
    }
    (data_dir / "config.json").write_text(json.dumps(config))
    said = []
    with subprocess.Popen(
        [str(setting.build / "bin/bmauth"), "login", "--no-browser", "--timeout", "60"],
        env={"HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            if line.strip().startswith("Code"):
                emulator.person(line.split()[-1])
    if process.returncode != 0:
        raise Failed(f"bmauth login: {''.join(said)}")


def measure(setting: Setting) -> Measured:
    wanted(setting.build, "bin/bmauth")
    with Emulator("--interval", "1") as emulator:
        emulator.control("answers", still_pending(PENDING_POLLS))
        log_in(setting, emulator)
        arrived = [entry for entry in emulator.log() if not entry.get("person")]
    return Measured(
        {
            "fewest requests": [REQUESTS_BESIDE_PENDING_POLLS + PENDING_POLLS],
            "requests": [len(arrived)],
            "origins": [ORIGINS],
            "connections": [len({entry["connection"] for entry in arrived})],
        }
    )


LOGIN = Row(
    "login",
    "(f) one login, counted",
    (
        Claim(f"two requests, {PENDING_POLLS} pending polls, the access check", "fewest requests"),
        Claim("requests of bmauth login", "requests", "fewest requests", 1.0),
        Claim("origins: issuer and cloud", "origins"),
        Claim("connections of bmauth login", "connections", "origins", 1.0),
    ),
    measure,
    has_counts=True,
)
