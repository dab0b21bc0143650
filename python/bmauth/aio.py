"""The same client for asyncio: a call that waits is a coroutine, and no thread is held while it waits.

Each step of a login or a refresh is at most one request in the loop's default executor; between the
steps the loop sleeps. A task that is cancelled ends at once, while its step is told to stop.
"""

from __future__ import annotations

import asyncio
import functools

from . import events
from ._native import Cancel, Error, NeedsRefreshError
from .client import Client, check_prompt, note_token
from .login import LoginEvent, note_done, prompt_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import TracebackType
    from typing import Any, TypeVar

    from typing_extensions import Self, Unpack

    from . import _native
    from ._native import ClientOptions, Login, Override, Purpose, Route
    from .login import LoginPrompt
    from .mode import ModeResult
    from .report import Report
    from .token import Headers, Token

    Result = TypeVar("Result")


async def _step(call: Callable[..., Result], *given: object) -> Result:
    """One call in the executor; its thread is told to stop when the task is cancelled."""
    cancel = Cancel()
    work = functools.partial(call, *given, cancel=cancel)
    try:
        return await asyncio.get_running_loop().run_in_executor(None, work)
    except asyncio.CancelledError:
        cancel.trigger()
        raise


class _Flight:
    """A refresh that several tasks wait for; given up when the last of them is cancelled."""

    __slots__ = ("_task", "_waiters")

    def __init__(self, task: asyncio.Task[None]) -> None:
        self._task = task
        self._waiters = 0

    async def join(self) -> None:
        self._waiters += 1
        try:
            await asyncio.shield(self._task)
        finally:
            self._waiters -= 1
            if self._waiters == 0:
                self._task.cancel()


class AsyncLogin:
    """A login in progress: `await login.poll()` when it says so, or `await login.wait()`."""

    __slots__ = ("_login",)

    def __init__(self, login: Login) -> None:
        self._login = login

    def __getattr__(self, name: str) -> Any:
        return getattr(self._login, name)  # what is only read, and open_browser

    def __repr__(self) -> str:
        return f"<bmauth.AsyncLogin of {self._login!r}>"

    async def poll(self) -> tuple[_native.PollState, int]:
        """At most one request: the state, and when to call again."""
        with events.noted("login"):
            return await _step(self._login.poll)

    async def wait(self) -> None:
        """Polls, and sleeps in between, until the login is done."""
        while self._login.state != "done":
            await asyncio.sleep(self._login.next_delay_ms / 1000)
            await self.poll()

    def report(self) -> Report:
        """What a login that is done came to."""
        return self._login.report()


