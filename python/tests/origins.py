"""The ways to send a request with the credential of a client, and another origin than the cloud's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Optional

import bmauth
import bmauth.httpx_auth
import bmauth.requests_auth
import httpx
import requests

from command.world import World

Send = Callable[..., "tuple[int, Any]"]


def options_of(world: World, api_key: Optional[str]) -> dict[str, Any]:
    key = {} if api_key is None else {"api_key": api_key}
    return {"data_dir": str(world.data_dir), **key}


def by_requests(
    world: World,
    method: str,
    url: str,
    *,
    project: Optional[str] = None,
    api_key: Optional[str] = None,
    **sent: Any,
) -> tuple[int, Any]:
    with bmauth.Client(**options_of(world, api_key)) as client, requests.Session() as session:
        session.trust_env = False
        session.auth = bmauth.requests_auth.Auth(client, project=project)
        if "content" in sent:
            sent["data"] = sent.pop("content")
        answer = session.request(method, url, timeout=30, **sent)
        return answer.status_code, answer.json()


def by_httpx(
    world: World,
    method: str,
    url: str,
    *,
    project: Optional[str] = None,
    api_key: Optional[str] = None,
    **sent: Any,
) -> tuple[int, Any]:
    with bmauth.Client(**options_of(world, api_key)) as client:
        auth = bmauth.httpx_auth.Auth(client, project=project)
        with httpx.Client(auth=auth, follow_redirects=True, trust_env=False) as http:
            answer = http.request(method, url, timeout=30, **sent)
            return answer.status_code, answer.json()


async def send_async(auth: httpx.Auth, method: str, url: str, **sent: Any) -> tuple[int, Any]:
    async with httpx.AsyncClient(auth=auth, follow_redirects=True, trust_env=False) as http:
        answer = await http.request(method, url, timeout=30, **sent)
        return answer.status_code, answer.json()


def by_httpx_async(
    world: World,
    method: str,
    url: str,
    *,
    project: Optional[str] = None,
    api_key: Optional[str] = None,
    **sent: Any,
) -> tuple[int, Any]:
    async def main() -> tuple[int, Any]:
        async with bmauth.AsyncClient(**options_of(world, api_key)) as client:
            auth = bmauth.httpx_auth.Auth(client, project=project)
            return await send_async(auth, method, url, **sent)

    return asyncio.run(main())


def by_httpx_async_with_a_client(
    world: World,
    method: str,
    url: str,
    *,
    project: Optional[str] = None,
    api_key: Optional[str] = None,
    **sent: Any,
) -> tuple[int, Any]:
    with bmauth.Client(**options_of(world, api_key)) as client:
        auth = bmauth.httpx_auth.Auth(client, project=project)
        return asyncio.run(send_async(auth, method, url, **sent))


WAYS: list[Send] = [by_requests, by_httpx, by_httpx_async, by_httpx_async_with_a_client]


class OtherOrigin:
    """A server that is not the cloud: answers {} to all, with a status as told or a redirect; remembers headers."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        self.received: list[dict[str, str]] = []
        self.redirect_to: Optional[str] = None
        self.status = 200


@contextmanager
def other_origin() -> Iterator[OtherOrigin]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            other.received.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(302 if other.redirect_to else other.status)
            if other.redirect_to:
                self.send_header("Location", other.redirect_to)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        other = OtherOrigin(server)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield other
        server.shutdown()
        thread.join()
