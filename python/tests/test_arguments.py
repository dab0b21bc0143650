"""Bad input: the language's own exceptions, which name the parameter and never show a value."""

from __future__ import annotations

import datetime
import decimal
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import bmauth
import pytest

from command.world import World
from harness.emulator import CLIENT_ID

CANARY = "bmc_CANARY.api.key"


@pytest.fixture
def client(world: World) -> Iterator[Any]:
    with bmauth.Client(data_dir=world.data_dir) as made:
        yield made


def refusal(call: Callable[[], object], kind: type[Exception]) -> str:
    with pytest.raises(kind) as raised:
        call()
    assert CANARY not in repr(raised.value) and CANARY not in str(raised.value.__dict__)
    assert raised.value.__context__ is None, "a chained exception would hold the value"
    return str(raised.value)


TEXTS = ["issuer", "client_id", "cloud_host", "api_key", "default_project", "proxy", "language"]
FLAGS = ["force_local", "force_cloud", "explicit_routing"]
TIMES = ["connect_timeout_ms", "auth_timeout_ms", "api_timeout_ms", "login_timeout_ms"]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("value", [3, b"bytes", ["a"], True, Path("a")], ids=repr)
def test_a_text_is_a_str(name: str, value: Any) -> None:
    said = refusal(lambda: bmauth.Client(**{name: value}), TypeError)
    assert said == f"{name} must be a str, not {type(value).__name__}"


@pytest.mark.parametrize("name", ["data_dir", "token_file", "ca_file"])
def test_a_path_is_a_str_or_pathlike(world: World, name: str) -> None:
    make: Any = bmauth.Client
    make(**{name: world.home / "anything"}).close()
    make(**{name: str(world.home / "anything")}).close()
    said = refusal(lambda: make(**{name: b"/tmp"}), TypeError)
    assert said == f"{name} must be a str or os.PathLike, not bytes"


@pytest.mark.parametrize("name", FLAGS)
@pytest.mark.parametrize("value", [0, 1, "yes"], ids=repr)
def test_a_flag_is_a_bool(name: str, value: Any) -> None:
    said = refusal(lambda: bmauth.Client(**{name: value}), TypeError)
    assert said == f"{name} must be a bool, not {type(value).__name__}"


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize(
    "value",
    [
        "10",
        1.5,
        True,
        datetime.datetime(2026, 1, 1),
        datetime.timedelta(seconds=1),
        decimal.Decimal(1),
    ],
    ids=repr,
)
def test_a_time_is_an_int(name: str, value: Any) -> None:
    said = refusal(lambda: bmauth.Client(**{name: value}), TypeError)
    assert said.startswith(f"{name} must be an int, not ")


@pytest.mark.parametrize("value", [0, -1, 3_600_001, 2**63, -(2**63) - 1, 10**30])
def test_a_time_out_of_range_is_a_value_error(value: int) -> None:
    said = refusal(lambda: bmauth.Client(api_timeout_ms=value), ValueError)
    assert said.startswith("api_timeout_ms is ")


@pytest.mark.parametrize("name", ["api_key", "issuer", "data_dir"])
@pytest.mark.parametrize(
    ("spoilt", "words"),
    [(CANARY + "\0", "holds a NUL character"), (CANARY + "\ud800", "holds a lone surrogate")],
    ids=["NUL", "surrogate"],
)
def test_what_is_no_text_in_c_is_a_value_error(name: str, spoilt: Any, words: str) -> None:
    said = refusal(lambda: bmauth.Client(**{name: spoilt}), ValueError)
    assert said == f"{name} {words}"


def test_unknown_options_are_refused_by_name() -> None:
    said = refusal(lambda: bmauth.Client(apikey=CANARY), TypeError)  # type: ignore[call-arg]
    assert said == "Client() has no parameter 'apikey'"
    said = refusal(lambda: bmauth.AsyncClient(apikey=CANARY), TypeError)  # type: ignore[call-arg]
    assert said == "Client() has no parameter 'apikey'"


def test_options_have_names() -> None:
    said = refusal(lambda: bmauth.Client(CANARY), TypeError)  # type: ignore[misc]
    assert said == "Client() takes at most 0 arguments without a name, not 1"


def test_none_is_an_option_that_was_not_given(world: World) -> None:
    with bmauth.Client(issuer=None, api_timeout_ms=None, force_local=None, api_key=None) as client:
        assert client.route("research").mode == "cloud"


