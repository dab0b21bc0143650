"""What the client does: login in three forms, tokens, refusals, and the events that a logger gets."""

from __future__ import annotations

import logging
import platform
import threading

import bmauth
import pytest
from bmauth import _native

from command.world import World


def test_a_login_shows_a_prompt_and_waits(world: World) -> None:
    """The one real wait: a person approves while the call waits."""
    prompts: list[bmauth.LoginPrompt] = []

    def show(prompt: bmauth.LoginPrompt) -> None:
        prompts.append(prompt)
        threading.Timer(0.3, world.emulator.person, (prompt.user_code,)).start()

    with bmauth.Client() as client:
        report = client.login(on_prompt=show)
        assert report["identity"]["email"] == "alice@example.test"
        assert client.header().startswith("Bearer ")
    (prompt,) = prompts
    assert prompt.verification_uri == world.emulator.issuer + "/device"
    assert prompt.user_code in (prompt.verification_uri_complete or "")
    assert prompt.expires_in_s > 0 and not prompt.is_browser_opened
    assert prompt.user_code not in repr(prompt)


def test_a_session_that_is_good_is_kept_without_a_prompt(world: World) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        report = client.login(on_prompt=lambda _: pytest.fail("nobody is needed"))
        assert report["is_session_kept"] is True
        assert [event.kind for event in client.login_events()] == ["done"]


def test_a_login_as_events(world: World) -> None:
    kinds = []
    with bmauth.Client() as client:
        for event in client.login_events():
            kinds.append(event.kind)
            if event.prompt:
                code = event.prompt.user_code
            if kinds == ["prompt", "pending"]:
                assert event.next_delay_ms == 1000
                world.emulator.person(code)
    assert kinds == ["prompt", "pending", "pending", "done"]
    assert event.report is not None and event.report["is_authenticated"] is True
    assert repr(event) == "<bmauth.LoginEvent 'done'>"


def test_a_login_step_by_step(world: World) -> None:
    world.emulator.control("settings", {"enforce_interval": False})
    with bmauth.Client() as client:
        login = client.login_begin()
        assert login.poll() == ("pending", 1000)
        world.emulator.person(str(login.user_code))
        assert login.poll() == ("pending", 0)
        assert login.poll() == ("done", 0)
        login.wait()
        assert login.report()["is_persisted"] is True


def test_no_browser_opens_what_is_not_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(world.home))
    monkeypatch.delenv("BROWSER", raising=False)
    with bmauth.Client() as client:
        assert client.login_begin().open_browser() is False
        event = next(client.login_events(open_browser=True))
    assert event.prompt is not None and event.prompt.is_browser_opened is False


def test_a_token_that_is_due_is_refreshed_once(world: World) -> None:
    world.sign_in_long_ago()
    with bmauth.Client() as client:
        with pytest.raises(bmauth.NeedsRefreshError):
            client.fresh_token()
        assert world.refreshes() == []
        assert client.header() == "Bearer " + str(client.fresh_token().access_token)
        assert client.refresh_step() == (True, 0)
    assert len(world.refreshes()) == 1


def test_steps_of_a_refresh(world: World) -> None:
    world.sign_in_long_ago()
    with bmauth.Client() as client:
        assert client.refresh_step() == (True, 0)
        assert client.fresh_token().kind == "oauth"


def test_a_token_lives_as_long_as_was_wished(world: World) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        old = client.token().access_token
        assert client.token(min_validity_ms=1000).access_token == old
        assert client.token(min_validity_ms=3_600_000).access_token != old


def test_a_refused_token_is_refreshed_at_the_next_use(world: World) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        headers = client.headers("research")
        client.invalidate(headers)
        client.invalidate(headers.token)
        assert client.headers("research")["Authorization"] != headers["Authorization"]
    assert len(world.refreshes()) == 1


def test_logout_ends_the_session(world: World) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        assert client.logout().count("") > 0
        with pytest.raises(bmauth.NoCredentialsError):
            client.header()
    assert not world.token_file.exists()


def test_the_package_names_itself(world: World) -> None:
    world.sign_in()
    with bmauth.Client(user_agent_suffix="tool/1") as client:
        client.status()
    with bmauth.Client(language="embedded/9") as client:
        client.status()
    ours, theirs = (entry["user_agent"] for entry in world.requests("/proxy/health"))
    assert f"python/{platform.python_version()}" in ours
    assert "tool/1" in ours and "embedded/9" in theirs and "python/" not in theirs


def test_versions(world: World) -> None:
    version = _native.version()
    major, minor, patch = map(int, version.split("."))
    assert version == bmauth.__version__
    assert _native.version_number() == major * 1_000_000 + minor * 1000 + patch


def test_a_logger_gets_events_and_no_secret(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bmauth")
    world.emulator.control("settings", {"enforce_interval": False})
    with bmauth.Client() as client:
        client.login(on_prompt=lambda prompt: world.emulator.person(prompt.user_code))
        world.remember_tokens()
        client.invalidate(client.token())
        client.token()
        world.remember_tokens()
        client.logout()
        with pytest.raises(bmauth.NoCredentialsError):
            client.token()
    world.said["log"] = caplog.text
    assert [record.getMessage().split(";")[0] for record in caplog.records] == [
        "login prompt shown",
        "login done",
        "a token was refused",
        "token refreshed",
        "logged out",
        "token failed: no_credentials",
    ]
    assert {record.name for record in caplog.records} == {"bmauth"}


def test_warnings_reach_the_logger(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.sign_in_long_ago()
    world.data_dir.chmod(0o500)
    try:
        with bmauth.Client() as client:
            token = client.token()
    finally:
        world.data_dir.chmod(0o700)
    shown = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert shown == token.warnings
