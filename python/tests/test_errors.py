"""The exception tree: one class for each row of the error table."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import bmauth
import pytest
import yaml
from bmauth import _native

from command.world import World

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[dict[str, Any]] = [
    row
    for row in yaml.safe_load((ROOT / "bindings/spec/errors.yaml").read_text())["codes"]
    if row["name"] != "ok"
]


def class_name(row: dict[str, Any]) -> str:
    return "".join(part.capitalize() for part in row["name"].split("_")) + "Error"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_each_code_has_its_class(row: dict[str, Any]) -> None:
    kind = getattr(bmauth, class_name(row))
    assert kind is getattr(_native, class_name(row))
    assert (kind.__module__, kind.__name__, kind.__doc__) == (
        "bmauth",
        class_name(row),
        row["meaning"],
    )
    assert issubclass(kind, bmauth.Error) and kind is not bmauth.Error
    assert (kind.code, kind.name, kind.remedy) == (row["number"], row["name"], row["remedy"])
    assert (kind.is_retryable, kind.exit_status) == (row["retryable"], row["exit_status"])
    assert (kind.http_status, kind.oauth_error, kind.retry_after_ms) == (0, None, None)
    number = row["number"]
    assert _native.code_name(number) == row["name"]
    assert _native.code_meaning(number) == row["meaning"]
    assert _native.code_remedy(number) == row["remedy"]
    assert _native.code_is_retryable(number) == row["retryable"]
    assert _native.code_exit_status(number) == row["exit_status"]


def test_there_is_no_other_class() -> None:
    assert _native.error_names() == [class_name(row) for row in ROWS]


def test_an_invalid_argument_is_also_a_value_error() -> None:
    assert bmauth.InvalidArgumentError.__mro__[1:3] == (bmauth.Error, ValueError)
    assert not issubclass(bmauth.TimeoutError, TimeoutError)


def raised(world: World) -> bmauth.Error:
    world.sign_in_long_ago()
    body = {"error": "temporarily_unavailable", "error_description": "come back later"}
    world.answer_next(
        "/oauth2/token", status=429, headers={"Retry-After": "7"}, body=body, times=-1
    )
    with bmauth.Client() as client, pytest.raises(bmauth.Error) as caught:
        client.token()
    return caught.value


def test_an_error_carries_what_is_known_of_it(world: World) -> None:
    error = raised(world)
    assert type(error) is bmauth.RateLimitedError
    assert error.message == str(error) == error.args[0]
    assert (error.code, error.name) == (28, "rate_limited")
    assert (error.http_status, error.retry_after_ms) == (429, 7000)
    assert error.remedy
    assert error.is_retryable and error.exit_status == 5


def test_an_error_carries_the_servers_own_words(world: World) -> None:
    body = {"error": "expired_token", "error_description": "too late"}
    world.answer_next("/oauth2/token", status=400, body=body)
    with bmauth.Client() as client:
        login = client.login_begin()
        with pytest.raises(bmauth.ExpiredTokenError) as caught:
            login.poll()
    assert caught.value.oauth_error == "expired_token"
    assert caught.value.oauth_error_description == "too late"


def test_errors_can_be_pickled_and_copied(world: World) -> None:
    error = raised(world)
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(again) is type(error)
        assert (again.args, again.__dict__) == (error.args, error.__dict__)


def test_errors_can_be_raised_by_programs_too() -> None:
    error = bmauth.NetworkError("the cable")
    assert (str(error), error.name, error.is_retryable) == ("the cable", "network", True)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchError'"):
        _ = bmauth.NoSuchError  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="NoSuchError"):
        _ = _native.NoSuchError  # type: ignore[attr-defined]


def test_no_error_holds_a_secret(world: World) -> None:
    error = raised(world)
    stored = world.stored()
    for secret in (stored["access_token"], stored["refresh_token"]):
        assert secret not in repr(error) + str(error.__dict__)
