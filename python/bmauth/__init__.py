"""Authentication for Basic Memory Cloud: log in, keep the session fresh, route projects, get headers.

    with bmauth.Client() as client:
        client.login(on_prompt=lambda prompt: print(prompt.verification_uri, prompt.user_code))
        headers = client.headers("research")

Names are loaded when they are first used; what is imported here is the compiled core alone.
"""

from . import _native
from ._native import Error as Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import aio as aio
    from . import httpx_auth as httpx_auth
    from . import requests_auth as requests_auth
    from ._errors import *  # noqa: F403
    from ._native import Cancel as Cancel
    from ._native import Login as Login
    from ._native import Route as Route
    from .aio import AsyncClient as AsyncClient
    from .aio import AsyncLogin as AsyncLogin
    from .client import Client as Client
    from .login import LoginEvent as LoginEvent
    from .login import LoginPrompt as LoginPrompt
    from .mode import ModeResult as ModeResult
    from .report import Report as Report
    from .token import Headers as Headers
    from .token import Token as Token

__version__ = _native.version()

_HOMES = {
    "AsyncClient": "aio",
    "AsyncLogin": "aio",
    "Cancel": "_native",
    "Client": "client",
    "Headers": "token",
    "Login": "_native",
    "LoginEvent": "login",
    "LoginPrompt": "login",
    "ModeResult": "mode",
    "Report": "report",
    "Route": "_native",
    "Token": "token",
}
_MODULES = ("aio", "httpx_auth", "requests_auth")


if not TYPE_CHECKING:  # a checker knows the names, and others are mistakes

    def __getattr__(name):
        if name == "__all__":
            return ["Error", *_HOMES, *_native.error_names()]
        if name in _HOMES or name in _MODULES:
            from importlib import import_module

            module = import_module(f"{__name__}.{_HOMES.get(name, name)}")
            value = getattr(module, name) if name in _HOMES else module
        elif name in _native.error_names():
            value = getattr(_native, name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> "list[str]":
    return sorted({*globals(), *_HOMES, *_MODULES, *_native.error_names()})