class AsyncClient:
    """One data directory, its session and its connections; options are those of Client."""

    __slots__ = ("__weakref__", "_client", "_flights")

    def __init__(self, **options: Unpack[ClientOptions]) -> None:
        self._client = Client(**options)
        self._flights: dict[tuple[asyncio.AbstractEventLoop, int], _Flight] = {}

    def __repr__(self) -> str:
        return "<bmauth.AsyncClient>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the client; calls that run go on to their end."""
        self._client.close()

    async def login(
        self,
        *,
        on_prompt: Callable[[LoginPrompt], object],
        is_forced: bool = False,
        open_browser: bool = False,
    ) -> Report:
        """Logs in and waits for the person; `on_prompt` may be a coroutine function."""
        check_prompt(on_prompt)
        login = await self.login_begin(is_forced)
        prompt = prompt_of(login._login, open_browser)
        if prompt is not None:
            shown = on_prompt(prompt)
            if asyncio.iscoroutine(shown):
                await shown
        await login.wait()
        report = login.report()
        note_done(report)
        return report

    async def login_events(
        self, *, is_forced: bool = False, open_browser: bool = False
    ) -> AsyncIterator[LoginEvent]:
        """The same as a loop; it ends after the event that is done."""
        login = await self.login_begin(is_forced)
        prompt = prompt_of(login._login, open_browser)
        if prompt is not None:
            yield LoginEvent("prompt", prompt=prompt)
        while login._login.state != "done":
            await asyncio.sleep(login._login.next_delay_ms / 1000)
            state, next_delay_ms = await login.poll()
            if state != "done":
                yield LoginEvent("pending", next_delay_ms=next_delay_ms)
        report = login.report()
        note_done(report)
        yield LoginEvent("done", report=report)

    async def login_begin(self, is_forced: bool = False) -> AsyncLogin:
        """A login to drive by hand."""
        return AsyncLogin(await _step(self._client.login_begin, is_forced))

    async def header(self, purpose: Purpose = "account") -> str:
        """The value of the Authorization header."""
        try:
            return self._client.fresh_header(purpose)
        except NeedsRefreshError:
            return (await self.token(purpose)).headers["Authorization"]

    def fresh_header(self, purpose: Purpose = "account") -> str:
        """The same if the session is fresh, else NeedsRefreshError: never waits."""
        return self._client.fresh_header(purpose)

    async def token(self, purpose: Purpose = "account", min_validity_ms: int = 0) -> Token:
        """The bearer to send now; tasks that ask together wait for one refresh."""
        with events.noted("token"):
            token = self._fresh(purpose) if min_validity_ms == 0 else None
            if token is not None:
                return token
            await self._refresh(min_validity_ms)
            token = self._fresh(purpose)
            if token is None:
                return await _step(self._client.token, purpose, min_validity_ms)
        note_token(token)
        return token

    def fresh_token(self, purpose: Purpose = "account") -> Token:
        """The bearer if it is fresh, else NeedsRefreshError: never waits."""
        return self._client.fresh_token(purpose)

    async def refresh_step(self, min_validity_ms: int = 0) -> tuple[bool, int]:
        """One step of a refresh, of at most one request."""
        return await _step(self._client.refresh_step, min_validity_ms)

    def route(
        self,
        project: str | None = None,
        workspace: str | None = None,
        override: Override = "none",
        use_default_project: bool = False,
    ) -> Route:
        """Where a project's requests go, and why."""
        return self._client.route(project, workspace, override, use_default_project)

    def mode(self, project: str | None = None) -> ModeResult:
        """What `route` says of a project alone, and nothing else of it: for who asks often."""
        return self._client.mode(project)

    async def headers(self, route: Route | str) -> Headers:
        """The headers for a route, or for a project's route."""
        if isinstance(route, str):
            route = self.route(route)
        if route.mode != "cloud":
            return self._client.headers(route)
        return await self._headers(self._client.headers, route)

    async def headers_for_url(self, url: str) -> Headers:
        """The headers for a request to a URL of the cloud host; for no other origin."""
        return await self._headers(self._client.headers_for_url, url)

    def invalidate(self, token: Headers | _native.Token) -> None:
        """Says that the cloud answered 401 to it."""
        self._client.invalidate(token)

    def projects(self) -> Report:
        """The configured projects."""
        return self._client.projects()

    async def status(self, is_offline: bool = False) -> Report:
        """What is configured, stored and reachable."""
        return await _step(self._client.status, is_offline)

    async def whoami(self, is_offline: bool = False) -> Report:
        """Who is logged in."""
        return await _step(self._client.whoami, is_offline)

    async def logout(self) -> Report:
        """Removes the stored sessions; API keys stay."""
        return await _step(self._client.logout)

    def _fresh(self, purpose: Purpose) -> Token | None:
        try:
            return self._client.fresh_token(purpose)
        except NeedsRefreshError:
            return None

    async def _headers(self, call: Callable[..., Headers], target: Route | str) -> Headers:
        """With a session that is fresh, or an API key, the core answers without waiting."""
        with events.noted("headers"):
            try:
                token = self._fresh("account")
                if token is None:
                    await self._refresh(0)
                    token = self._fresh("account")
            except Error:
                token = None  # what is wrong for this target is for the core to say
            if token is not None:
                return call(target)
            return await _step(call, target)

    async def _refresh(self, min_validity_ms: int) -> None:
        key = (asyncio.get_running_loop(), min_validity_ms)
        flight = self._flights.get(key)
        if flight is None:
            task = key[0].create_task(self._refresh_alone(min_validity_ms))
            task.add_done_callback(lambda _: self._flights.pop(key))
            flight = self._flights[key] = _Flight(task)
        await flight.join()

    async def _refresh_alone(self, min_validity_ms: int) -> None:
        is_ready = False
        while not is_ready:
            is_ready, next_delay_ms = await _step(self._client.refresh_step, min_validity_ms)
            await asyncio.sleep(next_delay_ms / 1000)
