"""Warm headers: the right ones, at once, whatever another thread or process does meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from types import MethodDescriptorType
from typing import Any

import bmauth
import pytest
from bmauth import _native
from child import Child
from waits import REFRESHES

from command.world import World

TOKEN = REFRESHES[0]
HOUR_MS = 3_600_000  # no token lives that long: it is refreshed
KEY = "bmc_CANARY0123456789abcdef"
CLOCK_LAG_S = 0.02  # the second is read from a clock that ticks with the scheduler


def bearer(client: bmauth.Client) -> str:
    """The same by the slow way, which looks at the files."""
    return f"Bearer {client.fresh_token().access_token}"


def ask_until_next_second(call: Callable[[], object]) -> int:
    """How often the call was made; what happened before is seen by the next one."""
    count = 0
    end = int(time.time()) + 1 + CLOCK_LAG_S
    while time.time() < end:
        with contextlib.suppress(bmauth.Error):
            call()
        count += 1
    return count


def test_a_warm_answer_is_the_slow_one(world: World) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        for call in (client.header, client.fresh_header):
            assert call() == call("account") == call(purpose="account") == bearer(client)
        ask_until_next_second(client.header)
        assert client.header() == bearer(client)


def test_a_warm_answer_is_the_very_same_str(world: World) -> None:
    """Also in the next second, so that a secret is not copied over and over."""
    world.sign_in()
    with bmauth.Client() as client:
        first = client.header()
        ask_until_next_second(client.header)
        assert client.header() is client.fresh_header() is first


def test_a_warm_call_makes_no_object(world: World) -> None:
    """The least of three calls: with the tick of the clock one of them looks at the files."""
    world.sign_in()
    with bmauth.Client() as client:
        client.header()
        peaks: list[int] = []
        tracemalloc.start()
        for _ in range(3):
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            client.header()
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
        tracemalloc.stop()
        assert min(peaks) < len(client.header()) // 2


def test_the_warm_method_is_a_c_method_of_the_very_class() -> None:
    """The interpreter makes a detour of twice the price where it belongs to a base class."""
    for method in (bmauth.Client.header, bmauth.Client.fresh_header):
        assert isinstance(method, MethodDescriptorType)
        assert method.__objclass__ is bmauth.Client
    for other in (int, _native.Token, 3):
        with pytest.raises(TypeError, match="type must be a subclass of Client"):
            _native.add_header_methods(other)  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [40, 5000])
def test_a_header_of_any_length(world: World, length: int) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        client.header()
        world.token_file.unlink()
        world.sign_in(access_token="CANARY".ljust(length, "a"))
        ask_until_next_second(client.header)
        assert client.header() == "Bearer " + "CANARY".ljust(length, "a")


@pytest.mark.parametrize("call", ["header", "fresh_header"])
def test_it_is_answered_while_a_refresh_stalls(world: World, call: str) -> None:
    """Long enough for the files to be looked at again meanwhile."""
    world.sign_in()
    world.answer_next(TOKEN.path, grant_type="refresh_token", delay_ms=60_000)
    with bmauth.Client() as client:
        expected = client.header()
        ended = threading.Event()

        def refresh() -> None:
            with contextlib.suppress(bmauth.Error):
                client.token(min_validity_ms=HOUR_MS)
            ended.set()

        thread = threading.Thread(target=refresh)
        thread.start()
        TOKEN.await_request(world)
        answers: list[str] = []
        count = ask_until_next_second(lambda: answers.append(getattr(client, call)()))
        answers.append(getattr(client, call)())
        assert not ended.is_set()
        assert len(answers) == count + 1 and set(answers) == {expected}
        world.emulator.reset()  # drops what stalls
        thread.join()


def test_it_is_answered_while_another_task_waits_for_a_refresh(world: World) -> None:
    world.sign_in()
    world.answer_next(TOKEN.path, grant_type="refresh_token", delay_ms=1000)

    async def main() -> None:
        async with bmauth.AsyncClient() as client:
            expected = await client.header()
            task = asyncio.ensure_future(client.token(min_validity_ms=HOUR_MS))
            while not await asyncio.to_thread(world.refreshes):
                await asyncio.sleep(0.005)
            for _ in range(1000):
                assert await client.header() == client.fresh_header() == expected
            assert not task.done()
            assert f"Bearer {(await task).access_token}" == await client.header() != expected

    asyncio.run(main())


OTHERS = {
    "refreshes": "client.token(min_validity_ms=3_600_000)",
    "revokes": "client.invalidate(client.token()); client.token()",
}


@pytest.mark.parametrize("deed", OTHERS)
def test_what_another_process_does_is_seen_in_the_next_second(
    world: World, child: Child, deed: str
) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        old = client.header()
        child.run(OTHERS[deed])
        ask_until_next_second(client.header)
        assert client.header() == client.fresh_header() == bearer(client)
        assert client.header() != old


def test_a_logout_by_the_command_is_seen_in_the_next_second(world: World) -> None:
    world.sign_in()
    with bmauth.Client() as client:
        client.header()
        assert world.run("logout").status == 0
        ask_until_next_second(client.header)
        for call in (client.header, client.fresh_header):
            with pytest.raises(bmauth.NoCredentialsError):
                call()


def test_what_this_process_does_is_seen_at_once(world: World) -> None:
    """By another client of the same data dir."""
    world.sign_in()
    with bmauth.Client() as client, bmauth.Client() as other:
        seen = [client.header()]
        other.token(min_validity_ms=HOUR_MS)
        seen.append(client.header())
        client.invalidate(client.fresh_token())
        with pytest.raises(bmauth.NeedsRefreshError):
            client.fresh_header()
        seen.append(client.header())
        assert len(set(seen)) == 3 and seen[-1] == other.header() == bearer(client)
        other.logout()
        with pytest.raises(bmauth.NoCredentialsError):
            client.header()


def test_a_failure_is_not_kept(world: World) -> None:
    with bmauth.Client() as client:
        with pytest.raises(bmauth.NoCredentialsError):
            client.header()
        world.sign_in()
        assert client.header() == bearer(client)


def test_a_due_token_is_refreshed_by_header_alone(world: World) -> None:
    world.sign_in_long_ago()
    with bmauth.Client() as client:
        with pytest.raises(bmauth.NeedsRefreshError):
            client.fresh_header()
        assert world.refreshes() == []
        assert client.header() == client.fresh_header() == bearer(client)
    assert len(world.refreshes()) == 1


def test_data_dirs_and_purposes_do_not_mix(world: World) -> None:
    world.sign_in()
    with bmauth.Client(api_key=KEY) as one, bmauth.Client(data_dir=world.home / "empty") as two:
        for _ in range(3):
            assert one.header() == one.header("account") == bearer(one)
            assert one.header("project") == one.header(purpose="project") == f"Bearer {KEY}"
            with pytest.raises(bmauth.NoCredentialsError):
                two.header()


def test_a_closed_client_answers_nothing_and_keeps_nothing(world: World) -> None:
    world.sign_in()
    client = bmauth.Client()
    value = client.header()
    kept = sys.getrefcount(value)
    client.close()
    assert sys.getrefcount(value) == kept - 1
    for call in (client.header, client.fresh_header):
        with pytest.raises(bmauth.InvalidArgumentError, match="client is closed"):
            call()


def test_a_client_that_is_gone_keeps_nothing(world: World) -> None:
    world.sign_in()
    client = bmauth.Client()
    value = client.header()
    kept = sys.getrefcount(value)
    del client
    gc.collect()
    assert sys.getrefcount(value) == kept - 1


def test_a_subclass_has_its_word_in(world: World) -> None:
    world.sign_in_long_ago()
    asked: list[str] = []

    class Own(bmauth.Client):
        def token(self, *given: Any, **names: Any) -> bmauth.Token:
            asked.append(given[0])
            return super().token(*given, **names)

    with Own() as client:
        assert client.header() == client.header() == bearer(client)
    assert asked == ["account"]


def test_threads_see_refreshes_in_order_and_then_the_logout(world: World) -> None:
    world.sign_in()
    seen: list[list[str]] = [[] for _ in range(8)]
    with bmauth.Client() as client:
        known = [client.header()]
        barrier = threading.Barrier(len(seen) + 1)

        def ask(answers: list[str]) -> None:
            barrier.wait()
            with contextlib.suppress(bmauth.NoCredentialsError):
                while True:
                    value = client.header()
                    if not answers or answers[-1] != value:
                        answers.append(value)

        threads = [threading.Thread(target=ask, args=(answers,)) for answers in seen]
        for thread in threads:
            thread.start()
        barrier.wait()
        for _ in range(5):
            client.invalidate(client.fresh_token())
            known.append(f"Bearer {client.token().access_token}")
        client.logout()
        for thread in threads:
            thread.join()
    places = [[known.index(value) for value in answers] for answers in seen]
    assert all(place == sorted(place) for place in places)
    assert len(set(known)) == 6


def test_a_child_of_a_warm_parent_answers_and_its_logout_is_seen(
    world: World, child: Child
) -> None:
    world.sign_in()
    done = child.run(
        """
        before = client.header()
        pid = os.fork()
        if pid == 0:
            same = client.header() == before
            client.logout()
            try:
                client.header()
            except bmauth.NoCredentialsError:
                os._exit(0 if same else 1)
            os._exit(2)
        say(os.waitpid(pid, 0)[1])
        end = int(time.time()) + 1.02
        while time.time() < end:
            try:
                assert client.header() == before
            except bmauth.NoCredentialsError:
                break
        try:
            client.header()
        except bmauth.NoCredentialsError:
            say("seen")
        """
    )
    assert (done.out.split(), done.err) == (["0", "seen"], "")
