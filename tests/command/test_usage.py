"""Words that are not understood, help, and where output goes."""

from __future__ import annotations

import pytest

from command.world import Done, World

KEY = "bmc_CANARYinArgumentsCANARYinArgument"
COMMANDS = ["login", "logout", "status", "whoami", "token", "header", "route", "project"]


def is_error_line(done: Done, name: str) -> bool:
    """`bmauth: <name>: words; remedy`, one line, the only one, and nothing on stdout."""
    words, separator, remedy = done.err.rstrip("\n").partition("; ")
    return (
        done.out == ""
        and done.err.count("\n") == 1
        and words.startswith(f"bmauth: {name}: ")
        and separator != ""
        and remedy != ""
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("statsu", "unknown command 'statsu'; Did you mean 'status'?"),
        ("lgoin", "unknown command 'lgoin'; Did you mean 'login'?"),
        ("project lst", "unknown command 'lst'; Did you mean 'list'?"),
        ("status --ofline", "unknown option '--ofline'; Did you mean '--offline'?"),
        ("quite-another-thing", "unknown command 'quite-another-thing'; Run `bmauth --help`."),
        ("logout -x", "unknown option '-x'; Run `bmauth logout --help`."),
        ("header --porject x", "unknown option '--porject'; Did you mean '--project'?"),
        ("status more", "unexpected word 'more'; Run `bmauth status --help`."),
        ("route one two", "unexpected word 'two'; Run `bmauth route --help`."),
        ("", "a command is missing; Run `bmauth --help`."),
        ("project", "a command is missing; Run `bmauth project --help`."),
        ("token --min-validity", "--min-validity needs a value; Run `bmauth token --help`."),
        (
            "token --min-validity abc",
            "--min-validity: 'abc' is no whole number from 0 to 86400; Run `bmauth token --help`.",
        ),
        (
            "token --min-validity 1 --min-validity 2",
            "--min-validity is given twice; Run `bmauth token --help`.",
        ),
        (
            "login --timeout 0",
            "--timeout: '0' is no whole number from 1 to 3600; Run `bmauth login --help`.",
        ),
        ("route --local --cloud", "--local and --cloud exclude each other; Give one of them."),
        (
            "header --project a --url b",
            "--project and --url exclude each other; Give one of them.",
        ),
    ],
)
def test_a_usage_error_says_what_is_wrong_and_what_was_meant(
    world: World, words: str, message: str
) -> None:
    done = world.run(*words.split())
    assert done == Done(2, "", f"bmauth: invalid_argument: {message}\n")


def test_a_usage_error_is_json_where_json_was_asked_for(world: World) -> None:
    done = world.run("statsu", "--json")
    assert (done.status, done.err) == (2, "")
    assert done.error == {
        "name": "invalid_argument",
        "message": "unknown command 'statsu'",
        "remedy": "Did you mean 'status'?",
        "is_retryable": False,
        "http_status": None,
        "oauth_error": None,
        "oauth_error_description": None,
        "retry_after_ms": None,
    }


def test_json_may_stand_before_the_command(world: World) -> None:
    assert (
        world.run("--json", "project", "list").json == world.run("project", "list", "--json").json
    )


@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS], ["project", "list"]])
def test_help_is_data(world: World, command: list[str]) -> None:
    done = world.run(*command, "--help")
    assert (done.status, done.err) == (0, "")
    assert f"Usage: {' '.join(['bmauth', *command])}" in done.out
    lines = done.out.splitlines()
    assert all(line == line.rstrip() and len(line) <= 100 for line in lines)
    assert lines[-1] != ""


def test_the_help_names_every_command_and_every_exit_status(world: World) -> None:
    text = world.run("--help").out
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert all(f"{status} " in text for status in (0, 1, 2, 3, 4, 5, 130))


def test_the_version_is_one_line(world: World) -> None:
    assert world.run("--version") == Done(0, "bmauth 0.1.0\n", "")


@pytest.mark.parametrize("words", [["token", KEY], ["header", f"--project={KEY}"], [KEY]])
def test_an_api_key_among_the_arguments_is_refused_and_not_repeated(
    world: World, words: list[str]
) -> None:
    world.secrets.add(KEY)
    done = world.start(*words).end()
    assert done.status == 1
    assert is_error_line(done, "invalid_api_key")
    assert "visible" in done.err
    assert "Rotate it" in done.err
    with_json = world.start(*words, "--json").end()
    assert with_json.error["name"] == "invalid_api_key"


def test_a_word_with_the_prefix_inside_is_no_key(world: World) -> None:
    assert world.run("route", "about-bmc_keys").status == 0


@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
@pytest.mark.parametrize(
    "command",
    ["--help", "--version", "status --offline", "project list", "route", "token", "header --json"],
)
def test_a_stdout_that_takes_nothing_is_no_success(world: World, command: str, where: str) -> None:
    world.sign_in()
    done = world.shell(f"bmauth {command} {where}")
    assert done.status == 1
    assert is_error_line(done, "store_io")
    assert "standard output" in done.err


def test_a_pipe_that_nobody_reads_is_no_success(world: World) -> None:
    done = world.shell("{ bmauth route; echo $? >&2; } | { exec <&-; sleep 0.05; }")
    # The reader may be slower than the writer: then the pipe took the line.
    assert done.err.splitlines()[-1] in ("0", "1")
    assert ("store_io" in done.err) == (done.err.splitlines()[-1] == "1")


def test_a_closed_stderr_costs_the_words_alone(world: World) -> None:
    done = world.shell("bmauth route ideas 2>&-")
    assert (done.status, done.out.split()[0]) == (0, "cloud")


def test_control_characters_among_the_words_do_not_reach_the_terminal(world: World) -> None:
    done = world.run("\x1b[31m\u202ered")
    assert (
        done.err == "bmauth: invalid_argument: unknown command '?[31m?red'; Run `bmauth --help`.\n"
    )
