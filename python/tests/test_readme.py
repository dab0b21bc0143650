"""What the README and the examples say is what happens: they are run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command.world import World

FOLDER = Path(__file__).resolve().parents[1]
BUILD = Path(os.environ.get("BMAUTH_BUILD", FOLDER.parent / "build/release")).resolve()
README = (FOLDER / "README.md").read_text()
SECTIONS = ["Install", "Quick start", "Usage", "Errors", "Development"]
TIMEOUT_S = 60
# What is printed where a person is to act: each way that the texts show a code.
CODE = re.compile(r"\b([A-Z]{4}-[A-Z]{4})\b")


def blocks(section: str, language: str) -> list[str]:
    (text,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(world: World, *words: str) -> str:
    """Runs a program of a user, approves what it asks a person for, and answers what it printed."""
    environment = world.environment({"PYTHONPATH": str(BUILD / "python"), "PYTHONUNBUFFERED": "1"})
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    process = subprocess.Popen(
        words,
        cwd=world.home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said, approved = [], set()
    for line in process.stdout:
        said.append(line)
        for code in CODE.findall(line):
            if code not in approved:
                approved.add(code)
                world.emulator.person(code)
    status = process.wait(timeout=TIMEOUT_S)
    assert status == 0, "".join(said)
    world.said[f"output of {words[0]} {len(world.said)}"] = "".join(said)
    world.remember_tokens()
    return "".join(said)


def python(world: World, code: str) -> str:
    return run(world, sys.executable, "-c", code)


def test_it_has_the_sections_of_every_package() -> None:
    assert re.findall(r"^## (.*)$", README, re.MULTILINE) == SECTIONS


def test_the_quick_start_leads_from_nothing_to_an_answer_of_the_cloud(world: World) -> None:
    log_in, ask, ask_async = blocks("Quick start", "python")
    said = python(world, log_in)
    assert said.endswith("Signed in as alice@example.test\n")
    assert "device" in said and CODE.search(said)
    assert python(world, ask) == "200 alice\n"
    assert python(world, ask_async) == "[200, 200]\n"

    (commands,) = blocks("Quick start", "sh")
    for command in commands.splitlines():
        assert run(world, *command.split())


@pytest.mark.parametrize("number", range(len(blocks("Usage", "python"))))
def test_every_piece_of_usage_runs(world: World, number: int) -> None:
    world.sign_in()
    python(world, blocks("Usage", "python")[number])


@pytest.mark.parametrize("number", range(len(blocks("Errors", "python"))))
def test_every_piece_about_errors_runs(world: World, number: int) -> None:
    python(world, blocks("Errors", "python")[number])


EXAMPLES = {
    "login.py": ([], r"Signed in as alice@example\.test\n$"),
    "request_httpx.py": (["research"], r"'subject': 'alice', 'workspace': '7f0c2c1e"),
    "request_requests.py": ([], r"^\S.* [0-9a-f-]{36}\n"),
    "async_app.py": ([], r"\[200, 200, 200, 200, 200\]\n$"),
}


def test_every_example_is_run() -> None:
    assert {path.name for path in (FOLDER / "examples").glob("*.py")} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_does_what_it_says(world: World, name: str) -> None:
    words, expected = EXAMPLES[name]
    if name.startswith("request_"):
        world.sign_in()
    said = run(world, sys.executable, str(FOLDER / "examples" / name), *words)
    assert re.search(expected, said, re.MULTILINE), said


def test_the_examples_hold_for_a_strict_type_checker() -> None:
    words = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", os.devnull]
    done = subprocess.run(
        [*words, str(FOLDER / "examples")],
        env={"PATH": os.environ["PATH"], "MYPYPATH": str(BUILD / "python")},
        capture_output=True,
        text=True,
        cwd=FOLDER / "examples",
    )
    assert done.returncode == 0, done.stdout + done.stderr
