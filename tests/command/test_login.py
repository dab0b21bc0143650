"""`login`: what a person sees, the browser, the terminal, and every end it can come to."""

from __future__ import annotations

import os
import pty
import re
import stat
import termios
import threading
from pathlib import Path

import pytest

from command.world import Running, World, eventually

CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")


def fake_browser(world: World) -> tuple[Path, Path]:
    """A browser that writes its arguments, one a line, and its environment into two files."""
    program, arguments = world.home / "browser", world.home / "browser.arguments"
    environment = world.home / "browser.environment"
    program.write_text(
        f'#!/bin/sh\nenv > {environment}\nprintf "%s\\n" "$@" > {arguments}.new\n'
        f"mv {arguments}.new {arguments}\n"
    )
    program.chmod(0o755)
    return program, arguments


def test_a_login_shows_code_and_pages_and_tells_the_three_facts(world: World) -> None:
    running = world.start("login", "--no-browser")
    code = running.code()
    assert CODE.match(code)
    world.emulator.person(code)
    done = running.end()
    issuer = world.emulator.issuer
    assert done.status == 0
    assert done.out == ""
    assert done.err.splitlines() == [
        "Only continue if you started this.",
        "",
        f"  Code  {code}",
        f"  Page  {issuer}/device",
        f"  or    {issuer}/device?user_code={code}  (code filled in)",
        "",
        "Open the page in a browser, on any device, and enter the code.",
        "Waiting for the approval (10 min left) ...",
        "Signed in as alice@example.test.",
        "Subscription: active.",
        f"Session stored in {world.token_file}.",
    ]
    assert stat.S_IMODE(world.token_file.stat().st_mode) == 0o600


def test_a_login_without_subscription_keeps_the_session_and_says_where_to_go(world: World) -> None:
    running = world.start("login", "--no-browser")
    world.emulator.person(running.code(), login="bob")
    done = running.end()
    assert done.status == 4
    assert "Signed in as bob@example.test." in done.err
    assert "https://basicmemory.com/account" in done.err
    assert f"{world.emulator.cloud_host}/subscribe" in done.err
    assert "wait a few minutes" in done.err.lower()
    assert "support" in done.err
    assert world.token_file.exists()


def test_the_report_of_a_login_is_json_and_holds_no_token(world: World) -> None:
    running = world.start("login", "--no-browser", "--json")
    world.emulator.person(running.code())
    report = running.end().json
    assert report["is_session_kept"] is False
    assert report["is_persisted"] is True
    assert report["token_file"] == str(world.token_file)
    assert report["identity"]["email"] == "alice@example.test"
    assert report["entitlement"] == {"state": "active", "message": None, "subscribe_url": None}
    assert report["cloud"]["is_reachable"] is True
    assert report["warnings"] == []


def test_a_session_that_works_is_kept(world: World) -> None:
    before = world.sign_in()
    done = world.run("login")
    assert done.status == 0
    assert done.err.splitlines()[0] == (
        "Already signed in as alice@example.test (--force signs in anew)."
    )
    assert world.stored() == before
    assert len(world.requests("/oauth2/device_authorization")) == 1  # the one of sign_in


def test_force_starts_anew_though_a_session_works(world: World) -> None:
    world.sign_in()
    running = world.start("login", "--force", "--no-browser")
    assert CODE.match(running.code())
    running.interrupt()
    assert running.end().status == 130


def test_a_declined_login_is_access_denied(world: World) -> None:
    running = world.start("login", "--no-browser")
    world.emulator.person(running.code(), "deny")
    done = running.end()
    assert done.status == 1
    assert done.err.splitlines()[-1].startswith("bmauth: access_denied: ")
    assert not world.token_file.exists()


def test_a_login_that_nobody_approves_ends_with_login_timeout(world: World) -> None:
    done = world.run("login", "--no-browser", "--timeout", "1", "--json")
    assert done.status == 1
    assert done.error["name"] == "login_timeout"
    assert "Waiting for the approval (1 s left) ..." in done.err


def test_a_code_that_expires_is_expired_token(world: World) -> None:
    world.emulator.control("settings", {"device_code_ttl_s": 1})
    done = world.run("login", "--no-browser", "--json")
    assert (done.status, done.error["name"]) == (1, "expired_token")


def test_the_browser_gets_exactly_one_url_and_no_secret(world: World) -> None:
    program, arguments = fake_browser(world)
    key = "bmc_CANARYinTheEnvironmentOfABrowser"
    world.secrets.add(key)
    extra = {"BROWSER": str(program), "BASIC_MEMORY_CLOUD_API_KEY": key}
    running = world.start("login", extra=extra)
    code = running.code()
    running.until("Opened your browser.")
    running.interrupt()
    assert running.end().status == 130
    given = eventually(arguments.exists, "the browser's arguments") and arguments.read_text()
    assert given.splitlines() == [f"{world.emulator.issuer}/device?user_code={code}"]
    assert "BASIC_MEMORY_CLOUD_API_KEY" not in (world.home / "browser.environment").read_text()


