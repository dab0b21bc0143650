"""Requests by `requests` with the credential that each URL of the cloud needs.

    session.auth = bmauth.requests_auth.Auth(client)

The credential goes to the cloud's origin alone: a request to another one is sent without. A 401 is
answered by one new attempt with a refreshed token, if the body can be sent again.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Optional, Union
from urllib.parse import urljoin

import requests
from requests.auth import AuthBase
from requests.exceptions import UnrewindableBodyError
from requests.utils import rewind_body

from . import Client, Headers, Route
from ._credential import is_same_origin, target_of, was_refused

__all__ = ["Auth"]


class Auth(AuthBase):
    """For `requests.Session.auth` and the `auth` argument, from any thread.

    With `project`, requests below the cloud's base URL are those of that project: they carry its
    X-Workspace-ID, and nothing where the project is local.
    """

    def __init__(self, client: Client, *, project: Optional[str] = None) -> None:
        if not isinstance(client, Client):
            raise TypeError("client must be a bmauth.Client")
        if project is not None and not isinstance(project, str):
            raise TypeError("project must be a str or None")
        self._client = client
        self._project = project

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        target = target_of(self._client, request.url or "", self._project)
        if target is not None:
            headers = self._headers(target)
            request.headers.update(headers)
            hook = partial(self._answered, target, headers)
            request.register_hook("response", hook)  # type: ignore[no-untyped-call]
        return request

    def _headers(self, target: Union[Route, str]) -> Headers:
        if isinstance(target, str):
            return self._client.headers_for_url(target)
        return self._client.headers(target)

    def _answered(
        self, target: Union[Route, str], sent: Headers, response: requests.Response, **options: Any
    ) -> requests.Response:
        """The hook of requests for each answer, those after redirects too."""
        if response.is_redirect:
            _leave_ours_behind(response, sent)
            return response
        if not was_refused(response.status_code, response.request.headers, sent):
            return response
        self._client.invalidate(sent)
        request = response.request.copy()
        if not _is_rewound(request):
            return response
        renewed = self._headers(target)
        if renewed.get("Authorization") == sent.get("Authorization"):
            return response

        # The connection is free for the second attempt once the first answer has been read.
        response.content  # noqa: B018
        response.close()
        request.headers.update(renewed)
        answer = response.connection.send(request, **options)
        answer.history.append(response)
        answer.request = request
        return answer


def _leave_ours_behind(response: requests.Response, sent: Headers) -> None:
    """At a redirect to another origin. requests, which copies this request, drops Authorization alone."""
    target = urljoin(response.url, response.headers["location"])
    if not is_same_origin(response.url, target):
        for name in sent:
            response.request.headers.pop(name, None)


def _is_rewound(request: requests.PreparedRequest) -> bool:
    if request.body is None or isinstance(request.body, (str, bytes)):
        return True
    try:
        rewind_body(request)
    except UnrewindableBodyError:
        return False
    return True
