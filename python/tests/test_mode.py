"""The mode of a project: what its route says, in a word, and also of what is written meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import bmauth
import pytest

from command.world import World


@pytest.fixture
def client(world: World) -> Iterator[bmauth.Client]:
    with bmauth.Client(data_dir=world.data_dir) as made:
        yield made


@pytest.mark.parametrize("project", ["notes", "research", "Research", "nowhere", None])
def test_it_is_the_mode_of_the_route(client: bmauth.Client, project: str) -> None:
    for _ in range(2):  # the second time from memory
        found, route = client.mode(project), client.route(project)
        assert (found.mode, found.is_known) == (route.mode, route.is_known)


def test_results_are_values(client: bmauth.Client) -> None:
    found = client.mode("research")
    assert repr(found) == "<bmauth.ModeResult mode='cloud' is_known=True>"
    assert {found, client.mode("ideas")} == {bmauth.ModeResult("cloud", True)}
    assert found != client.mode("notes") and found != ("cloud", True)


def test_a_change_is_seen_in_the_next_second(world: World, client: bmauth.Client) -> None:
    assert client.mode("notes").mode == "local"
    world.configure(projects={"notes": {"mode": "cloud"}})
    end = int(time.time()) + 1.02
    while time.time() < end:
        client.mode("notes")
    assert client.mode("notes") == bmauth.ModeResult("cloud", True)
    assert client.mode("research") == bmauth.ModeResult("local", False)


def test_in_an_event_loop_it_needs_no_waiting(world: World) -> None:
    async def main() -> bmauth.ModeResult:
        async with bmauth.AsyncClient(data_dir=world.data_dir) as client:
            return client.mode("research")

    assert asyncio.run(main()) == bmauth.ModeResult("cloud", True)


def test_a_closed_client_refuses(client: bmauth.Client) -> None:
    client.mode("notes")
    client.close()
    with pytest.raises(bmauth.InvalidArgumentError, match="client is closed"):
        client.mode("notes")
