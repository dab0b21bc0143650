"""What a login shows to the person and tells the program."""

from __future__ import annotations

from . import events
from ._native import Error, Login

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from .report import Report


class LoginPrompt:
    """What the person needs: "only continue if you started this", the page and the code."""

    __slots__ = (
        "expires_in_s",
        "is_browser_opened",
        "user_code",
        "verification_uri",
        "verification_uri_complete",
    )

    def __init__(self, login: Login, user_code: str, is_browser_opened: bool) -> None:
        self.user_code = user_code
        self.verification_uri = login.verification_uri or ""
        self.verification_uri_complete = login.verification_uri_complete
        self.expires_in_s = login.expires_in_s
        self.is_browser_opened = is_browser_opened

    def __repr__(self) -> str:
        return f"<bmauth.LoginPrompt verification_uri={self.verification_uri!r}>"


class LoginEvent:
    """One thing that happened in a login: a prompt, a poll without a decision, or the end."""

    __slots__ = ("kind", "next_delay_ms", "prompt", "report")

    def __init__(
        self,
        kind: Literal["prompt", "pending", "done"],
        *,
        prompt: LoginPrompt | None = None,
        next_delay_ms: int | None = None,
        report: Report | None = None,
    ) -> None:
        self.kind = kind
        self.prompt = prompt
        self.next_delay_ms = next_delay_ms
        self.report = report

    def __repr__(self) -> str:
        return f"<bmauth.LoginEvent {self.kind!r}>"


def prompt_of(login: Login, open_browser: bool) -> LoginPrompt | None:
    """The prompt to show, or None where a session is kept and nobody is needed."""
    user_code = login.user_code
    if user_code is None:
        return None
    is_opened = False
    if open_browser:
        try:
            is_opened = login.open_browser()
        except Error as error:  # the person can open the page as well
            events.log(events.INFO, "no browser was opened: %s", error.name)
    events.log(events.INFO, "login prompt shown")
    return LoginPrompt(login, user_code, is_opened)


def note_done(report: Report) -> None:
    events.log(events.INFO, "login done")
    events.warnings(report.get("warnings", ()))
