"""`status`, `whoami`, `logout`: what people ask for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from command.world import Done, World

KEY = "bmc_CANARYcanaryCANARYcanaryCANARY12"
KEY_VARIABLE = "BASIC_MEMORY_CLOUD_API_KEY"
STATUS_MEMBERS = {
    "settings",
    "config_files",
    "invisible_to_bm",
    "token_files",
    "identity",
    "credentials",
    "store_error",
    "is_offline",
    "is_authenticated",
    "entitlement",
    "cloud",
    "warnings",
}


def rows(done: Done) -> dict[str, str]:
    """Labels and values; a row without a label continues the one above."""
    table: dict[str, str] = {}
    label = ""
    for line in done.out.splitlines():
        assert line == line.rstrip()
        label = line[:14].strip() or label
        table[label] = f"{table[label]} {line[14:]}" if label in table else line[14:]
    return table


def test_status_is_a_table_of_what_is_known(world: World) -> None:
    world.sign_in()
    done = world.run("status")
    assert (done.status, done.err) == (0, "")
    table = rows(done)
    assert list(table) == [
        "Cloud",
        "Signed in",
        "Session",
        "Subscription",
        "Reachable",
        "Data dir",
        "Config",
    ]
    assert table["Cloud"] == world.emulator.cloud_host
    assert table["Signed in"] == f"alice@example.test at {world.emulator.issuer}"
    assert table["Session"].startswith(("expires in 4 min ", "expires in 5 min,"))
    assert table["Session"].endswith(f", can refresh in {world.token_file}")
    assert (table["Subscription"], table["Reachable"]) == ("active", "yes, HTTP 200")
    assert table["Data dir"] == f"{world.data_dir} (default)"
    assert table["Config"] == str(world.data_dir / "config.json")


def test_status_as_json_has_the_documented_members(world: World) -> None:
    world.sign_in()
    report = world.run("status", "--json").json
    assert set(report) == STATUS_MEMBERS
    assert report["settings"]["cloud_host"]["source"] == "config"
    assert report["credentials"][0]["bound_to"] == world.emulator.cloud_host
    assert report["cloud"] == {
        "host": world.emulator.cloud_host,
        "is_reachable": True,
        "http_status": 200,
        "status": "ok",
        "version": "emulator",
        "timestamp": report["cloud"]["timestamp"],
        "error": None,
    }


def test_status_without_credentials_is_data_and_status_3(world: World) -> None:
    done = world.run("status")
    assert (done.status, done.err) == (3, "")
    assert rows(done)["Credentials"] == "none: run `bmauth login`"
    assert "Reachable" not in rows(done)
    as_json = world.run("status", "--json")
    assert (as_json.status, as_json.json["credentials"]) == (3, [])
    assert world.emulator.log() == []


def test_status_of_an_account_without_subscription_is_4(world: World) -> None:
    world.sign_in("bob")
    done = world.run("status")
    assert done.status == 4
    assert rows(done)["Subscription"] == "required"
    assert "https://basicmemory.com/account" in rows(done)["Reachable"]
    login = world.run("login")
    assert login.status == 4
    assert "Already signed in as bob@example.test" in login.err


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ({"status": 503, "body": "<html>busy</html>"}, "server"),
        ({"status": 429, "body": {}}, "rate_limited"),
        ({"reset": True}, "network"),
    ],
)
def test_a_cloud_that_fails_is_5_and_keeps_the_session(
    world: World, answer: dict[str, object], name: str
) -> None:
    before = world.sign_in()
    world.emulator.control("answers", [{"path": "/proxy/health", "times": -1, **answer}])
    done = world.run("status")
    assert done.status == 5
    assert f"{name}: " in rows(done)["Reachable"]
    assert world.stored() == before


def test_the_clouds_words_cannot_drive_the_terminal(world: World) -> None:
    world.sign_in()
    body = {"error": "subscription_required", "message": "pay\x1b[2J\x9b1m\u202enow\u2066"}
    world.answer_next("/proxy/health", status=403, body=body)
    done = world.run("status")
    assert done.status == 4
    assert "pay" in done.out
    assert not set(done.out) & set("\x1b\x9b\u202e\u2066")


def test_an_api_key_is_shown_by_four_characters(world: World) -> None:
    world.secrets.add(KEY)
    done = world.run("status", "--offline", extra={KEY_VARIABLE: KEY})
    assert done.status == 0
    host = world.emulator.cloud_host
    assert rows(done)["API key"] == f"bmc_CANA from {KEY_VARIABLE}, for {host}"
    report = world.run("status", "--offline", "--json", extra={KEY_VARIABLE: KEY}).json
    assert report["credentials"][0]["shown"] == "bmc_CANA"


@pytest.mark.parametrize("command", ["status", "whoami"])
def test_offline_asks_nobody(world: World, command: str) -> None:
    world.sign_in_long_ago()
    asked = len(world.emulator.log())
    done = world.run(command, "--offline")
    assert done.status == 0
    assert "alice@example.test" in done.out
    assert len(world.emulator.log()) == asked


def test_a_torn_token_file_is_named_and_kept(world: World) -> None:
    world.sign_in()
    world.token_file.write_bytes(world.token_file.read_bytes()[:100])
    before = world.files()
    done = world.run("status", "--offline")
    assert done.status == 1
    assert rows(done)["Session"].startswith("store_corrupt: ")
    assert str(world.token_file) in done.out
    assert world.files() == before


def test_a_token_file_that_others_could_read_is_told_and_mended(world: World) -> None:
    world.sign_in()
    world.token_file.chmod(0o644)
    done = world.run("status", "--offline")
    assert done.status == 0
    assert done.err.startswith("bmauth: warning: ")
    assert "consider rotating" in done.err


def test_a_token_file_that_anyone_can_write_is_refused(world: World) -> None:
    world.sign_in()
    world.token_file.chmod(0o666)
    done = world.run("token")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("bmauth: store_permissions: ")


def test_in_a_read_only_directory_a_token_is_used_and_status_says_so(world: World) -> None:
    assert os.geteuid() == 0, "run this suite as root, as CI does: modes mean nothing to test else"
    token = world.sign_in()["access_token"]
    program = world.home / "bmauth"  # where that user can reach it
    world.program = Path(shutil.copy(world.program, program))
    for path in (world.token_file, world.data_dir / "config.json", world.data_dir):
        os.chown(path, 12345, 12345)
    world.home.chmod(0o755)
    world.data_dir.chmod(0o500)

    def as_user(*words: str) -> Done:
        user = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "--inh-caps=-all"]
        done = subprocess.run(
            [*user, "--bounding-set=-all", "--no-new-privs", *words],
            env=world.environment({}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    assert as_user("touch", str(world.data_dir / "probe")).status != 0
    assert as_user(str(program), "token") == Done(0, f"{token}\n", "")
    status = as_user(str(program), "status", "--offline")
    world.keep(status, is_secret_shown=False)
    assert status.status == 0
    assert "cannot refresh" in rows(status)["Session"]
    assert "read-only" in status.err


def test_whoami_is_one_name(world: World) -> None:
    world.sign_in()
    assert world.run("whoami") == Done(0, "alice@example.test\n", "")
    report = world.run("whoami", "--json").json
    assert report["identity"] == {"subject": "alice", "email": "alice@example.test", "name": None}
    assert report["issuer"] == world.emulator.issuer
    assert (report["credential"], report["workspace"]) == ("oauth", None)


def test_whoami_with_a_key_names_nobody(world: World) -> None:
    world.secrets.add(KEY)
    done = world.run("whoami", "--offline", extra={KEY_VARIABLE: KEY})
    assert done == Done(0, "", "bmauth: note: an API key names nobody\n")


def test_whoami_with_a_token_that_is_not_accepted_is_3(world: World) -> None:
    world.secrets.add(KEY)
    done = world.run("whoami", extra={KEY_VARIABLE: KEY})
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("bmauth: unauthorized: ")


def test_logout_says_each_thing_done_and_left(world: World) -> None:
    world.secrets.add(KEY)
    world.sign_in()
    done = world.run("logout", extra={KEY_VARIABLE: KEY})
    assert (done.status, done.out) == (0, "")
    lines = done.err.splitlines()
    assert lines[0] == f"Removed {world.token_file}."
    assert any("not revoked" in line for line in lines)
    assert "Kept: API key bmc_CANA (environment)." in lines
    assert not world.token_file.exists()
    assert world.run("logout") == Done(0, "", "Nobody was signed in.\n")


def test_logout_as_json_lists_what_it_did(world: World) -> None:
    world.sign_in()
    report = world.run("logout", "--json").json
    assert set(report) == {"removed", "left", "kept"}
    assert (report["removed"], report["left"]) == ([str(world.token_file)], [])


def test_a_cloud_that_is_not_there_is_5(world: World) -> None:
    nowhere = "http://127.0.0.1:1"
    world.configure(cloud_host=nowhere)
    world.sign_in(cloud_host=nowhere)
    done = world.run("whoami")
    assert (done.status, done.out) == (5, "")
    assert done.err.startswith("bmauth: network: ")
    assert nowhere in done.err
