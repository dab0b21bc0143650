"""The client: the verbs of the core with the defaults that Python's signatures need."""

from __future__ import annotations

import time

import bmauth

from . import _native, events
from ._native import NeedsRefreshError
from .login import LoginEvent, note_done, prompt_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self

    from ._native import Cancel, Login, Override, Purpose, Route
    from .login import LoginPrompt
    from .report import Report
    from .token import Headers, Token


class Client(_native.Client):
    """One data directory, its session and its connections; for any number of threads.

    Options are keywords. What is not given, or None, comes from the environment, the config files
    and the core's defaults. Calls that wait take a `cancel`; on the main thread Ctrl-C ends them.
    """

    __slots__ = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def login(
        self,
        *,
        on_prompt: Callable[[LoginPrompt], object],
        is_forced: bool = False,
        open_browser: bool = False,
        cancel: Cancel | None = None,
    ) -> Report:
        """Logs in and waits for the person, who is shown what `on_prompt` gets."""
        check_prompt(on_prompt)
        login = self.login_begin(is_forced, cancel=cancel)
        prompt = prompt_of(login, open_browser)
        if prompt is not None:
            on_prompt(prompt)
        with events.noted("login"):
            login.wait(cancel=cancel)
            report = login.report()
        note_done(report)
        return report

    def login_events(
        self,
        *,
        is_forced: bool = False,
        open_browser: bool = False,
        cancel: Cancel | None = None,
    ) -> Iterator[LoginEvent]:
        """The same as a loop: it waits between its events, and ends after the one that is done."""
        login = self.login_begin(is_forced, cancel=cancel)
        prompt = prompt_of(login, open_browser)
        if prompt is not None:
            yield LoginEvent("prompt", prompt=prompt)
        while login.state != "done":
            _sleep(login.next_delay_ms, cancel)
            with events.noted("login"):
                state, next_delay_ms = login.poll(cancel)
            if state != "done":
                yield LoginEvent("pending", next_delay_ms=next_delay_ms)
        report = login.report()
        note_done(report)
        yield LoginEvent("done", report=report)

    def login_begin(self, is_forced: bool = False, cancel: Cancel | None = None) -> Login:
        """A login to drive by hand: show its code, then `poll` when it says so, or `wait`."""
        with events.noted("login"):
            return super().login_begin(is_forced, cancel)

    def token(
        self,
        purpose: Purpose = "account",
        min_validity_ms: int = 0,
        cancel: Cancel | None = None,
    ) -> Token:
        """The bearer to send now; the session is refreshed first if it is due."""
        with events.noted("token"):
            if min_validity_ms == 0 and not isinstance(min_validity_ms, bool):
                try:
                    return super().fresh_token(purpose)
                except NeedsRefreshError:
                    pass
            token = super().token(purpose, min_validity_ms, cancel)
        note_token(token)
        return token

    def fresh_token(self, purpose: Purpose = "account") -> Token:
        """The same if it is fresh, else NeedsRefreshError: never waits."""
        return super().fresh_token(purpose)

    def refresh_step(
        self, min_validity_ms: int = 0, cancel: Cancel | None = None
    ) -> tuple[bool, int]:
        """One step of a refresh, of at most one request: is it ready, and else when to call again."""
        return super().refresh_step(min_validity_ms, cancel)

    def route(
        self,
        project: str | None = None,
        workspace: str | None = None,
        override: Override = "none",
        use_default_project: bool = False,
    ) -> Route:
        """Where a project's requests go, and why."""
        return super().route(project, workspace, override, use_default_project)

    def mode(self, project: str | None = None) -> bmauth.ModeResult:  # type: ignore[override]
        """What `route` says of a project alone, and nothing else of it: for who asks often."""
        return bmauth.ModeResult(*super().mode(project))

    def headers(self, route: Route | str, cancel: Cancel | None = None) -> Headers:  # type: ignore[override]
        """The headers for a route, or for a project's route."""
        if isinstance(route, str):
            route = self.route(route)
        with events.noted("headers"):
            return super().headers(route, cancel).headers

    def headers_for_url(self, url: str, cancel: Cancel | None = None) -> Headers:  # type: ignore[override]
        """The headers for a request to a URL of the cloud host; for no other origin."""
        with events.noted("headers"):
            return super().headers_for_url(url, cancel).headers

    def invalidate(self, token: Headers | _native.Token) -> None:
        """Says that the cloud answered 401 to it."""
        refused: Any = getattr(token, "token", token)
        super().invalidate(refused)
        events.log(events.INFO, "a token was refused")

    def status(self, is_offline: bool = False, cancel: Cancel | None = None) -> Report:
        """What is configured, stored and reachable."""
        return super().status(is_offline, cancel)

    def whoami(self, is_offline: bool = False, cancel: Cancel | None = None) -> Report:
        """Who is logged in."""
        with events.noted("whoami"):
            return super().whoami(is_offline, cancel)

    def logout(self, cancel: Cancel | None = None) -> Report:
        """Removes the stored sessions; API keys stay."""
        with events.noted("logout"):
            report = super().logout(cancel)
        events.log(events.INFO, "logged out")
        return report


_native.add_header_methods(Client)


def note_token(token: Token) -> None:
    events.log(events.INFO, "token refreshed; it expires at %s", token.expires_at_unix_s)
    events.warnings(token.warnings)


def check_prompt(on_prompt: object) -> None:
    if not callable(on_prompt):
        raise TypeError(f"on_prompt must be callable, not {type(on_prompt).__name__}")


def _sleep(delay_ms: int, cancel: Cancel | None) -> None:
    """In short pieces where somebody may cancel; the next poll then says so."""
    end = time.monotonic() + delay_ms / 1000
    while not (cancel is not None and cancel.is_triggered):
        left = end - time.monotonic()
        if left <= 0:
            return
        time.sleep(left if cancel is None else min(left, 0.05))