CALLS: list[tuple[str, Callable[[Any], object], type[Exception], str]] = [
    (
        "unknown purpose",
        lambda c: c.token(CANARY),
        ValueError,
        "purpose must be one of 'project', 'account'",
    ),
    (
        "purpose of a header",
        lambda c: c.header(CANARY),
        ValueError,
        "purpose must be one of 'project', 'account'",
    ),
    (
        "purpose of a header by type",
        lambda c: c.header(purpose=7),
        TypeError,
        "purpose must be a str, not int",
    ),
    (
        "no purpose of a header",
        lambda c: c.fresh_header(None),
        TypeError,
        "purpose must be a str, not None",
    ),
    ("purpose by type", lambda c: c.fresh_token(1), TypeError, "purpose must be a str, not int"),
    ("no purpose", lambda c: c.token(None), TypeError, "purpose must be a str, not None"),
    (
        "unknown override",
        lambda c: c.route("x", override="both"),
        ValueError,
        "override must be one of 'none', 'local', 'cloud'",
    ),
    ("project by type", lambda c: c.route(7), TypeError, "project must be a str, not int"),
    ("mode of no text", lambda c: c.mode(7), TypeError, "project must be a str, not int"),
    ("mode of half a text", lambda c: c.mode("a\0b"), ValueError, "project holds a NUL character"),
    ("flag by type", lambda c: c.status(1), TypeError, "is_offline must be a bool, not int"),
    (
        "bool for int",
        lambda c: c.token(min_validity_ms=True),
        TypeError,
        "min_validity_ms must be an int, not bool",
    ),
    (
        "datetime for ms",
        lambda c: c.refresh_step(datetime.datetime.now()),
        TypeError,
        "min_validity_ms must be an int, not datetime.datetime",
    ),
    (
        "ms too large",
        lambda c: c.token(min_validity_ms=2**64),
        ValueError,
        "min_validity_ms is out of range",
    ),
    (
        "negative ms",
        lambda c: c.token(min_validity_ms=-1),
        ValueError,
        "min_validity_ms is negative",
    ),
    ("no route", lambda c: c.headers(None), TypeError, "route must be a bmauth.Route, not None"),
    (
        "token for route",
        lambda c: c.headers(b"x"),
        TypeError,
        "route must be a bmauth.Route, not bytes",
    ),
    ("url by type", lambda c: c.headers_for_url(None), TypeError, "url must be a str, not None"),
    ("no url", lambda c: c.headers_for_url("not a url"), ValueError, ""),
    (
        "token by type",
        lambda c: c.invalidate(CANARY),
        TypeError,
        "token must be a bmauth.Token, not str",
    ),
    ("no token", lambda c: c.invalidate(None), TypeError, "token must be a bmauth.Token, not None"),
    (
        "cancel by type",
        lambda c: c.whoami(cancel=3),
        TypeError,
        "cancel must be a bmauth.Cancel, not int",
    ),
    (
        "prompt by type",
        lambda c: c.login(on_prompt=None),
        TypeError,
        "on_prompt must be callable, not NoneType",
    ),
    (
        "check by type",
        lambda c: bmauth.Cancel().set_check(3),  # type: ignore[arg-type]
        TypeError,
        "check must be callable or None, not int",
    ),
    (
        "too many",
        lambda c: c.header("account", 1),
        TypeError,
        "header() takes at most 1 arguments without a name, not 2",
    ),
    (
        "twice",
        lambda c: c.header("account", purpose="account"),
        TypeError,
        "header() got purpose twice",
    ),
    (
        "unknown keyword of a fresh header",
        lambda c: c.fresh_header(purposes="account"),
        TypeError,
        "fresh_header() has no parameter 'purposes'",
    ),
    (
        "unknown keyword",
        lambda c: c.header(purposes="account"),
        TypeError,
        "header() has no parameter 'purposes'",
    ),
    (
        "nothing given",
        lambda c: bmauth.Cancel().set_check(),  # type: ignore[call-arg]
        TypeError,
        "set_check() needs check",
    ),
    ("NUL in a project", lambda c: c.route("a\0b"), ValueError, "project holds a NUL character"),
    (
        "surrogate in a workspace",
        lambda c: c.route("a", "\udc80"),
        ValueError,
        "workspace holds a lone surrogate",
    ),
]


