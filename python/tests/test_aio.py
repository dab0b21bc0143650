"""asyncio: the loop goes on, tasks that ask together share one refresh, and cancelling ends at once."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Coroutine
from typing import Any

import bmauth
import pytest
from waits import QUICK, REFRESHES

from command.world import World

BEGIN = QUICK[0]
REFRESH = REFRESHES[0]


def run(main: Coroutine[Any, Any, Any]) -> Any:
    """In a loop whose complaints are failures."""
    complaints: list[dict[str, Any]] = []

    async def watched() -> Any:
        asyncio.get_running_loop().set_exception_handler(lambda _, seen: complaints.append(seen))
        result = await main
        gc.collect()
        await asyncio.sleep(0)
        return result

    result = asyncio.run(watched())
    assert complaints == []
    return result


async def arrived(world: World, path: str, **members: str) -> None:
    while not await asyncio.to_thread(world.requests, path, **members):
        await asyncio.sleep(0.005)


def test_the_verbs_are_those_of_the_client(world: World) -> None:
    world.sign_in()

    async def main() -> None:
        async with bmauth.AsyncClient(data_dir=world.data_dir) as client:
            token = await client.token()
            assert type(token) is bmauth.Token
            assert await client.header() == f"Bearer {token.access_token}"
            assert client.fresh_token("project").kind == "oauth"
            route = client.route("research")
            assert dict(await client.headers(route)) == dict(await client.headers("research"))
            assert dict(await client.headers("notes")) == {}
            url = world.emulator.cloud_host + "/proxy/x"
            assert (await client.headers_for_url(url)).token.kind == "oauth"
            assert len(client.projects()) == 3
            assert (await client.status())["is_authenticated"] is True
            assert (await client.whoami())["identity"]["email"] == "alice@example.test"
            assert await client.refresh_step() == (True, 0)
            assert repr(client) == "<bmauth.AsyncClient>"
            assert (await client.logout()).count("") > 0
            with pytest.raises(bmauth.NoCredentialsError):
                await client.header()
        with pytest.raises(bmauth.InvalidArgumentError, match="client is closed"):
            await client.token()

    run(main())


def test_a_login_with_a_prompt(world: World) -> None:
    """The one real wait in a loop; `on_prompt` is a coroutine function here."""

    async def show(prompt: bmauth.LoginPrompt) -> None:
        await asyncio.to_thread(world.emulator.person, prompt.user_code)

    async def main() -> str:
        async with bmauth.AsyncClient() as client:
            report = await client.login(on_prompt=show)
            return str(report["identity"]["email"])

    assert run(main()) == "alice@example.test"


def test_a_login_as_events(world: World) -> None:
    async def main() -> list[str]:
        kinds: list[str] = []
        async with bmauth.AsyncClient() as client:
            async for event in client.login_events():
                kinds.append(event.kind)
                if event.prompt:
                    code = event.prompt.user_code
                if kinds == ["prompt", "pending"]:
                    world.emulator.person(code)
        assert event.report is not None and event.report["is_authenticated"]
        return kinds

    assert run(main()) == ["prompt", "pending", "pending", "done"]


def test_a_login_step_by_step(world: World) -> None:
    world.emulator.control("settings", {"enforce_interval": False})

    async def main() -> None:
        async with bmauth.AsyncClient() as client:
            login = await client.login_begin()
            assert login.state == "pending"
            assert await login.poll() == ("pending", 1000)
            world.emulator.person(login.user_code)
            await login.wait()
            assert login.report()["is_persisted"] is True
            assert login.user_code not in repr(login)

    run(main())


def test_tasks_that_ask_together_share_one_refresh(world: World) -> None:
    world.sign_in_long_ago()

    async def main() -> set[str]:
        async with bmauth.AsyncClient() as client:
            asked = [client.header() for _ in range(50)]
            asked += [headers_of(client) for _ in range(50)]
            return set(await asyncio.gather(*asked))

    async def headers_of(client: bmauth.AsyncClient) -> str:
        return (await client.headers("research"))["Authorization"]

    assert len(run(main())) == 1
    assert len(world.refreshes()) == 1


def test_the_loop_goes_on_while_a_refresh_stalls(world: World) -> None:
    REFRESH.prepare(world, delay_ms=1000)

    async def main() -> float:
        async with bmauth.AsyncClient() as client:
            task = asyncio.ensure_future(client.token())
            worst = 0.0
            while not task.done():
                started = time.perf_counter()
                await asyncio.sleep(0.001)
                worst = max(worst, time.perf_counter() - started)
            assert (await task).kind == "oauth"
            return worst

    assert run(main()) < 0.3  # against 1 s if the loop stood still; the rest is the machine's


def test_a_warm_token_needs_no_executor(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.sign_in()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "run_in_executor", lambda *_: pytest.fail("not needed"))
        async with bmauth.AsyncClient() as client:
            await client.token()
            await client.header()
            await client.headers("research")
            await client.headers_for_url(world.emulator.cloud_host + "/workspaces/")

    run(main())


def test_a_cancelled_task_ends_at_once(world: World) -> None:
    BEGIN.prepare(world)

    async def main() -> float:
        async with bmauth.AsyncClient() as client:
            task = asyncio.ensure_future(client.login_begin())
            await arrived(world, BEGIN.path)
            started = time.perf_counter()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return time.perf_counter() - started

    started = time.perf_counter()
    assert run(main()) < 0.1
    assert time.perf_counter() - started < 5, "its thread has ended too"


def test_a_time_limit_ends_a_login(world: World) -> None:
    async def main() -> None:
        async with bmauth.AsyncClient() as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.login(on_prompt=print), 0.5)
            assert client.route("notes").mode == "local"

    run(main())


def test_one_cancelled_task_leaves_the_refresh_to_the_others(world: World) -> None:
    REFRESH.prepare(world, delay_ms=500)

    async def main() -> None:
        async with bmauth.AsyncClient() as client:
            first, second = (asyncio.ensure_future(client.token()) for _ in range(2))
            await arrived(world, REFRESH.path, grant_type="refresh_token")
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            assert (await second).kind == "oauth"

    run(main())
    assert len(world.refreshes()) == 1


def test_a_refresh_that_nobody_waits_for_is_stored_all_the_same(world: World) -> None:
    REFRESH.prepare(world, delay_ms=500)
    old = world.stored()["refresh_token"]

    async def main() -> None:
        async with bmauth.AsyncClient() as client:
            tasks = [asyncio.ensure_future(client.token()) for _ in range(3)]
            await arrived(world, REFRESH.path, grant_type="refresh_token")
            for task in tasks:
                task.cancel()
            done = await asyncio.gather(*tasks, return_exceptions=True)
            assert {type(result) for result in done} == {asyncio.CancelledError}

    run(main())
    assert world.stored()["refresh_token"] != old


def test_a_failed_refresh_fails_all_who_wait(world: World) -> None:
    world.sign_in_long_ago()
    world.answer_next("/oauth2/token", status=400, body={"error": "invalid_grant"}, times=-1)

    async def main() -> list[Any]:
        async with bmauth.AsyncClient() as client:
            asked = [client.token() for _ in range(5)]
            return await asyncio.gather(*asked, return_exceptions=True)

    assert {type(result) for result in run(main())} == {bmauth.ReauthRequiredError}


def test_a_client_serves_one_loop_after_another(world: World) -> None:
    world.sign_in_long_ago()
    client = bmauth.AsyncClient()
    first = run(client.header())
    client.invalidate(client.fresh_token())
    assert run(client.header()) != first
    run(client.close())


def test_bad_arguments_are_those_of_the_client(world: World) -> None:
    async def main() -> None:
        async with bmauth.AsyncClient() as client:
            with pytest.raises(TypeError, match="min_validity_ms must be an int, not str"):
                await client.token(min_validity_ms="1")  # type: ignore[arg-type]
            with pytest.raises(ValueError, match="purpose must be one of"):
                await client.token("none")  # type: ignore[arg-type]
            with pytest.raises(TypeError, match="on_prompt must be callable"):
                await client.login(on_prompt=None)  # type: ignore[arg-type]

    run(main())
