"""The interpreter ends in the midst of a call: quietly, with its own status, and without a crash."""

from __future__ import annotations

import time

import pytest
from child import Child
from waits import QUICK, REFRESHES, WAITS, Wait

from command.world import World

# The call runs on a daemon thread; the main thread ends the program when it is told to.
ENDING = """
cancel = None
{setup}def work():
    {call}
threading.Thread(target=work, daemon=True).start()
sys.stdin.readline()
{end}
"""


def start(world: World, child: Child, wait: Wait, end: str, delay_ms: int = 60_000) -> None:
    wait.prepare(world, delay_ms)
    child.start(ENDING.format(setup=wait.setup, call=wait.call, end=end))
    wait.await_request(world)


@pytest.mark.parametrize("wait", QUICK, ids=lambda wait: wait.name)
def test_a_program_that_ends_takes_its_calls_along(world: World, child: Child, wait: Wait) -> None:
    start(world, child, wait, "sys.exit(0)")
    told = time.monotonic()
    child.tell()
    done = child.end()
    assert (done.status, done.out, done.err) == (0, "", "")
    assert time.monotonic() - told < 2


@pytest.mark.parametrize("wait", REFRESHES, ids=lambda wait: wait.name)
def test_a_refresh_that_was_sent_is_stored_before_the_program_ends(
    world: World, child: Child, wait: Wait
) -> None:
    start(world, child, wait, "sys.exit(0)", delay_ms=700)
    old = world.stored()["refresh_token"]
    child.tell()
    done = child.end()
    assert (done.status, done.out, done.err) == (0, "", "")
    assert world.stored()["refresh_token"] != old


@pytest.mark.parametrize("wait", WAITS[:4], ids=lambda wait: wait.name)
def test_many_threads_in_a_call_at_the_end(world: World, child: Child, wait: Wait) -> None:
    wait.prepare(world, delay_ms=500)
    child.start(
        f"""
        cancel = None
        def work():
            client = bmauth.Client()
            {wait.setup}
            while True:
                try:
                    {wait.call}
                except bmauth.Error:
                    pass
        for _ in range(8):
            threading.Thread(target=work, daemon=True).start()
        sys.stdin.readline()
        sys.exit(3)
        """
    )
    wait.await_request(world)
    child.tell()
    done = child.end()
    assert (done.status, done.out, done.err) == (3, "", "")


def test_an_exception_ends_the_program_as_ever(world: World, child: Child) -> None:
    start(world, child, QUICK[0], "raise RuntimeError('as ever')")
    child.tell()
    done = child.end()
    assert done.status == 1
    assert done.err.splitlines()[-1] == "RuntimeError: as ever"


def test_calls_still_work_in_exit_hooks(world: World, child: Child) -> None:
    """Hooks run last in, first out: one before ours in the list runs after it."""
    world.sign_in()
    done = child.run(
        """
        import atexit

        def ask():
            say(client.status()["is_authenticated"])

        atexit.register(ask)
        ask()
        atexit.register(ask)
        """
    )
    assert (done.status, done.out, done.err) == (0, "True\n" * 3, "")


def test_a_client_that_nobody_closed_costs_nothing_at_the_end(world: World, child: Child) -> None:
    world.sign_in()
    done = child.run("client.status(); login = client.login_begin(True); token = client.token()")
    assert (done.status, done.out, done.err) == (0, "", "")
