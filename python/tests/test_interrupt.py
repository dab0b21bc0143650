"""Ctrl-C, cancel objects and signal handlers end a call that waits, and the interpreter goes on."""

from __future__ import annotations

import threading
import time

import bmauth
import pytest
from child import Child
from waits import QUICK, REFRESHES, Wait

from command.world import World

# A second interrupt-free call afterwards shows that interpreter and client are still good.
INTERRUPTED = """
cancel = None
{setup}say("calling")
try:
    {call}
except KeyboardInterrupt:
    say("interrupted")
say(client.route("notes").mode)
"""


@pytest.mark.parametrize("wait", QUICK, ids=lambda wait: wait.name)
def test_ctrl_c_ends_a_wait_within_200_ms(world: World, child: Child, wait: Wait) -> None:
    wait.prepare(world)
    child.start(INTERRUPTED.format(setup=wait.setup, call=wait.call))
    assert child.line() == "calling"
    wait.await_request(world)
    sent = child.interrupt()
    assert child.line() == "interrupted"
    assert time.monotonic() - sent < 0.2
    assert child.line() == "local"
    assert child.end().status == 0


@pytest.mark.parametrize("wait", REFRESHES, ids=lambda wait: wait.name)
def test_a_refresh_that_was_sent_is_stored_before_ctrl_c_comes_out(
    world: World, child: Child, wait: Wait
) -> None:
    wait.prepare(world, delay_ms=700)
    old = world.stored()["refresh_token"]
    child.start(INTERRUPTED.format(setup=wait.setup, call=wait.call))
    wait.await_request(world)
    child.interrupt()
    assert [child.line() for _ in range(3)] == ["calling", "interrupted", "local"]
    assert child.end().status == 0
    assert world.stored()["refresh_token"] != old
    assert len(world.refreshes()) == 1


def test_ctrl_c_ends_the_wait_between_two_polls(world: World, child: Child) -> None:
    child.start(
        """
        login = client.login_begin()
        login.poll()
        try:
            say("waiting")
            login.wait()
        except KeyboardInterrupt:
            say(login.state, login.user_code is not None)
        """
    )
    child.line()
    sent = child.interrupt()
    assert child.line() == "pending True"
    assert time.monotonic() - sent < 0.2
    assert child.end().status == 0


def test_what_a_signal_handler_raises_is_what_comes_out(world: World, child: Child) -> None:
    QUICK[0].prepare(world)
    child.start(
        """
        class Alarm(Exception):
            pass

        def ring(number, frame):
            raise Alarm("wake up")

        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        try:
            client.login_begin()
        except Alarm as alarm:
            say(alarm)
        """
    )
    assert child.line() == "wake up"
    assert child.end().status == 0


def test_a_signal_handler_that_returns_does_not_end_the_call(world: World, child: Child) -> None:
    world.answer_next("/oauth2/device_authorization", delay_ms=400)
    child.start(
        """
        signal.signal(signal.SIGALRM, lambda number, frame: say("handled"))
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        say(client.login_begin().state)
        """
    )
    assert [child.line(), child.line()] == ["handled", "pending"]
    assert child.end().status == 0


def begin(client: bmauth.Client, cancel: bmauth.Cancel) -> float:
    """Begins a login that stalls; how long until it was cancelled."""
    started = time.monotonic()
    with pytest.raises(bmauth.CancelledError):
        client.login_begin(cancel=cancel)
    return time.monotonic() - started


def test_a_cancel_from_another_thread_ends_a_call_on_the_main_thread(world: World) -> None:
    QUICK[0].prepare(world)
    cancel = bmauth.Cancel()
    timer = threading.Timer(0.1, cancel.trigger)
    with bmauth.Client() as client:
        timer.start()
        assert 0.1 <= begin(client, cancel) < 0.5
    assert cancel.is_triggered


def test_a_cancel_ends_a_call_on_another_thread(world: World) -> None:
    QUICK[0].prepare(world)
    cancel = bmauth.Cancel()
    took: list[float] = []
    with bmauth.Client() as client:
        thread = threading.Thread(target=lambda: took.append(begin(client, cancel)))
        thread.start()
        child_seen = threading.Event()
        child_seen.wait(0.1)
        cancel.trigger()
        thread.join()
    assert took[0] < 0.5


def test_a_triggered_cancel_stays_triggered(world: World) -> None:
    cancel = bmauth.Cancel()
    cancel.trigger()
    cancel.trigger()
    with bmauth.Client() as client:
        assert begin(client, cancel) < 0.2
        assert begin(client, cancel) < 0.2


@pytest.mark.parametrize("is_main", [True, False], ids=["main", "thread"])
def test_a_check_that_says_true_cancels_the_call(world: World, is_main: bool) -> None:
    QUICK[0].prepare(world)
    cancel = bmauth.Cancel()
    asked: list[int] = []

    def check() -> bool:
        asked.append(threading.get_ident())
        return len(asked) > 2

    cancel.set_check(check)
    with bmauth.Client() as client:
        if is_main:
            begin(client, cancel)
        else:
            thread = threading.Thread(target=begin, args=(client, cancel))
            thread.start()
            thread.join()
            assert threading.get_ident() not in asked
    assert len(asked) == 3


def test_what_a_check_raises_comes_out_of_the_call(world: World) -> None:
    QUICK[0].prepare(world)
    cancel = bmauth.Cancel()

    def check() -> bool:
        raise LookupError("from the check")

    cancel.set_check(check)
    with bmauth.Client() as client, pytest.raises(LookupError, match="from the check"):
        client.login_begin(cancel=cancel)
    cancel.set_check(None)
    with bmauth.Client(api_timeout_ms=1000) as client:
        assert client.route("notes").mode == "local"


def test_login_events_are_cancelled_between_two_polls(world: World) -> None:
    cancel = bmauth.Cancel()
    with bmauth.Client() as client:
        events = client.login_events(cancel=cancel)
        assert next(events).kind == "prompt"
        cancel.trigger()
        with pytest.raises(bmauth.CancelledError):
            next(events)
