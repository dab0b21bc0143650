"""The searcher that every other test relies on finds what it must find."""

from __future__ import annotations

import base64
import urllib.parse

import pytest

from command import leaks
from command.world import Done, World

SEEDED = "bmc_CANARY+seeded/CANARY=seeded_CANARY"


@pytest.mark.parametrize(
    "text",
    [
        SEEDED,
        base64.b64encode(SEEDED.encode()).decode(),
        base64.urlsafe_b64encode(f"Bearer {SEEDED}".encode()).decode(),
        base64.b64encode(f"x:{SEEDED}".encode()).decode(),
        urllib.parse.quote(SEEDED, safe=""),
        "".join(f"%{byte:02x}" for byte in SEEDED.encode()),
        SEEDED[7 : 7 + leaks.SLICE],
    ],
    ids=["raw", "base64", "base64url", "base64_shifted", "percent", "percent_all", "slice"],
)
def test_a_seeded_leak_is_found_in_every_form(text: str) -> None:
    assert leaks.find({"log": f"before {text} after"}, [SEEDED]) == ["log holds bmc_CA..."]


def test_what_a_person_may_see_is_no_leak() -> None:
    shown = f"{SEEDED[:8]} and {SEEDED[20 : 20 + leaks.SLICE - 1]}"
    assert leaks.find({"log": shown}, [SEEDED]) == []


def test_a_seeded_leak_is_found_in_what_was_said(world: World) -> None:
    record = world.sign_in()
    assert world.leaks() == []
    world.keep(Done(0, "", record["refresh_token"]), is_secret_shown=False)
    assert world.leaks() != []
    world.said.clear()


def test_a_seeded_leak_is_found_in_a_file(world: World) -> None:
    record = world.sign_in()
    world.run("status")
    leaked = world.data_dir / "debug.log"
    leaked.write_text(record["access_token"])
    assert world.leaks() != []
    leaked.unlink()
