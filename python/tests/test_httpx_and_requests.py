"""What bmauth adds to a request, the same for httpx, synchronous and asynchronous, and for requests."""

from __future__ import annotations

from collections.abc import Iterator

import bmauth
import pytest
from origins import WAYS, OtherOrigin, Send, other_origin

from command.world import WORKSPACE, World, digest

STALE = "CANARY.stale.access"  # what the cloud does not accept, though its time is not over


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def send(request: pytest.FixtureRequest) -> Send:
    way: Send = request.param
    return way


@pytest.fixture
def other() -> Iterator[OtherOrigin]:
    with other_origin() as started:
        yield started


def api_key_of(world: World, send: Send) -> str:
    status, made = send(world, "POST", f"{world.emulator.cloud_host}/api/keys", json={"name": "t"})
    assert status == 201
    world.secrets.add(made["key"])
    return str(made["key"])


def proxy(world: World, path: str = "entities") -> str:
    return f"{world.emulator.cloud_host}/proxy/{path}"


def test_a_request_to_the_cloud_is_authorized(world: World, send: Send) -> None:
    token = world.sign_in()["access_token"]
    assert send(world, "GET", proxy(world))[1]["subject"] == "alice"
    (entry,) = world.requests("/proxy/entities")
    assert entry["credential_sha256"] == digest(token)


def test_a_token_that_is_due_is_refreshed_before_it_is_sent(world: World, send: Send) -> None:
    world.sign_in_long_ago()
    assert send(world, "GET", proxy(world))[0] == 200
    assert len(world.requests("/proxy/entities")) == len(world.refreshes()) == 1


def test_the_kind_of_credential_follows_the_url(world: World, send: Send) -> None:
    world.sign_in()
    key = api_key_of(world, send)
    assert send(world, "GET", proxy(world), api_key=key)[1]["credential"] == "api_key"
    assert send(world, "GET", f"{world.emulator.cloud_host}/workspaces/", api_key=key)[0] == 200
    assert [entry["credential"] for entry in world.requests("/workspaces/")] == ["oauth"]


def test_another_origin_gets_nothing_of_ours(world: World, send: Send, other: OtherOrigin) -> None:
    world.sign_in()
    assert send(world, "GET", f"{other.url}/proxy/entities", project="research")[0] == 200
    (received,) = other.received
    assert "authorization" not in received and "x-workspace-id" not in received


def test_another_origin_gets_the_callers_own_credential(
    world: World, send: Send, other: OtherOrigin
) -> None:
    send(world, "GET", other.url, headers={"Authorization": "Basic b3du"})
    assert other.received[0]["authorization"] == "Basic b3du"


def test_a_redirect_to_another_origin_takes_no_credential_along(
    world: World, send: Send, other: OtherOrigin
) -> None:
    world.sign_in()
    world.answer_next("/proxy/entities", status=307, headers={"location": f"{other.url}/taken"})
    assert send(world, "GET", proxy(world))[0] == 200
    assert [entry["credential"] for entry in world.requests("/proxy/entities")] == ["oauth"]
    (received,) = other.received
    assert "authorization" not in received


def test_a_redirect_from_another_origin_brings_no_credential(
    world: World, send: Send, other: OtherOrigin
) -> None:
    world.sign_in()
    other.redirect_to = proxy(world)
    assert send(world, "GET", other.url)[0] == 401
    assert [entry["credential"] for entry in world.requests("/proxy/entities")] == ["none"]
    assert world.refreshes() == []


def test_a_401_of_another_origin_says_nothing_about_our_token(
    world: World, send: Send, other: OtherOrigin
) -> None:
    world.sign_in()
    other.status = 401
    world.answer_next("/proxy/entities", status=307, headers={"location": f"{other.url}/taken"})
    assert send(world, "GET", proxy(world))[0] == 401
    assert len(other.received) == len(world.requests("/proxy/entities")) == 1
    assert world.refreshes() == []


def test_a_redirect_within_the_cloud_keeps_the_credential(world: World, send: Send) -> None:
    world.sign_in()
    world.answer_next("/proxy/entities", status=307, headers={"location": "/proxy/moved"})
    assert send(world, "GET", proxy(world))[1]["path"] == "/proxy/moved"
    assert [entry["credential"] for entry in world.requests("/proxy/moved")] == ["oauth"]


