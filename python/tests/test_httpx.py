"""The auth class in httpx: streams, many requests at once, the loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor

import bmauth
import httpx
import pytest
from bmauth.httpx_auth import Auth

from command.world import World

STALE = "CANARY.stale.access"
AT_ONCE = 8


@pytest.fixture
def client(world: World) -> Iterator[bmauth.Client]:
    with bmauth.Client(data_dir=str(world.data_dir)) as made:
        yield made


def url_of(world: World, path: str = "entities") -> str:
    return f"{world.emulator.cloud_host}/proxy/{path}"


def pieces() -> Iterator[bytes]:
    yield b"a"
    yield b"b"


async def pieces_async() -> AsyncIterator[bytes]:
    for piece in pieces():
        yield piece


def test_a_stream_is_not_sent_again(world: World, client: bmauth.Client) -> None:
    world.sign_in(access_token=STALE)
    with httpx.Client(auth=Auth(client), trust_env=False) as http:
        assert http.post(url_of(world), content=pieces()).status_code == 401
        assert [entry["body_bytes"] for entry in world.requests("/proxy/entities")] == [2]
        # But the token is known to be refused: the next request does not meet that.
        assert http.post(url_of(world), content=pieces()).status_code == 200


def test_a_stream_is_not_sent_again_by_a_loop(world: World) -> None:
    world.sign_in(access_token=STALE)

    async def main() -> int:
        client = bmauth.AsyncClient(data_dir=str(world.data_dir))
        async with client, httpx.AsyncClient(auth=Auth(client), trust_env=False) as http:
            return (await http.post(url_of(world), content=pieces_async())).status_code

    assert asyncio.run(main()) == 401
    assert len(world.requests("/proxy/entities")) == 1


def test_an_api_key_is_not_tried_twice_though_another_was_saved_meanwhile(
    world: World, client: bmauth.Client
) -> None:
    keys = ["bmc_" + letter * 32 for letter in "xy"]
    world.configure(cloud_api_key=keys[0])

    def save_another(_: httpx.Response) -> None:
        world.configure(cloud_api_key=keys[1])

    hooks = {"response": [save_another]}
    with httpx.Client(auth=Auth(client), event_hooks=hooks, trust_env=False) as http:
        assert http.get(url_of(world)).status_code == 401
        assert len(world.requests("/proxy/entities")) == 1
        assert http.get(url_of(world)).request.headers["Authorization"] == f"Bearer {keys[1]}"


def test_threads_that_meet_one_401_share_one_refresh(world: World, client: bmauth.Client) -> None:
    world.sign_in(access_token=STALE)
    http = httpx.Client(auth=Auth(client), trust_env=False)
    with http, ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(http.get, [url_of(world)] * AT_ONCE))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len(world.refreshes()) == 1


def test_tasks_that_meet_one_401_share_one_refresh(world: World) -> None:
    world.sign_in(access_token=STALE)

    async def main() -> list[int]:
        client = bmauth.AsyncClient(data_dir=str(world.data_dir))
        async with client, httpx.AsyncClient(auth=Auth(client), trust_env=False) as http:
            answers = await asyncio.gather(*[http.get(url_of(world)) for _ in range(AT_ONCE)])
            return [answer.status_code for answer in answers]

    assert asyncio.run(main()) == [200] * AT_ONCE
    assert len(world.refreshes()) == 1


@pytest.mark.parametrize("is_async", [False, True], ids=["Client", "AsyncClient"])
def test_the_loop_runs_while_the_server_stalls(world: World, is_async: bool) -> None:
    world.sign_in_long_ago()
    world.answer_next("/oauth2/token", delay_ms=1000)

    async def tick(answered: asyncio.Event) -> int:
        ticks = 0
        while not answered.is_set():
            await asyncio.sleep(0.01)
            ticks += 1
        return ticks

    async def main() -> tuple[int, int]:
        made = (bmauth.AsyncClient if is_async else bmauth.Client)(data_dir=str(world.data_dir))
        answered = asyncio.Event()
        ticking = asyncio.create_task(tick(answered))
        async with httpx.AsyncClient(auth=Auth(made), trust_env=False) as http:
            answer = await http.get(url_of(world))
        answered.set()
        return answer.status_code, await ticking

    status, ticks = asyncio.run(main())
    assert status == 200
    # A loop that was blocked for the second would have come to a tick or two.
    assert ticks > 20


def test_a_wrong_client_is_a_type_error(client: bmauth.Client) -> None:
    for wrong in (None, "client", bmauth.Client):
        with pytest.raises(TypeError, match="client must be"):
            Auth(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="project must be"):
        Auth(client, project=1)  # type: ignore[arg-type]
    http = httpx.Client(auth=Auth(bmauth.AsyncClient(data_dir="/nowhere")))
    with http, pytest.raises(TypeError, match=r"needs a bmauth\.Client"):
        http.get("http://127.0.0.1:1/")


def test_no_secret_shows(world: World, client: bmauth.Client) -> None:
    token = world.sign_in()["access_token"]
    auth = Auth(client, project="research")
    with httpx.Client(auth=auth, trust_env=False) as http:
        answer = http.get(url_of(world))
    for shown in (repr(auth), str(vars(auth)), repr(answer.request.headers), repr(answer)):
        assert token not in shown