@pytest.mark.parametrize(
    ("call", "kind", "words"), [row[1:] for row in CALLS], ids=[row[0] for row in CALLS]
)
def test_a_call_names_the_argument_that_is_wrong(
    client: Any, call: Callable[[Any], object], kind: type[Exception], words: str
) -> None:
    assert words in refusal(lambda: call(client), kind)


def test_names_of_a_mebibyte_are_routed_or_refused_whole(client: Any) -> None:
    assert client.route("n" * 2**20).is_known is False
    said = refusal(lambda: bmauth.Client(default_project="n" * (2**20 + 1)), ValueError)
    assert said == "default_project is larger than 1 MiB"
    with pytest.raises(bmauth.Error):
        client.headers_for_url("https://" + "h" * 2**20)


def test_a_str_subclass_is_a_text(client: Any) -> None:
    class Name(str):
        def __eq__(self, other: object) -> bool:
            raise AssertionError("nobody asks")

        __hash__ = str.__hash__

    assert client.route(Name("research"), override=Name("local")).mode == "local"


def test_an_object_that_was_never_made_is_refused(client: Any) -> None:
    class Lazy(bmauth.Client):
        def __init__(self) -> None:
            pass

    with pytest.raises(TypeError, match=r"__init__\(\) must be called"):
        Lazy()
    empty = bmauth.Client.__new__(bmauth.Client)
    assert repr(empty) == "<bmauth.Client: never made>"
    for call in (empty.header, empty.fresh_header, empty.close, empty.projects, empty.token):
        with pytest.raises(bmauth.InvalidArgumentError, match="was never made"):
            call()
    unset = bmauth.Cancel.__new__(bmauth.Cancel)
    gc.collect()
    with pytest.raises(bmauth.InvalidArgumentError, match="cancel was never made"):
        client.status(cancel=unset)


def test_an_object_is_made_once(client: Any) -> None:
    with pytest.raises(bmauth.InvalidArgumentError, match="client was made already"):
        client.__init__()
    assert client.route("notes").mode == "local"


@pytest.mark.parametrize("name", ["Login", "Report", "Route", "Token"])
def test_results_cannot_be_made_by_hand(name: str) -> None:
    with pytest.raises(TypeError, match=f"a {name} is made by calls"):
        getattr(bmauth, name)()


def test_a_failed_client_leaves_no_client(world: World) -> None:
    (world.data_dir / "config.json").write_text("{")
    with pytest.raises(bmauth.ConfigInvalidError) as raised:
        bmauth.Client(data_dir=world.data_dir)
    assert raised.value.name == "config_invalid" and "config.json" in raised.value.message


def test_every_option_reaches_the_core(world: World) -> None:
    """Each by its place in what the client then says or does."""
    world.sign_in()
    with bmauth.Client(
        data_dir=world.home / "elsewhere",
        token_file=world.token_file,
        issuer=world.emulator.issuer,
        client_id=CLIENT_ID,
        cloud_host=world.emulator.cloud_host,
        default_project="mine",
        default_workspace="7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10",
        ca_file=world.home / "none.pem",
        proxy="",
        user_agent_suffix="tool/1",
        local_base_url="http://127.0.0.1:9/local",
        language="python/test",
        force_local=False,
        force_cloud=True,
        explicit_routing=False,
        connect_timeout_ms=2000,
        auth_timeout_ms=2000,
        refresh_try_timeout_ms=2000,
        refresh_budget_ms=2000,
        api_timeout_ms=2000,
        lock_timeout_ms=2000,
        login_timeout_ms=2000,
    ) as client:
        route = client.route(use_default_project=True)
        assert (route.project, route.mode, route.source) == ("mine", "cloud", "environment")
        assert route.workspace == "7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10"
        assert client.route("x", override="local").base_url == "http://127.0.0.1:9/local"
        assert client.status()["is_authenticated"] is True
        assert client.login_begin(True).remaining_ms <= 2000
    (entry,) = world.requests("/proxy/health")
    assert "python/test" in entry["user_agent"] and entry["user_agent"].endswith("tool/1")
    with bmauth.Client(project_constraint="only", api_key=CANARY) as client:
        with pytest.raises(bmauth.ProjectConstrainedError):
            client.route("another")
        with pytest.raises(bmauth.InvalidApiKeyError):
            client.token("project")
