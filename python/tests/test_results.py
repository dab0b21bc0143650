"""Results: properties that are read, secrets that do not show, and lives that are long enough."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import weakref
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import bmauth
import pytest
from bmauth import _native

from command.world import WORKSPACE, World


@pytest.fixture
def client(world: World) -> Iterator[bmauth.Client]:
    world.sign_in()
    with bmauth.Client(data_dir=world.data_dir) as made:
        yield made


def test_a_token_says_what_it_is(world: World, client: bmauth.Client) -> None:
    token, stored = client.token(), world.stored()
    assert token.access_token == stored["access_token"]
    assert (token.kind, token.source, token.origin) == (
        "oauth",
        "session",
        world.emulator.cloud_host,
    )
    assert token.expires_at_unix_s == pytest.approx(stored["expires_at"], abs=1)
    assert (token.is_persisted, token.warnings) == (True, [])
    assert "session" in token.reason
    assert client.header() == "Bearer " + stored["access_token"]


def test_what_is_unknown_is_none(world: World) -> None:
    with bmauth.Client(data_dir=world.data_dir, api_key="bmc_CANARY0123456789abcdef") as client:
        assert client.token("project").expires_at_unix_s is None
        route = client.route()
        assert (route.project, route.workspace, route.base_url) == (None, None, None)


def test_a_route_says_where_and_why(world: World, client: bmauth.Client) -> None:
    route = client.route("research")
    assert (route.mode, route.source, route.project) == ("cloud", "project", "research")
    assert (route.is_known, route.is_explicit, route.workspace) == (True, False, WORKSPACE)
    assert (route.credential_kind, route.warnings) == ("oauth", [])
    assert route.base_url == world.emulator.cloud_host + "/proxy"
    assert json.loads(route.json)["reason"] == route.reason
    assert client.route("notes", override="cloud").is_explicit
    assert client.route(use_default_project=True).mode == "local"


def test_a_login_says_what_the_person_needs(client: bmauth.Client) -> None:
    login = client.login_begin(is_forced=True)
    assert login.state == "pending" and login.user_code
    assert login.verification_uri and login.verification_uri_complete
    assert login.user_code in login.verification_uri_complete
    assert (login.interval_s, login.next_delay_ms) == (1, 1000)
    assert 0 < login.remaining_ms <= login.expires_in_s * 1000
    with pytest.raises(bmauth.InvalidArgumentError):
        login.report()


def test_headers_are_a_mapping_to_be_read(world: World, client: bmauth.Client) -> None:
    headers = client.headers("research")
    bearer = client.header()
    assert isinstance(headers, Mapping)
    assert dict(headers) == {"Authorization": bearer, "X-Workspace-ID": WORKSPACE}
    assert headers["authorization"] == headers.get("AUTHORIZATION") == bearer
    assert "Cookie" not in headers and len(headers) == 2
    assert dict(client.headers("notes")) == {} and client.headers("notes").token.kind == "none"
    assert dict(client.headers(client.route("research"))) == dict(headers)
    assert (
        isinstance(headers.token, bmauth.Token) and headers.token.headers["Authorization"] == bearer
    )
    with pytest.raises(TypeError):
        headers["Cookie"] = "no"  # type: ignore[index]
    url = world.emulator.cloud_host + "/proxy/x"
    assert client.headers_for_url(url)["Authorization"] == bearer


def test_a_report_is_read_like_the_value_it_holds(client: bmauth.Client) -> None:
    who = client.whoami(is_offline=True)
    assert who["identity"]["email"] == who.text("/identity/email") == "alice@example.test"
    assert who.data is who.data and json.loads(who.json) == who.data
    assert "identity" in who and who.get("nothing", 7) == 7
    assert set(who) == set(who.keys()) == set(dict(who.items())) and len(who) == len(who.values())
    assert (who.count(""), who.count("/identity/email"), who.text("/nothing")) == (
        len(who),
        -1,
        None,
    )
    projects = client.projects()
    assert [row["name"] for row in projects] == ["notes", "research", "ideas"]
    assert projects.count("") == len(projects) == 3 and projects[0]["mode"] == "local"


def test_nothing_shows_a_secret(world: World, client: bmauth.Client) -> None:
    key = "bmc_CANARY0123456789abcdef"
    world.secrets.add(key)
    keyed = bmauth.Client(data_dir=world.data_dir, api_key=key)
    login = client.login_begin(is_forced=True)
    things: list[Any] = [client, keyed, client.token(), keyed.token("project"), client.status()]
    things += [client.headers("research"), keyed.headers("ideas"), client.route("research"), login]
    things += [bmauth.AsyncClient(api_key=key), bmauth.Cancel(), keyed.whoami(True)]
    for number, thing in enumerate(things):
        world.said[f"{number} {type(thing)}"] = (
            f"{thing!r} {thing} {getattr(thing, '__dict__', '')}"
        )
        assert not hasattr(thing, "__dict__") or isinstance(thing, bmauth.Error)
    assert login.user_code and login.user_code not in repr(login)


def test_a_repr_says_what_may_be_seen(client: bmauth.Client) -> None:
    assert repr(client) == "<bmauth.Client>"
    assert repr(bmauth.Cancel()) == "<bmauth.Cancel is_triggered=False>"
    assert repr(client.headers("research")) == "<bmauth.Headers: Authorization, X-Workspace-ID>"
    assert repr(client.token()).startswith("<bmauth.Token kind='oauth' source='session' ")
    assert repr(client.projects()) == "<bmauth.Report>"


MAKERS: dict[str, Callable[[bmauth.Client], object]] = {
    "Client": lambda client: client,
    "Login": lambda client: client.login_begin(is_forced=True),
    "Token": lambda client: client.token(),
    "Headers": lambda client: client.headers("research"),
    "Route": lambda client: client.route("research"),
    "Report": lambda client: client.projects(),
    "Cancel": lambda _: bmauth.Cancel(),
}


@pytest.mark.parametrize("name", MAKERS)
def test_handles_cannot_be_pickled_or_copied(client: bmauth.Client, name: str) -> None:
    thing = MAKERS[name](client)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            pickle.dumps(thing, protocol)
    for copier in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled or copied"):
            copier(thing)


@pytest.mark.parametrize("name", ["Token", "Route", "Report", "Login"])
def test_properties_cannot_be_set(client: bmauth.Client, name: str) -> None:
    thing = MAKERS[name](client)
    with pytest.raises(AttributeError):
        thing.warnings = []  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        thing.anything = 1  # type: ignore[attr-defined]


def test_results_outlive_their_client(world: World) -> None:
    world.sign_in()
    client = bmauth.Client(data_dir=world.data_dir)
    token, headers, route = client.token(), client.headers("research"), client.route("research")
    login, report, bearer = client.login_begin(is_forced=True), client.projects(), client.header()
    code, gone = login.user_code, weakref.ref(client)
    client.close()
    client.close()
    del client
    gc.collect()
    assert gone() is None
    assert "Bearer " + str(token.access_token) == bearer == headers["Authorization"]
    assert route.project == "research" and report[0]["name"] == "notes"
    assert (login.user_code, login.state) == (code, "pending")


def test_a_closed_client_refuses_every_call(world: World) -> None:
    world.sign_in()
    with bmauth.Client(data_dir=world.data_dir) as client:
        token, route = client.token(), client.route("research")
    calls: list[Callable[[], object]] = [
        client.header, client.token, client.fresh_token, client.refresh_step, client.route,
        client.projects, client.status, client.whoami, client.logout, client.login_begin,
        lambda: client.headers(route), lambda: client.headers("research"),
        lambda: client.headers_for_url(world.emulator.cloud_host),
        lambda: client.invalidate(token), lambda: client.login(on_prompt=print),
        lambda: next(client.login_events()),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(bmauth.InvalidArgumentError, match="client is closed"):
            call()


def test_results_are_of_the_packages_classes(client: bmauth.Client) -> None:
    assert type(client.token()) is bmauth.Token is not _native.Token
    assert type(client.projects()) is bmauth.Report is not _native.Report
    assert type(client.route("x")) is bmauth.Route is _native.Route
    assert type(client.login_begin(is_forced=True)) is bmauth.Login


def test_a_subclass_may_have_its_word_in(world: World) -> None:
    class Loud(bmauth.Client):
        asked = 0

        def token(self, *given: Any, **named: Any) -> bmauth.Token:
            Loud.asked += 1
            return super().token(*given, **named)

    world.sign_in_long_ago()
    with Loud(data_dir=world.data_dir) as client:
        assert client.header().startswith("Bearer ") and client.header()
    assert Loud.asked == 1, "a fresh token takes the short way"
