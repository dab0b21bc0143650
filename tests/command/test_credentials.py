"""`token`, `header`, `route`, `project list`: what scripts ask for."""

from __future__ import annotations

import json

import pytest

from command.world import WORKSPACE, Done, World, digest

KEY = "bmc_CANARYcanaryCANARYcanaryCANARY12"
KEY_VARIABLE = "BASIC_MEMORY_CLOUD_API_KEY"
FACTS = {"kind", "source", "reason", "origin", "expires_at_unix_s", "is_persisted", "warnings"}


def test_token_is_the_bearer_alone(world: World) -> None:
    record = world.sign_in()
    assert world.run("token") == Done(0, f"{record['access_token']}\n", "")
    assert world.refreshes() == []


def test_token_as_json_says_where_it_comes_from_and_goes(world: World) -> None:
    record = world.sign_in()
    done = world.run("token", "--json")
    assert (done.status, done.err) == (0, "")
    assert set(done.json) == {"access_token", "token_type", *FACTS}
    assert done.json["access_token"] == record["access_token"]
    assert (done.json["token_type"], done.json["kind"]) == ("Bearer", "oauth")
    assert done.json["origin"] == world.emulator.cloud_host
    assert done.json["is_persisted"] is True
    assert isinstance(done.json["expires_at_unix_s"], int)


def test_what_is_not_known_to_expire_is_null(world: World) -> None:
    for words in (["token"], ["header"]):
        done = world.run(*words, "--json", extra={KEY_VARIABLE: KEY})
        assert (done.json["kind"], done.json["expires_at_unix_s"]) == ("api_key", None)


def test_token_is_refreshed_when_it_lives_for_less_than_asked(world: World) -> None:
    old = world.sign_in()
    done = world.run("token", "--min-validity", "300")
    assert done.out.strip() == world.stored()["access_token"] != old["access_token"]
    assert len(world.refreshes()) == 1


@pytest.mark.parametrize(
    "words", [["token"], ["header"], ["whoami"], ["header", "--project", "ideas"]]
)
def test_without_credentials_the_remedies_are_named(world: World, words: list[str]) -> None:
    done = world.run(*words)
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("bmauth: no_credentials: ")
    assert "bmauth login" in done.err
    assert KEY_VARIABLE in done.err
    assert world.run(*words, "--json").error["name"] == "no_credentials"


def test_header_is_lines_for_curl(world: World) -> None:
    token = world.sign_in()["access_token"]
    assert world.run("header") == Done(0, f"Authorization: Bearer {token}\n", "")
    lines = f"Authorization: Bearer {token}\nX-Workspace-ID: {WORKSPACE}\n"
    assert world.run("header", "--project", "research") == Done(0, lines, "")
    assert world.run("header", "--project=research").out == lines


def test_header_as_json_has_the_headers_by_name(world: World) -> None:
    token = world.sign_in()["access_token"]
    done = world.run("header", "--project", "research", "--json")
    assert set(done.json) == {"headers", *FACTS}
    assert done.json["headers"] == {
        "Authorization": f"Bearer {token}",
        "X-Workspace-ID": WORKSPACE,
    }


def test_curl_takes_the_headers_from_stdin(world: World) -> None:
    record = world.sign_in()
    url = f"{world.emulator.cloud_host}/proxy/knowledge/entities"
    done = world.shell(f"bmauth header --project research | curl -sS --fail -H @- {url}")
    assert done.status == 0, done.err
    answer = json.loads(done.out)
    assert (answer["subject"], answer["workspace"]) == ("alice", WORKSPACE)
    [entry] = world.requests("/proxy/knowledge/entities")
    assert entry["credential_sha256"] == digest(record["access_token"])


def test_header_of_a_local_project_is_nothing_and_a_note(world: World) -> None:
    note = "bmauth: note: a local route needs no credential\n"
    assert world.run("header", "--project", "notes") == Done(0, "", note)
    done = world.run("header", "--project", "notes", "--json")
    assert (done.status, done.json["headers"], done.json["kind"]) == (0, {}, "none")


def test_header_of_an_unknown_project_names_near_ones(world: World) -> None:
    world.sign_in()
    done = world.run("header", "--project", "reserch")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("bmauth: unknown_project: ")
    assert "'research'" in done.err
    assert world.run("header", "--project", "reserch", "--json").error["name"] == "unknown_project"


def test_header_for_a_url_of_the_cloud_host_and_no_other(world: World) -> None:
    token = world.sign_in()["access_token"]
    own = world.run("header", "--url", f"{world.emulator.cloud_host}/proxy/x")
    assert own.out == f"Authorization: Bearer {token}\n"
    other = world.run("header", "--url", "https://elsewhere.example/proxy/x")
    assert (other.status, other.out) == (1, "")
    assert other.err.startswith("bmauth: credential_not_for_origin: ")
    assert "https://elsewhere.example" in other.err
    assert world.emulator.cloud_host in other.err


def test_an_api_key_comes_first_for_a_project_and_second_for_the_account(world: World) -> None:
    world.secrets.add(KEY)
    token = world.sign_in()["access_token"]
    key = {KEY_VARIABLE: KEY}
    assert world.run("header", extra=key).out == f"Authorization: Bearer {token}\n"
    project = world.run("header", "--project", "ideas", extra=key)
    assert project.out == f"Authorization: Bearer {KEY}\n"
    world.run("logout")
    assert world.run("token", extra=key).out == f"{KEY}\n"


