"""Runs scenarios through the Python package. The lines are those of driver.c; `--aio` for asyncio."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from typing import Any

import bmauth

Reply = dict[str, Any]
FLAGS = ("force_local", "force_cloud", "explicit_routing")


def error_reply(error: bmauth.Error) -> Reply:
    assert type(error).__name__ == camel(error.name) + "Error"
    assert type(error) is getattr(bmauth, type(error).__name__)
    names = ("code", "name", "message", "remedy", "oauth_error", "oauth_error_description")
    facts = {name: getattr(error, name) for name in (*names, "http_status", "is_retryable")}
    retry_after_ms = -1 if error.retry_after_ms is None else error.retry_after_ms
    facts |= {"retry_after_ms": retry_after_ms, "exit_status": error.exit_status}
    return {"error": facts}


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


class Driver:
    """Every verb by the public API; in an event loop each is a step of its own."""

    def __init__(self, is_async: bool) -> None:
        self.is_async = is_async
        self.loop = asyncio.new_event_loop() if is_async else None
        self.client: Any = None
        self.login: Any = None
        self.token: Any = None

    def call(self, function: Any, *values: Any, **names: Any) -> Any:
        """A verb that waits: itself, or its coroutine, which a cancel ends as it ends a task."""
        delay_s = names.pop("delay_s", None)
        if self.loop is None:
            if delay_s is None:
                return function(*values, **names)
            cancel = bmauth.Cancel()
            threading.Timer(delay_s, cancel.trigger).start()
            return function(*values, **names, cancel=cancel)
        task = self.loop.create_task(function(*values, **names))
        if delay_s is not None:
            self.loop.call_later(delay_s, task.cancel)
        try:
            return self.loop.run_until_complete(task)
        except asyncio.CancelledError:
            raise bmauth.CancelledError("the task was cancelled") from None

    def open(self, fields: dict[str, str]) -> Reply:
        options: Any = dict(fields)
        for name, value in fields.items():
            if name in FLAGS:
                options[name] = value == "1"
            if name.endswith("_ms"):
                options[name] = int(value)
        self.client = (bmauth.AsyncClient if self.is_async else bmauth.Client)(**options)
        return {}

    def route(self, fields: dict[str, str]) -> bmauth.Route:
        override: Any = fields.get("override", "none")
        is_default_used = fields.get("use_default_project") == "1"
        project, workspace = fields.get("project"), fields.get("workspace")
        decided: bmauth.Route = self.client.route(project, workspace, override, is_default_used)
        return decided

    def keep(self, token: bmauth.Token) -> Reply:
        self.token = token
        names = ("is_persisted", "access_token", "kind", "source", "reason", "origin", "warnings")
        reply = {name: getattr(token, name) for name in names}
        expires = token.expires_at_unix_s
        return reply | {"expires_at_unix_s": expires or 0, "headers": dict(token.headers)}

    def show(self) -> Reply:
        names = "state next_delay_ms expires_in_s interval_s user_code verification_uri"
        wanted = [*names.split(), "verification_uri_complete"]
        return {name: getattr(self.login, name) for name in wanted}

    def run(self, verb: str, fields: dict[str, str]) -> Reply:
        delay = (
            {"delay_s": int(fields["cancel_after_ms"]) / 1000}
            if "cancel_after_ms" in fields
            else {}
        )
        client, is_offline = self.client, fields.get("offline") == "1"
        min_validity_ms = int(fields.get("min_validity_ms", "0"))
        if verb == "open":
            return self.open(fields)
        if verb == "close":
            if self.is_async:
                self.call(client.close)
            else:
                client.close()
            return {}
        if verb == "login_begin":
            self.login = self.call(client.login_begin, fields.get("forced") == "1", **delay)
            return self.show()
        if verb in ("login_poll", "login_wait"):
            self.call(getattr(self.login, verb[len("login_") :]), **delay)
            return self.show()
        if verb == "login_report":
            return {"report": self.login.report().data}
        if verb == "token":
            purpose: Any = fields.get("purpose", "account")
            return self.keep(self.call(client.token, purpose, min_validity_ms, **delay))
        if verb == "fresh_token":
            return self.keep(client.fresh_token(fields.get("purpose", "account")))
        if verb == "route":
            decided: Reply = json.loads(self.route(fields).json)
            return decided
        if verb == "header":
            return {"value": client.fresh_header(fields.get("purpose", "account"))}
        if verb == "mode":
            found = client.mode(fields.get("project"))
            return {"mode": found.mode, "is_known": found.is_known}
        if verb == "headers":
            return self.keep(self.call(client.headers, self.route(fields), **delay).token)
        if verb == "headers_for_url":
            return self.keep(self.call(client.headers_for_url, fields["url"], **delay).token)
        if verb == "invalidate":
            client.invalidate(self.token)
            return {}
        if verb == "refresh_step":
            is_ready, next_delay_ms = self.call(client.refresh_step, min_validity_ms, **delay)
            return {"is_ready": is_ready, "next_delay_ms": next_delay_ms}
        if verb == "projects":
            return {"report": client.projects().data}
        if verb in ("status", "whoami"):
            return {"report": self.call(getattr(client, verb), is_offline, **delay).data}
        if verb == "logout":
            return {"report": self.call(client.logout, **delay).data}
        return {"unknown_verb": True}


def main() -> None:
    driver = Driver("--aio" in sys.argv)
    for line in sys.stdin:
        verb, *parts = line.rstrip("\n").split("\t")
        fields = dict(part.split("=", 1) for part in parts)
        try:
            reply = driver.run(verb, fields)
        except bmauth.Error as error:
            reply = error_reply(error)
        print(json.dumps(reply), flush=True)


main()
