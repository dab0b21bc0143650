"""(c) What a cold process costs that reads the settings and a session and prints a header."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.claims import Claim, Failed, Measured, Row
from bench.processes import Process, time_processes, wanted, with_session
from bench.setting import ACCESS_TOKEN_LENGTH, CLOUD_PROJECT, Setting, write_private

ROUNDS = 300
ASKED = "protocol=https\nhost=cloud.basicmemory.com\nusername=person\n"


def git_programs() -> Path | None:
    try:
        said = subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    folder = Path(said.stdout.strip())
    programs = ("git-credential-store", "git-credential-cache")
    return folder if all((folder / name).exists() for name in programs) else None


def tell(words: list[str], said: str = "") -> None:
    """stderr is no pipe: the cache's daemon keeps it."""
    done = subprocess.run(
        words, input=said, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(words)}: status {done.returncode}")


@contextmanager
def git_helpers(programs: Path, folder: Path) -> Iterator[dict[str, Process]]:
    """Both hold a secret as long as our access token; the cache's daemon runs meanwhile."""
    folder.mkdir(mode=0o700)
    store = [str(programs / "git-credential-store"), "--file", str(folder / "store")]
    cache = [str(programs / "git-credential-cache"), "--socket", str(folder / "socket")]
    secret = f"{ASKED}password={'CANARY'.ljust(ACCESS_TOKEN_LENGTH, 'a')}\n"
    tell([*store, "store"], secret)
    tell([*cache, "store"], secret)
    try:
        variables = {"HOME": str(folder)}
        yield {
            "git store": Process([*store, "get"], variables),
            "git cache": Process([*cache, "get"], variables),
        }
    finally:
        tell([*cache, "exit"])


def measure(setting: Setting) -> Measured:
    wanted(setting.build, "bin/bmauth", "tests/bench_client", "tests/bench_empty")
    header = [str(setting.build / "bin/bmauth"), "header"]
    of_project = [*header, "--project", CLOUD_PROJECT]
    few = setting.data_dir(10)
    processes = {
        "empty": Process([str(setting.build / "tests/bench_empty")], is_silent=True),
        "client": with_session([str(setting.build / "tests/bench_client")], few),
        "header": with_session(header, few),
        "1,000": with_session(header, setting.data_dir(1_000)),
        "1,000 of project": with_session(of_project, setting.data_dir(1_000)),
        "1,000 yaml": with_session(header, setting.data_dir(1_000, "yaml")),
    }
    asked = setting.scratch / "asked"
    write_private(asked, f"{ASKED}\n")
    setting.settle()
    programs = git_programs()
    if programs is None:
        reason = "git's credential helpers are not installed"
        times = time_processes(setting, processes, ROUNDS)
        return Measured(times, {"git store": reason, "git cache": reason})
    with git_helpers(programs, setting.scratch / "git") as peers:
        return Measured(time_processes(setting, {**processes, **peers}, ROUNDS, asked))


COLD = Row(
    "cold",
    "(c) cold process: read settings and session, print the header",
    (
        Claim("empty static program", "empty"),
        Claim("C program, 10 projects", "client", "empty", 2.0),
        Claim("bmauth header, 10 projects", "header", "empty", 2.5),
        Claim("bmauth header, 1,000 projects", "1,000", "empty"),
        Claim("bmauth header --project, 1,000 projects", "1,000 of project", "empty"),
        Claim("bmauth header, 1,000 projects in YAML", "1,000 yaml", "empty"),
        Claim("peer: git-credential-store get, one secret in its file", "git store", "empty"),
        Claim("peer: git-credential-cache get, from its daemon", "git cache", "empty"),
    ),
    measure,
)