def test_no_browser_opens_nothing(world: World) -> None:
    program, _ = fake_browser(world)
    running = world.start("login", "--no-browser", extra={"BROWSER": str(program)})
    running.until("Open the page in a browser")
    running.interrupt()
    running.end()
    assert not (world.home / "browser.environment").exists()


def test_a_browser_that_fails_is_not_said_to_be_open(world: World) -> None:
    running = world.start("login", extra={"BROWSER": "/bin/false"})
    running.until("Open the page in a browser")
    running.interrupt()
    assert "Opened" not in running.end().err


@pytest.mark.parametrize("member", ["verification_uri", "verification_uri_complete"])
def test_a_page_with_a_control_character_is_never_opened(world: World, member: str) -> None:
    program, _ = fake_browser(world)
    world.answer_next(
        "/oauth2/device_authorization", patch={member: "https://pages.example/\x1b]0;x\x07"}
    )
    done = world.run("login", extra={"BROWSER": str(program)})
    assert done.status == 1
    assert done.err.startswith("bmauth: bad_response: ")
    assert "\x1b" not in done.err
    assert not (world.home / "browser.environment").exists()


def test_a_page_that_is_not_https_is_never_opened(world: World) -> None:
    program, _ = fake_browser(world)
    pages = dict.fromkeys(
        ("verification_uri", "verification_uri_complete"), "http://pages.example/"
    )
    world.answer_next("/oauth2/device_authorization", patch=pages)
    running = world.start("login", "--timeout", "1", extra={"BROWSER": str(program)})
    assert running.end().status == 1
    assert not (world.home / "browser.environment").exists()


def test_the_servers_words_cannot_drive_the_terminal(world: World) -> None:
    body = {
        "error": "invalid_client",
        "error_description": "gone\x1b[2J\x9b31m\u202ecod\u2066e\r\n",
    }
    world.answer_next("/oauth2/token", status=400, body=body)
    done = world.run("login", "--no-browser")
    assert done.status == 1
    assert "bmauth: oauth_rejected: " in done.err
    assert "gone" in done.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.err)


def test_a_device_code_shows_nowhere(world: World) -> None:
    code = "CANARY-device-code-CANARY-device-code"
    world.secrets.add(code)
    world.answer_next("/oauth2/device_authorization", patch={"device_code": code})
    done = world.run("login", "--no-browser")
    assert done.status == 1
    assert "bmauth: " in done.err


def test_a_session_of_another_issuer_is_not_overwritten(world: World) -> None:
    world.sign_in(issuer="https://other.example")
    before = world.files()
    done = world.run("login", "--no-browser", "--force")
    assert done.status == 1
    assert done.err.startswith("bmauth: session_exists: ")
    assert world.files() == before


class Terminal:
    """A pseudo terminal as stderr, and all that was shown on it."""

    def __init__(self) -> None:
        self._master, self.slave = pty.openpty()
        self.before = termios.tcgetattr(self.slave)
        self.shown = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 4096)
            except OSError:  # the last writer has gone
                return
            self.shown += data.decode()

    def code(self, running: Running) -> str:
        found = eventually(
            lambda: re.search(r"Code  ([A-Z0-9]{4}-[A-Z0-9]{4})\r\n", self.shown), "the code"
        )
        assert running.process.poll() is None
        return str(found.group(1))

    def close(self) -> None:
        after = termios.tcgetattr(self.slave)
        os.close(self.slave)
        self._reader.join()
        os.close(self._master)
        assert after == self.before


def countdowns(shown: str) -> list[str]:
    return re.findall(r"\r\x1b\[KWaiting for the approval \(([^)]*) left\) \.\.\.", shown)


def test_the_countdown_is_live_on_a_terminal_which_is_left_clean(world: World) -> None:
    terminal = Terminal()
    running = world.start(
        "login", "--no-browser", "--timeout", "9", extra={"TERM": "xterm"}, stderr=terminal.slave
    )
    code = terminal.code(running)
    eventually(lambda: len(countdowns(terminal.shown)) >= 2, "a countdown that moves")
    world.emulator.person(code)
    assert running.end().status == 0
    terminal.close()
    assert countdowns(terminal.shown)[:2] == ["9 s", "8 s"]
    # What follows the last countdown first takes its line away.
    assert terminal.shown.rpartition(" left) ...")[2].startswith("\r\x1b[KSigned in as alice")
    assert terminal.shown.endswith("\r\n")


def test_ctrl_c_leaves_a_terminal_clean(world: World) -> None:
    terminal = Terminal()
    running = world.start("login", "--no-browser", extra={"TERM": "xterm"}, stderr=terminal.slave)
    eventually(lambda: countdowns(terminal.shown), "the countdown")
    running.interrupt()
    assert running.end().status == 130
    terminal.close()
    assert terminal.shown.rpartition(" left) ...")[2].startswith("\r\x1b[Kbmauth: cancelled: ")


def test_a_dumb_terminal_gets_plain_lines(world: World) -> None:
    terminal = Terminal()
    running = world.start("login", "--no-browser", extra={"TERM": "dumb"}, stderr=terminal.slave)
    eventually(lambda: "Waiting for the approval" in terminal.shown, "the wait")
    running.interrupt()
    running.end()
    terminal.close()
    assert "\x1b" not in terminal.shown