def test_a_401_is_one_refresh_and_one_more_attempt(world: World, send: Send) -> None:
    world.sign_in(access_token=STALE)
    assert send(world, "GET", proxy(world))[1]["subject"] == "alice"
    first, second = world.requests("/proxy/entities")
    assert (first["status"], second["status"]) == (401, 200)
    assert first["credential_sha256"] == digest(STALE) != second["credential_sha256"]
    assert len(world.refreshes()) == 1


def test_a_401_behind_a_redirect_is_repeated_where_it_was_said(world: World, send: Send) -> None:
    world.sign_in()
    world.answer_next("/proxy/entities", status=303, headers={"location": "/proxy/moved"})
    world.answer_next("/proxy/moved", status=401, body={})
    assert send(world, "POST", proxy(world), json={"note": 1})[1]["path"] == "/proxy/moved"
    # The POST was carried out: it is not sent again.
    assert len(world.requests("/proxy/entities")) == 1
    assert [entry["status"] for entry in world.requests("/proxy/moved")] == [401, 200]


def test_a_401_that_stays_is_the_answer(world: World, send: Send) -> None:
    world.sign_in()
    world.answer_next("/proxy/entities", times=-1, status=401, body={"error": "invalid_token"})
    assert send(world, "GET", proxy(world)) == (401, {"error": "invalid_token"})
    assert len(world.requests("/proxy/entities")) == 2
    assert len(world.refreshes()) == 1


def test_a_403_is_the_answer(world: World, send: Send) -> None:
    world.sign_in("bob")
    assert send(world, "GET", proxy(world))[0] == 403
    assert len(world.requests("/proxy/entities")) == 1
    assert world.refreshes() == []


def test_an_api_key_is_never_tried_twice(world: World, send: Send) -> None:
    world.sign_in()
    key = "bmc_CANARY" + "x" * 26
    world.secrets.add(key)
    assert send(world, "GET", proxy(world), api_key=key)[0] == 401
    assert [entry["credential"] for entry in world.requests("/proxy/entities")] == ["api_key"]
    assert world.refreshes() == []


def test_a_body_is_sent_again_whole(world: World, send: Send) -> None:
    world.sign_in(access_token=STALE)
    assert send(world, "PUT", proxy(world), content=b"x" * 1000)[0] == 200
    assert [entry["body_bytes"] for entry in world.requests("/proxy/entities")] == [1000, 1000]


def test_a_session_that_is_over_is_an_error(world: World, send: Send) -> None:
    world.sign_in(access_token=STALE)
    world.emulator.control("revoke", {"login": "alice"})
    with pytest.raises(bmauth.ReauthRequiredError):
        send(world, "GET", proxy(world))
    assert len(world.requests("/proxy/entities")) == 1


def test_nobody_logged_in_is_an_error_at_the_cloud_alone(
    world: World, send: Send, other: OtherOrigin
) -> None:
    with pytest.raises(bmauth.NoCredentialsError):
        send(world, "GET", proxy(world))
    assert world.emulator.log() == []
    assert send(world, "GET", other.url)[0] == 200


def test_a_project_brings_its_workspace_below_the_base_url_alone(world: World, send: Send) -> None:
    world.sign_in()
    assert send(world, "GET", proxy(world), project="research")[1]["workspace"] == WORKSPACE
    account = f"{world.emulator.cloud_host}/workspaces/"
    assert send(world, "GET", account, project="research")[0] == 200
    assert [entry.get("workspace") for entry in world.requests("/workspaces/")] == [None]


def test_a_local_project_sends_no_credential(world: World, send: Send) -> None:
    world.sign_in()
    assert send(world, "GET", proxy(world), project="notes")[0] == 401
    assert [entry["credential"] for entry in world.requests("/proxy/entities")] == ["none"]


def test_an_unknown_project_is_an_error(world: World, send: Send) -> None:
    world.sign_in()
    with pytest.raises(bmauth.UnknownProjectError):
        send(world, "GET", proxy(world), project="reserch")
    assert world.requests("/proxy/entities") == []
