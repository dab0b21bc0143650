"""Threads: others run while a call waits, one client serves many, a login serves one at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

import bmauth
import pytest
from waits import QUICK, WAITS, Wait

from command.world import World

Call = Callable[[], object]


@pytest.mark.parametrize("wait", WAITS, ids=lambda wait: wait.name)
def test_other_threads_run_while_the_server_stalls(world: World, wait: Wait) -> None:
    """With the interpreter lock held, nothing would be counted before the call has ended."""
    wait.prepare(world, delay_ms=1000)
    with bmauth.Client() as client:
        cancel = bmauth.Cancel()
        names = {"client": client, "cancel": cancel}
        if wait.needs_login:
            names["login"] = client.login_begin()
        ended = threading.Event()

        def work() -> None:
            with contextlib.suppress(bmauth.Error):
                eval(wait.call, names)  # noqa: S307
            ended.set()

        thread = threading.Thread(target=work)
        thread.start()
        wait.await_request(world)
        counted = 0
        while counted < 100_000:
            counted += 1
        assert not ended.is_set()
        cancel.trigger()
        thread.join()


def test_one_client_serves_many_threads_with_one_refresh(world: World) -> None:
    world.sign_in_long_ago()
    seen: list[str] = []
    with bmauth.Client() as client:
        barrier = threading.Barrier(16)

        def ask() -> None:
            barrier.wait()
            for _ in range(20):
                seen.append(client.header())
                seen.append(client.headers("research")["Authorization"])

        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(seen) == 16 * 40 and len(set(seen)) == 1
    assert len(world.refreshes()) == 1


def test_a_login_in_use_refuses_other_calls(world: World) -> None:
    poll = next(wait for wait in QUICK if wait.name == "login_poll")
    poll.prepare(world)
    cancel = bmauth.Cancel()
    with bmauth.Client() as client:
        login = client.login_begin()
        ended: list[bmauth.Error] = []

        def work() -> None:
            try:
                login.poll(cancel)
            except bmauth.Error as error:
                ended.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        poll.await_request(world)
        tries: list[Call] = [login.poll, login.wait, login.report, login.open_browser]
        tries += [lambda: login.state, lambda: login.user_code, lambda: login.next_delay_ms]
        for attempt in tries:
            with pytest.raises(
                bmauth.InvalidArgumentError, match="login is in use by a running call"
            ):
                attempt()
        assert repr(login) == "<bmauth.Login: in use>"
        assert client.route("notes").mode == "local", "the client itself is free"
        cancel.trigger()
        thread.join()
        assert [type(error) for error in ended] == [bmauth.CancelledError]
        assert login.state == "pending"


def test_close_in_the_midst_of_calls(world: World) -> None:
    """Calls that run go on to their end; later ones are refused."""
    status = next(wait for wait in QUICK if wait.name == "status")
    status.prepare(world, delay_ms=300)
    results: list[object] = []
    client = bmauth.Client()
    thread = threading.Thread(target=lambda: results.append(client.status()["is_authenticated"]))
    thread.start()
    status.await_request(world)
    client.close()
    with pytest.raises(bmauth.InvalidArgumentError, match="client is closed"):
        client.status()
    thread.join()
    assert results == [True]
