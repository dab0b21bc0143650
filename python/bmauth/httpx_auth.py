"""Requests by httpx with the credential that each URL of the cloud needs.

    httpx.Client(auth=bmauth.httpx_auth.Auth(client))

The credential goes to the cloud's origin alone: a request to another one is sent without. A 401 is
answered by one new attempt with a refreshed token, if the body is still at hand.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Optional, Union

import anyio.to_thread
import httpx

from . import Client, Headers, Route
from ._credential import target_of, was_refused
from .aio import AsyncClient

__all__ = ["Auth"]


class Auth(httpx.Auth):
    """For httpx.Client with a Client, for httpx.AsyncClient with an AsyncClient or a Client.

    With `project`, requests below the cloud's base URL are those of that project: they carry its
    X-Workspace-ID, and nothing where the project is local.
    """

    def __init__(
        self, client: Union[Client, AsyncClient], *, project: Optional[str] = None
    ) -> None:
        if not isinstance(client, (Client, AsyncClient)):
            raise TypeError("client must be a bmauth.Client or a bmauth.AsyncClient")
        if project is not None and not isinstance(project, str):
            raise TypeError("project must be a str or None")
        self._client = client
        self._project = project

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        if not isinstance(self._client, Client):
            raise TypeError("httpx.Client needs a bmauth.Client, not a bmauth.AsyncClient")
        target = self._target(request)
        if target is None:
            yield request
            return
        headers = _headers(self._client, target)
        request.headers.update(headers)
        response = yield request
        if not _was_refused(response, headers):
            return
        self._client.invalidate(headers)
        if not isinstance(response.request.stream, httpx.ByteStream):
            return
        renewed = _headers(self._client, target)
        if renewed.get("Authorization") != headers.get("Authorization"):
            # After a redirect within the cloud, the last request is the one that was refused.
            response.request.headers.update(renewed)
            yield response.request

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        target = self._target(request)
        if target is None:
            yield request
            return
        headers = await _headers_async(self._client, target)
        request.headers.update(headers)
        response = yield request
        if not _was_refused(response, headers):
            return
        self._client.invalidate(headers)
        if not isinstance(response.request.stream, httpx.ByteStream):
            return
        renewed = await _headers_async(self._client, target)
        if renewed.get("Authorization") != headers.get("Authorization"):
            response.request.headers.update(renewed)
            yield response.request

    def _target(self, request: httpx.Request) -> Union[Route, str, None]:
        return target_of(self._client, str(request.url), self._project)


def _headers(client: Client, target: Union[Route, str]) -> Headers:
    return client.headers_for_url(target) if isinstance(target, str) else client.headers(target)


async def _headers_async(client: Union[Client, AsyncClient], target: Union[Route, str]) -> Headers:
    if isinstance(client, Client):
        # A refresh takes as long as the server does: not on the loop's thread.
        return await anyio.to_thread.run_sync(_headers, client, target, abandon_on_cancel=True)
    if isinstance(target, str):
        return await client.headers_for_url(target)
    return await client.headers(target)


def _was_refused(response: httpx.Response, sent: Headers) -> bool:
    return was_refused(response.status_code, response.request.headers, sent)
