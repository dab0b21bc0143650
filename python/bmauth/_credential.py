"""What the auth classes for httpx and requests share: which headers a request gets, and when it is sent again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Optional, Union
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from . import Client, Headers, Route
    from .aio import AsyncClient

_DEFAULT_PORTS = {"http": 80, "https": 443}


def _origin(url: str) -> tuple[str, Optional[str], Optional[int]]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def is_same_origin(one: str, other: str) -> bool:
    return _origin(one) == _origin(other)


def _is_below(url: str, base_url: str) -> bool:
    path, base_path = urlsplit(url).path, urlsplit(base_url).path
    return path == base_path or path.startswith(base_path + "/")


def target_of(
    client: Union[Client, AsyncClient], url: str, project: Optional[str]
) -> Union[Route, str, None]:
    """What to ask headers for: the project's route, else the URL; None for another origin than the cloud's.

    This decides only whether to ask. Which credential may go to the URL is for the core to say.
    """
    cloud = client.route(override="cloud").base_url
    assert cloud is not None, "a cloud route has a base URL"
    if not is_same_origin(url, cloud):
        return None
    if project is not None and _is_below(url, cloud):
        return client.route(project)
    return url


def was_refused(status: int, request_headers: Mapping[str, str], sent: Headers) -> bool:
    """Whether this very credential was answered with 401, and another one may be had.

    After a redirect to another origin the credential is not in the request, and its 401 is not ours.
    """
    authorization = sent.get("Authorization")
    return (
        status == 401
        and authorization is not None
        and request_headers.get("Authorization") == authorization
        and sent.token.kind == "oauth"
    )