def test_a_malformed_key_is_an_error_that_does_not_repeat_it(world: World) -> None:
    bad = "bmc_CANARY key with spaces CANARY"
    world.secrets.add(bad)
    world.sign_in()
    done = world.run("header", "--project", "ideas", extra={KEY_VARIABLE: bad})
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("bmauth: invalid_api_key: ")
    assert KEY_VARIABLE in done.err


def test_two_commands_at_once_on_an_expired_session_refresh_it_once(world: World) -> None:
    world.sign_in_long_ago()
    world.answer_next("/oauth2/token", delay_ms=150)
    both = [world.start("token", is_secret_shown=True) for _ in range(2)]
    answers = [running.end() for running in both]
    expected = Done(0, f"{world.stored()['access_token']}\n", "")
    assert answers == [expected, expected]
    assert len(world.refreshes()) == 1


def test_a_session_that_was_ended_at_the_server_needs_a_login(world: World) -> None:
    world.sign_in_long_ago()
    world.emulator.control("revoke", {"login": "alice"})
    first = world.run("token")
    assert first.status == 3
    assert first.err.startswith("bmauth: reauth_required: ")
    assert "bmauth login" in first.err
    asked = len(world.refreshes())
    assert world.run("token", "--json").error["name"] == "reauth_required"
    offline = world.run("status", "--offline")
    assert offline.status == 3
    assert "over: run `bmauth login`" in offline.out
    assert world.run("status").status == 3
    assert len(world.refreshes()) == asked == 1


@pytest.mark.parametrize(
    ("answer", "name", "status"),
    [
        ({"status": 429, "body": {}}, "rate_limited", 5),
        ({"status": 302, "headers": {"location": "https://elsewhere.example/"}}, "bad_response", 1),
        ({"status": 400, "body": {"error": "invalid_client"}}, "oauth_rejected", 1),
    ],
)
def test_a_refresh_that_fails_keeps_the_session(
    world: World, answer: dict[str, object], name: str, status: int
) -> None:
    old = world.sign_in_long_ago()
    world.emulator.control("answers", [{"path": "/oauth2/token", "times": -1, **answer}])
    done = world.run("token", "--json")
    assert (done.status, done.error["name"]) == (status, name)
    assert world.stored() == old


def test_route_is_a_decision_and_its_reason_without_network(world: World) -> None:
    base = f"{world.emulator.cloud_host}/proxy"
    assert world.run("route", "notes") == Done(
        0, "local\n", "Because project 'notes' is set to local.\n"
    )
    assert world.run("route", "research") == Done(
        0,
        f"cloud  {base}\n",
        f"Because project 'research' is set to cloud.\nWorkspace: {WORKSPACE}.\n",
    )
    assert world.run("route", "notes", "--cloud").out == f"cloud  {base}\n"
    assert world.run("route", "research", "--local").out == "local\n"
    assert world.run("route").out == "local\n"
    assert world.emulator.log() == []


def test_route_as_json_has_the_documented_members(world: World) -> None:
    world.sign_in()
    done = world.run("route", "research", "--json")
    assert (done.status, done.err) == (0, "")
    assert done.json == {
        "mode": "cloud",
        "source": "project",
        "reason": "project 'research' is set to cloud",
        "is_explicit": False,
        "project": "research",
        "is_known": True,
        "workspace": WORKSPACE,
        "base_url": f"{world.emulator.cloud_host}/proxy",
        "credential": "oauth",
        "warnings": [],
    }


def test_route_warns_on_stderr(world: World) -> None:
    done = world.run("route", "notes", "--workspace", WORKSPACE)
    assert done.out == "local\n"
    assert "\nbmauth: warning: " in done.err


def test_project_list_is_a_table_with_straight_columns(world: World) -> None:
    projects = {
        "a": {"mode": "cloud"},
        "größer": {"mode": "local", "path": "/home/me/größer"},
        "control\x1b[31m": {"mode": "local", "path": "/home/me/c"},
    }
    world.configure(projects=projects)
    assert world.run("project", "list") == Done(
        0,
        "a             cloud  -\n"
        "größer        local  /home/me/größer\n"
        "control?[31m  local  /home/me/c\n",
        "",
    )


def test_project_list_as_json_is_an_array(world: World) -> None:
    config = str(world.data_dir / "config.json")
    rows = [
        {"name": "notes", "mode": "local", "path": "/home/me/notes", "workspace": None},
        {"name": "research", "mode": "cloud", "path": None, "workspace": WORKSPACE},
        {"name": "ideas", "mode": "cloud", "path": None, "workspace": None},
    ]
    assert world.run("project", "list", "--json").json == [row | {"file": config} for row in rows]


def test_no_projects_are_an_empty_list_and_a_note(world: World) -> None:
    world.configure(projects={})
    note = "bmauth: note: there are no projects in the config files\n"
    assert world.run("project", "list") == Done(0, "", note)
    assert world.run("project", "list", "--json").json == []


def test_a_conflict_of_the_config_files_names_both_places(world: World) -> None:
    (world.data_dir / "config.yaml").write_text("projects:\n  notes:\n    mode: cloud\n")
    done = world.run("route", "notes")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("bmauth: config_conflict: ")
    assert "config.yaml" in done.err
    assert "config.json" in done.err
