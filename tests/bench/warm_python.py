"""What a warm token costs in Python: an empty C method, bmauth, and the same work by its peers.

    python tests/bench/warm_python.py BUILD/python DATA_DIR

Prints `{"subjects": {NAME: [ns of a call, one for each repetition]}, "missing": {NAME: WHY}}`. The standard timeit in one process:
pyperf gives each subject processes of its own, one after the other, and ratios need turns. Runs in the
interpreter of the venv that has the peers; nobody asks a network.
"""

from __future__ import annotations

import asyncio
import base64
import datetime
import importlib
import json
import random
import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

REPETITIONS = 40
REPETITION_S = 0.01
CALLS_AT_ONCE = 10  # the loop around them would flatter the ratio of what is cheap
WARM_S = 0.2
ACCESS_TOKEN = "CANARY.".ljust(1024, "a")
LIFE_S = 10 * 86400
CLIENT_ID = "client"
SCOPES = ["scope"]
AUTHORITY = "https://login.microsoftonline.com/tenant"

Run = Callable[[int], float]  # so many calls: seconds


def timed(statement: str, **names: object) -> Run:
    timer = timeit.Timer(";".join([statement] * CALLS_AT_ONCE), globals=names)
    return lambda count: timer.timeit(count // CALLS_AT_ONCE)


def awaited(client: Any) -> Run:
    """In a running loop, as a program has it."""
    loop = asyncio.new_event_loop()
    body = "\n        ".join(["await client.header()"] * CALLS_AT_ONCE)
    source = f"async def calls(client, times):\n    for _ in times:\n        {body}\n"
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102

    def run(count: int) -> float:
        coroutine = names["calls"](client, range(count // CALLS_AT_ONCE))
        began = time.perf_counter()
        loop.run_until_complete(coroutine)
        return time.perf_counter() - began

    return run


def encoded(document: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


def by_msal() -> Run:
    """The token that an earlier login of this process put into its cache."""
    msal = importlib.import_module("msal")
    endpoints = {"authorization_endpoint": AUTHORITY, "token_endpoint": f"{AUTHORITY}/token"}
    answer = SimpleNamespace(status_code=200, text=json.dumps(endpoints), headers={})
    offline = SimpleNamespace(get=lambda *_, **__: answer, close=lambda: None)
    app = msal.PublicClientApplication(CLIENT_ID, authority=AUTHORITY, http_client=offline)
    app.token_cache.add(
        {
            "client_id": CLIENT_ID,
            "scope": SCOPES,
            "token_endpoint": f"{AUTHORITY}/token",
            "response": {
                "access_token": ACCESS_TOKEN,
                "expires_in": LIFE_S,
                "client_info": encoded({"uid": "uid", "utid": "tenant"}),
                "id_token": f".{encoded({'sub': 'sub', 'preferred_username': 'alice'})}.",
            },
        }
    )
    (account,) = app.get_accounts()
    assert app.acquire_token_silent(SCOPES, account)["access_token"] == ACCESS_TOKEN
    return timed(
        "app.acquire_token_silent(scopes, account)", app=app, scopes=SCOPES, account=account
    )


def by_google_auth() -> Run:
    credentials = importlib.import_module("google.oauth2.credentials")
    expiry = datetime.datetime.utcnow() + datetime.timedelta(seconds=LIFE_S)
    made = credentials.Credentials(token=ACCESS_TOKEN, expiry=expiry)
    headers: dict[str, str] = {}
    made.before_request(None, "GET", "https://example.com/", headers)
    assert headers["authorization"] == f"Bearer {ACCESS_TOKEN}"
    # New headers for each call: one of them would grow with every one.
    return timed("made.before_request(None, 'GET', 'https://example.com/', {})", made=made)


def by_authlib() -> Run:
    requests_client = importlib.import_module("authlib.integrations.requests_client")
    token = {
        "access_token": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_at": time.time() + LIFE_S,
    }
    session = requests_client.OAuth2Session(CLIENT_ID, token=token)
    request = SimpleNamespace(url="https://example.com/", headers={}, body=None)
    session.token_auth(request)
    assert request.headers["Authorization"] == f"Bearer {ACCESS_TOKEN}"
    return timed("auth(request)", auth=session.token_auth, request=request)


PEERS = {"msal_ns": by_msal, "google_auth_ns": by_google_auth, "authlib_ns": by_authlib}


def by_us(package: Path, data_dir: str) -> dict[str, Run]:
    sys.path[:0] = [str(package), str(package.parent / "tests/python")]
    bmauth = importlib.import_module("bmauth")
    empty = importlib.import_module("empty_class").Empty()
    client, aio = bmauth.Client(data_dir=data_dir), bmauth.AsyncClient(data_dir=data_dir)
    assert client.header() == aio.fresh_header() == f"Bearer {client.token().access_token}"
    return {
        "empty_method_ns": timed("empty.nothing()", empty=empty),
        "header_ns": timed("client.header()", client=client),
        "header_aio_ns": awaited(aio),
    }


def calls_of(run: Run) -> int:
    """How many fill a repetition, once warm: caches, and an interpreter that specialises what is hot."""
    count, spent_s = CALLS_AT_ONCE, 0.0
    while spent_s < WARM_S:
        took_s = run(count)
        spent_s += took_s
        if took_s < REPETITION_S:
            count *= 2
    return count


def main() -> None:
    package, data_dir = sys.argv[1:]
    subjects = by_us(Path(package).resolve(), data_dir)
    missing: dict[str, str] = {}
    for name, peer in PEERS.items():
        try:
            subjects[name] = peer()
        except ModuleNotFoundError as error:
            missing[name] = str(error)
    counts = {name: calls_of(run) for name, run in subjects.items()}
    times: dict[str, list[float]] = {name: [] for name in subjects}
    order = random.Random(1)
    for _ in range(REPETITIONS):
        for name in order.sample(list(subjects), len(subjects)):
            times[name].append(subjects[name](counts[name]) / counts[name] * 1e9)
    print(json.dumps({"subjects": times, "missing": missing}))


main()
