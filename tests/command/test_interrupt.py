"""Ctrl-C: prompt and without a trace where nothing was sent, in order where something was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from command.world import Running, World, digest, eventually

LIMIT_S = 0.5
FINISH_LIMIT_S = 5.0


def end_by_interrupt(running: Running, limit_s: float = LIMIT_S) -> None:
    began = running.interrupt()
    done = running.end()
    took_s = time.monotonic() - began
    assert done.status == 130
    assert done.out == ""
    assert done.err.splitlines()[-1].startswith("bmauth: cancelled: ")
    assert took_s < limit_s


def has_open(running: Running, path: Path) -> bool:
    """Whether the process holds this file open, as Linux tells."""
    folder = Path(f"/proc/{running.process.pid}/fd")
    for descriptor in os.listdir(folder):
        try:
            if os.readlink(folder / descriptor) == str(path):
                return True
        except OSError:
            continue  # closed meanwhile
    return False


def test_waiting_for_the_approval(world: World) -> None:
    before = world.files()
    running = world.start("login", "--no-browser")
    running.until("Waiting for the approval")
    end_by_interrupt(running)
    assert world.files() == before
    assert world.requests("/oauth2/token") == []


def test_a_silent_request_of_a_login(world: World) -> None:
    before = world.files()
    world.answer_next("/oauth2/device_authorization", silence=True)
    running = world.start("login", "--no-browser")
    eventually(lambda: world.requests("/oauth2/device_authorization"), "the request")
    end_by_interrupt(running)
    assert world.files() == before


def test_a_silent_poll(world: World) -> None:
    before = world.files()
    world.answer_next("/oauth2/token", silence=True)
    running = world.start("login", "--no-browser")
    eventually(lambda: world.requests("/oauth2/token"), "the poll")
    end_by_interrupt(running)
    assert world.files() == before


def test_a_silent_cloud(world: World) -> None:
    world.sign_in()
    before = world.files()
    world.answer_next("/proxy/health", silence=True)
    running = world.start("status")
    eventually(lambda: world.requests("/proxy/health"), "the request")
    end_by_interrupt(running)
    assert world.files() == before


@pytest.mark.parametrize("words", [["token"], ["header"], ["logout"]])
def test_waiting_for_the_lock_of_the_session(world: World, words: list[str]) -> None:
    world.sign_in_long_ago()
    before = world.files()
    with world.locked_session() as lock:
        running = world.start(*words, is_secret_shown=True)
        eventually(lambda: has_open(running, lock), "the lock file open")
        end_by_interrupt(running)
    assert world.files() == before
    assert world.refreshes() == []


def test_a_refresh_that_was_sent_is_finished_and_stored(world: World) -> None:
    """Contract, section 5: what was sent is finished whatever its caller does, then the call returns."""
    old = world.sign_in_long_ago()
    world.answer_next("/oauth2/token", delay_ms=700)
    running = world.start("token", is_secret_shown=True)
    eventually(world.refreshes, "the refresh")
    began = running.interrupt()
    done = running.end()
    assert time.monotonic() - began < FINISH_LIMIT_S
    new = world.stored()
    assert new["refresh_token"] != old["refresh_token"]
    assert [entry["effect"] for entry in world.refreshes()] == ["rotated"]
    assert (done.status, done.out) == (130, "")
    assert world.run("token").out == f"{new['access_token']}\n"
    assert len(world.refreshes()) == 1


def test_a_refresh_that_is_never_answered_ends_within_five_seconds(world: World) -> None:
    old = world.sign_in_long_ago()
    world.emulator.control("answers", [{"path": "/oauth2/token", "silence": True, "times": -1}])
    running = world.start("token", is_secret_shown=True)
    eventually(world.refreshes, "the refresh")
    began = running.interrupt()
    assert running.end().status == 130
    assert time.monotonic() - began < FINISH_LIMIT_S + LIMIT_S
    assert world.stored() == old


def test_a_second_ctrl_c_ends_at_once(world: World) -> None:
    old = world.sign_in_long_ago()
    world.answer_next("/oauth2/token", silence=True)
    running = world.start("token", is_secret_shown=True)
    presented = eventually(world.refreshes, "the refresh")
    assert presented[0]["refresh_token_sha256"] == digest(old["refresh_token"])
    running.interrupt()
    eventually(lambda: not is_pending(running), "the first one taken")
    began = running.interrupt()
    done = running.end()
    assert time.monotonic() - began < LIMIT_S
    assert (done.status, done.out) == (130, "")
    assert world.stored() == old


def is_pending(running: Running) -> bool:
    """Whether a SIGINT waits to be taken: two at the same time would count as one."""
    for line in Path(f"/proc/{running.process.pid}/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in ("SigPnd", "ShdPnd") and int(value, 16) & 0b10:
            return True
    return False
