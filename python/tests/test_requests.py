"""The auth class in requests: bodies, sessions, threads, hooks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import bmauth
import pytest
import requests
from bmauth.requests_auth import Auth
from origins import other_origin

from command.world import World

STALE = "CANARY.stale.access"
AT_ONCE = 8


@pytest.fixture
def client(world: World) -> Iterator[bmauth.Client]:
    with bmauth.Client(data_dir=str(world.data_dir)) as made:
        yield made


@pytest.fixture
def session(client: bmauth.Client) -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.trust_env = False
        made.auth = Auth(client)
        yield made


def url_of(world: World) -> str:
    return f"{world.emulator.cloud_host}/proxy/entities"


def bodies(world: World) -> list[int]:
    return [entry["body_bytes"] for entry in world.requests("/proxy/entities")]


def pieces() -> Iterator[bytes]:
    yield b"a"
    yield b"b"


def test_a_file_is_sent_again_from_where_it_stood(world: World, session: requests.Session) -> None:
    world.sign_in(access_token=STALE)
    file = io.BytesIO(b"0123456789")
    file.seek(4)
    assert session.post(url_of(world), data=file, timeout=30).status_code == 200
    assert bodies(world) == [6, 6]


def test_a_generator_is_not_sent_again(world: World, session: requests.Session) -> None:
    world.sign_in(access_token=STALE)
    assert session.post(url_of(world), data=pieces(), timeout=30).status_code == 401
    assert bodies(world) == [2]
    assert session.post(url_of(world), data=pieces(), timeout=30).status_code == 200


def test_the_refused_answer_is_in_the_history(world: World, session: requests.Session) -> None:
    world.sign_in(access_token=STALE)
    answer = session.get(url_of(world), timeout=30)
    assert [each.status_code for each in answer.history] == [401]
    assert (
        answer.request.headers["Authorization"]
        != answer.history[0].request.headers["Authorization"]
    )


def test_threads_that_meet_one_401_share_one_refresh(world: World, client: bmauth.Client) -> None:
    world.sign_in(access_token=STALE)
    auth = Auth(client)

    def get(url: str) -> int:
        return requests.get(url, auth=auth, timeout=30).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(get, [url_of(world)] * AT_ONCE)) == [200] * AT_ONCE
    assert len(world.refreshes()) == 1


def test_the_workspace_does_not_follow_a_redirect_to_another_origin(
    world: World, client: bmauth.Client
) -> None:
    world.sign_in()
    with other_origin() as other:
        world.answer_next("/proxy/entities", status=302, headers={"location": other.url})
        auth = Auth(client, project="research")
        assert requests.get(url_of(world), auth=auth, timeout=30).status_code == 200
        assert [entry["workspace"] for entry in world.requests("/proxy/entities")] != [None]
        assert not {"authorization", "x-workspace-id"} & set(other.received[0])


def test_a_prepared_request_that_is_sent_late_is_renewed(
    world: World, session: requests.Session
) -> None:
    world.sign_in(access_token=STALE)
    prepared = session.prepare_request(requests.Request("GET", url_of(world)))
    assert session.get(url_of(world), timeout=30).status_code == 200
    assert session.send(prepared, timeout=30).status_code == 200
    assert len(world.refreshes()) == 1


def test_a_wrong_client_is_a_type_error(client: bmauth.Client) -> None:
    for wrong in (None, "client", bmauth.Client, bmauth.AsyncClient(data_dir="/nowhere")):
        with pytest.raises(TypeError, match=r"client must be a bmauth\.Client"):
            Auth(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="project must be"):
        Auth(client, project=1)  # type: ignore[arg-type]


def test_no_secret_shows(world: World, client: bmauth.Client) -> None:
    token = world.sign_in()["access_token"]
    auth = Auth(client, project="research")
    answer = requests.get(url_of(world), auth=auth, timeout=30)
    for shown in (repr(auth), str(vars(auth)), repr(answer.request), repr(answer.request.hooks)):
        assert token not in shown
