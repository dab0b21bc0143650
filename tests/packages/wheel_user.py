"""A user of the installed wheel: logs in, refreshes, routes, calls the cloud.

Prints one JSON object a line; tokens appear as digests. Runs on every version that the package supports.
"""

import hashlib
import json
import sys
import urllib.request
from typing import Any

import bmauth


def say(what: str, **facts: Any) -> None:
    print(json.dumps({"what": what, **facts}), flush=True)


def digest_of(secret: "str | None") -> str:
    return hashlib.sha256((secret or "").encode()).hexdigest()


with bmauth.Client() as client:
    say("loaded", origin=bmauth.__file__, version=bmauth.__version__, python=sys.version.split()[0])

    report = client.login(on_prompt=lambda prompt: say("prompt", user_code=prompt.user_code))
    say("login", email=report["identity"]["email"])

    first = client.token()
    client.invalidate(first)
    second = client.token()
    say("refresh", before=digest_of(first.access_token), after=digest_of(second.access_token))

    route = client.route("research")
    say("route", mode=route.mode, local=client.route("notes").mode)

    request = urllib.request.Request(
        f"{route.base_url}/entities", headers=dict(client.headers(route))
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        say("call", status=answer.status, echo=json.load(answer))
