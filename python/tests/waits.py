"""Every call that waits, and what keeps it waiting: an answer of the server that does not come."""

from __future__ import annotations

from dataclasses import dataclass

from command.world import World, eventually


@dataclass(frozen=True)
class Wait:
    name: str
    call: str  # source, with `client`, `login` and `cancel` at hand
    path: str  # the request that stalls
    is_refresh: bool = False
    needs_login: bool = False

    def prepare(self, world: World, delay_ms: int = 60_000) -> None:
        """A session that makes the call ask the server, and a server that is late with its answer."""
        if self.is_refresh:
            world.sign_in_long_ago()
        elif self.path.startswith("/proxy"):
            world.sign_in()
        world.answer_next(self.path, delay_ms=delay_ms, times=-1)

    def await_request(self, world: World) -> None:
        """Until the request has arrived and stalls."""
        grant = {"grant_type": "refresh_token"} if self.is_refresh else {}
        eventually(lambda: world.requests(self.path, **grant), f"a request to {self.path}")

    @property
    def setup(self) -> str:
        return "login = client.login_begin()\n" if self.needs_login else ""


TOKENS = "/oauth2/token"
WAITS = [
    Wait("login_begin", "client.login_begin(cancel=cancel)", "/oauth2/device_authorization"),
    Wait("login_poll", "login.poll(cancel)", TOKENS, needs_login=True),
    Wait("login_wait", "login.wait(cancel)", TOKENS, needs_login=True),
    Wait("token", "client.token(cancel=cancel)", TOKENS, is_refresh=True),
    Wait("header", "client.header()", TOKENS, is_refresh=True),
    Wait("headers", "client.headers('research', cancel)", TOKENS, is_refresh=True),
    Wait("refresh_step", "client.refresh_step(0, cancel)", TOKENS, is_refresh=True),
    Wait("status", "client.status(cancel=cancel)", "/proxy/health"),
    Wait("whoami", "client.whoami(cancel=cancel)", TOKENS, is_refresh=True),
]
QUICK = [wait for wait in WAITS if not wait.is_refresh]
REFRESHES = [wait for wait in WAITS if wait.is_refresh]
