"""Nothing is left behind by 100,000 calls: neither memory, nor objects, nor descriptors."""

from __future__ import annotations

import functools
import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bmauth
import pytest
from bmauth import _native

from command.world import World

CALLS = 100_000


def resident_kib() -> int:
    line = next(
        line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line
    )
    return int(line.split()[1])


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def refused(call: Callable[[], object]) -> None:
    try:
        call()
    except (TypeError, ValueError, bmauth.Error):
        return
    raise AssertionError("not refused")


def test_calls_leave_nothing_behind(world: World) -> None:
    world.sign_in()
    client = bmauth.Client(data_dir=world.data_dir)
    token, route = client.token(), client.route("research")
    done = bmauth.Cancel()
    done.trigger()
    calls: list[Callable[[], object]] = [
        lambda: client.route("research").warnings,
        lambda: client.mode("research"),
        lambda: client.fresh_token().headers["Authorization"],
        lambda: client.headers(route).token.access_token,
        lambda: refused(lambda: client.login_begin(True, done)),
        lambda: refused(lambda: client.token("nothing")),  # type: ignore[arg-type]
        lambda: refused(lambda: client.route("a\0b")),
        lambda: refused(lambda: client.route(3)),  # type: ignore[arg-type]
        lambda: (repr(token), repr(route)),
        lambda: bmauth.Cancel().set_check(lambda: False),
    ]

    def rounds(count: int) -> None:
        for _ in range(count):
            for call in calls:
                call()
        gc.collect()

    rounds(200)
    memory, open_files, blocks = resident_kib(), descriptors(), sys.getallocatedblocks()
    rounds(CALLS // len(calls))
    assert sys.getallocatedblocks() - blocks < 200
    assert resident_kib() - memory < 2048
    assert descriptors() == open_files
    client.close()


def test_warm_calls_leave_nothing_behind(world: World) -> None:
    world.sign_in()
    purpose: Any = "".join(["acc", "ount"])  # not the text that is known by its identity
    with bmauth.Client(data_dir=world.data_dir, api_key="bmc_CANARY0123") as client:
        kept = [client.header(), client.header("project")]
        counts = [sys.getrefcount(value) for value in kept]
        memory, blocks = resident_kib(), sys.getallocatedblocks()
        for _ in range(CALLS // 4):
            client.header()
            client.fresh_header("project")
            client.header(purpose="project")
            client.fresh_header(purpose)
        assert [sys.getrefcount(value) for value in kept] == counts
        assert sys.getallocatedblocks() - blocks < 200
        assert resident_kib() - memory < 1024


def test_answers_that_are_out_of_date_leave_nothing_behind(world: World) -> None:
    """Each round ends what is kept, as a close of any client does."""
    world.sign_in()
    with bmauth.Client(data_dir=world.data_dir) as client:

        def rounds(count: int) -> None:
            for _ in range(count):
                bmauth.Client(data_dir=world.home / "empty").close()
                client.header()
            gc.collect()

        rounds(100)
        value = client.header()
        references = sys.getrefcount(value)
        memory, blocks = resident_kib(), sys.getallocatedblocks()
        rounds(1000)
        assert sys.getrefcount(value) == references
        assert sys.getallocatedblocks() - blocks < 200
        assert resident_kib() - memory < 2048


def test_clients_leave_nothing_behind(world: World) -> None:
    world.sign_in()

    def rounds(count: int) -> None:
        for _ in range(count):
            with bmauth.Client(data_dir=world.data_dir, api_key="bmc_0123") as client:
                client.header()
                client.projects()[0]
            refused(lambda: bmauth.Client(issuer="ftp://nowhere"))
        gc.collect()

    rounds(100)
    memory, open_files, blocks = resident_kib(), descriptors(), sys.getallocatedblocks()
    rounds(1000)
    assert sys.getallocatedblocks() - blocks < 200
    assert resident_kib() - memory < 2048
    assert descriptors() == open_files


def test_references_are_counted_right(world: World) -> None:
    """Immortal objects apart, nothing that goes in keeps a reference when the call has ended."""
    project = "".join(["pro", "ject"])
    purpose: Any = "".join(["acc", "ount"])
    world.sign_in()
    with bmauth.Client(data_dir=world.data_dir) as client:
        client.route(project)
        counts = [sys.getrefcount(thing) for thing in (project, purpose, client, _native.Token)]
        for _ in range(1000):
            client.route(project)
            client.header(purpose)
            client.fresh_token(purpose)
        after = [sys.getrefcount(thing) for thing in (project, purpose, client, _native.Token)]
    assert after == counts


def test_a_check_in_a_cycle_is_collected() -> None:
    gc.collect()
    freed: list[int] = []

    class Holder:
        def __del__(self) -> None:
            freed.append(1)

    for _ in range(10):
        holder = Holder()
        cancel = bmauth.Cancel()
        holder.cancel = cancel  # type: ignore[attr-defined]
        cancel.set_check(functools.partial(bool, holder))
        del holder, cancel
    gc.collect()
    assert len(freed) == 10


@pytest.mark.parametrize("call", ["header", "fresh_header", "fresh_token"])
def test_warm_calls_are_no_trip_through_the_network_layer(world: World, call: str) -> None:
    world.sign_in()
    with bmauth.Client(data_dir=world.data_dir) as client:
        started = time.perf_counter()
        for _ in range(1000):
            getattr(client, call)()
        assert time.perf_counter() - started < 1
    assert world.refreshes() == []
