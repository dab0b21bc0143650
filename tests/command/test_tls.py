"""https: with the authority that the user names, and with no other."""

from __future__ import annotations

from command.world import World


def test_a_named_authority_is_trusted(https_world: World) -> None:
    running = https_world.start("login", "--no-browser")
    https_world.emulator.person(running.code())
    done = running.end()
    assert done.status == 0, done.err
    assert "Signed in as alice@example.test." in done.err
    assert https_world.run("whoami").out == "alice@example.test\n"


def test_an_unknown_authority_is_tls_and_nothing_is_sent(https_world: World) -> None:
    https_world.sign_in()
    untrusted = {"SSL_CERT_FILE": ""}
    done = https_world.run("whoami", extra=untrusted)
    assert (done.status, done.out) == (5, "")
    assert done.err.startswith("bmauth: tls: ")
    assert "SSL_CERT_FILE" in done.err.partition("; ")[2]
    error = https_world.run("whoami", "--json", extra=untrusted).error
    assert (error["name"], error["is_retryable"]) == ("tls", True)
    assert https_world.requests("/proxy/health") == []
