"""What a cold process costs that reads the settings and a session and prints a header.

Each subject is a whole process, timed by bench_spawn in interleaved rounds; what counts is its ratio
to the empty static program of the same run. No network: the session lives for days.

    python tests/bench/bench.py --build build/release [--rounds 400] [--seed 1] [--json FILE]

Says nothing but why, and exits with 1, if a subject fails or prints nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

FLOOR = "empty static program"
ISSUER = "https://eloquent-lotus-05.authkit.app"
CLIENT_ID = "client_01K6KWQPW6J1M8VV7R3TZP5A6M"
CLOUD_HOST = "https://cloud.basicmemory.com"
WORKSPACE_ID = "7f1c9d5e-4b1a-4c6e-9a57-2d1f5b8c0a11"
UNCOUNTED_ROUNDS = 10  # the first rounds fill the page cache
ACCESS_TOKEN_LENGTH = 1024  # what a JWT of AuthKit with a few claims has
# A file changed a moment ago is read twice, for its times may not show the next change.
SETTLED_S = 2.5
Row = tuple[int, int, int, int, int]  # subject, ns, ns of the processor, page faults, output bytes


@dataclass(frozen=True)
class Subject:
    name: str
    words: Sequence[str]
    data_dir: Path | None = None
    target: float | None = None

    def spawn_words(self) -> list[str]:
        if self.data_dir is None:
            return ["--", *self.words]
        settings = [f"HOME={self.data_dir.parent}", f"BASIC_MEMORY_CONFIG_DIR={self.data_dir}"]
        return ["--", *settings, *self.words]


@dataclass(frozen=True)
class Result:
    name: str
    median_us: float
    ratio: float
    ratio_p10: float
    ratio_p90: float
    ratio_min: float  # the fastest run over the floor's fastest: what a quiet machine shows
    ratio_cpu: float  # of processor time, medians: what waiting for a processor does not touch
    page_faults: float
    target: float | None


class Refused(Exception):
    """Nothing can be said."""


def projects(count: int) -> dict[str, dict[str, str]]:
    """Every third in the cloud, as a person moves them one by one; `research` always is."""
    named: dict[str, dict[str, str]] = {
        "main": {"path": "/home/person/basic-memory", "mode": "local"}
    }
    for number in range(count - 2):
        mode = "cloud" if number % 3 == 0 else "local"
        named[f"project-{number:04}"] = {
            "path": f"/home/person/notes/{number:04}",
            "mode": mode,
        }
    named["research"] = {
        "path": "/home/person/research",
        "mode": "cloud",
        "workspace_id": WORKSPACE_ID,
    }
    return named


def write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def session_text() -> str:
    now = int(time.time())
    return json.dumps(
        {
            "access_token": "CANARY.".ljust(ACCESS_TOKEN_LENGTH, "a"),
            "refresh_token": "CANARY-refresh-token",
            "expires_at": now + 10 * 86400,
            "token_type": "Bearer",
            "issuer": ISSUER,
            "client_id": CLIENT_ID,
            "cloud_host": CLOUD_HOST,
            "issued_at": now,
            "scope": "openid profile email offline_access",
        },
        indent=2,
    )


def json_config(count: int) -> str:
    return json.dumps(
        {
            "env": "user",
            "projects": projects(count),
            "default_project": "main",
            "log_level": "INFO",
            "sync_delay": 1000,
            "update_permalinks_on_move": False,
            "sync_changes": True,
            "cloud_client_id": CLIENT_ID,
            "cloud_domain": ISSUER,
            "cloud_host": CLOUD_HOST,
        },
        indent=2,
    )


def yaml_config(count: int) -> str:
    lines = ["# written by hand", "default_project: main", "projects:"]
    for name, members in projects(count).items():
        lines.append(f"  {name}:")
        lines += [f"    {member}: {value}" for member, value in members.items()]
    return "\n".join(lines) + "\n"


def make_data_dir(parent: Path, kind: str, count: int) -> Path:
    """A data dir as a login leaves it: beside config.json the session lies where `bm` looks."""
    directory = parent / f"{kind}-{count}" / "basic-memory"
    directory.mkdir(parents=True, mode=0o700)
    text = json_config(count) if kind == "json" else yaml_config(count)
    write_private(directory / f"config.{kind}", text)
    name = "basic-memory-cloud.json" if kind == "json" else ".cloud_tokens.json"
    write_private(directory / name, session_text())
    return directory


def subjects_of(build: Path, parent: Path) -> list[Subject]:
    command, client = str(build / "bin/bmauth"), str(build / "tests/bench_client")
    subjects = [Subject(FLOOR, [str(build / "tests/bench_empty")])]
    for count in (10, 1000):
        for kind in ("json", "yaml"):
            place = make_data_dir(parent, kind, count)
            # The targets of the design are for a person's usual files.
            c_target, header_target = (2.0, 2.5) if (kind, count) == ("json", 10) else (None, None)
            where = f"{kind}, {count:,} projects"
            subjects += [
                Subject(f"C program ({where})", [client], place, c_target),
                Subject(f"bmauth header ({where})", [command, "header"], place, header_target),
            ]
            if kind == "yaml":
                continue
            for words in (["header", "--project", "research"], ["token"], ["route", "research"]):
                subjects.append(
                    Subject(f"bmauth {' '.join(words)} ({where})", [command, *words], place)
                )
    return subjects


def spawn(build: Path, subjects: Sequence[Subject], rounds: int, seed: int) -> list[Row]:
    words = [str(build / "tests/bench_spawn"), str(rounds), str(seed)]
    for subject in subjects:
        words += subject.spawn_words()
    done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        numbered = "\n".join(f"  {index}: {each.name}" for index, each in enumerate(subjects))
        raise Refused(f"{done.stderr.strip()}\nsubjects:\n{numbered}")
    rows: list[Row] = []
    for line in done.stdout.splitlines():
        index, took_ns, cpu_ns, page_faults, output_bytes = map(int, line.split())
        if output_bytes == 0 and subjects[index].name != FLOOR:
            raise Refused(f"{subjects[index].name}: exit 0, but it printed nothing")
        rows.append((index, took_ns, cpu_ns, page_faults, output_bytes))
    if len(rows) != rounds * len(subjects):
        raise Refused(f"{len(rows)} runs instead of {rounds * len(subjects)}")
    return rows


def quantile(ascending: Sequence[int], share: float) -> float:
    """Linear between neighbours."""
    place = share * (len(ascending) - 1)
    below = int(place)
    above = min(below + 1, len(ascending) - 1)
    return ascending[below] + (ascending[above] - ascending[below]) * (place - below)


def judge(subjects: Sequence[Subject], rows: Sequence[Row]) -> list[Result]:
    def column(index: int, number: int) -> list[int]:
        return sorted(row[number] for row in rows if row[0] == index)

    floor_times, floor_cpu = column(0, 1), column(0, 2)
    floor_ns = quantile(floor_times, 0.5)
    results = []
    for index, subject in enumerate(subjects):
        times = column(index, 1)
        cpu_ns = quantile(column(index, 2), 0.5)
        results.append(
            Result(
                name=subject.name,
                median_us=round(quantile(times, 0.5) / 1000, 1),
                ratio=round(quantile(times, 0.5) / floor_ns, 3),
                ratio_p10=round(quantile(times, 0.1) / floor_ns, 3),
                ratio_p90=round(quantile(times, 0.9) / floor_ns, 3),
                ratio_min=round(times[0] / floor_times[0], 3),
                ratio_cpu=round(cpu_ns / max(quantile(floor_cpu, 0.5), 1.0), 3),
                page_faults=quantile(column(index, 3), 0.5),
                target=subject.target,
            )
        )
    return results


def table(results: Sequence[Result]) -> str:
    lines = [
        f"{'subject':56} {'median':>10} {'ratio':>6} {'p10':>6} {'p90':>6} {'min':>6}"
        f" {'cpu':>6} {'faults':>6}  target"
    ]
    for one in results:
        said = ""
        if one.target is not None:
            said = f"<= {one.target}{'' if one.ratio <= one.target else '  MISSED'}"
        lines.append(
            f"{one.name:56} {one.median_us:7.1f} us {one.ratio:6.2f} {one.ratio_p10:6.2f}"
            f" {one.ratio_p90:6.2f} {one.ratio_min:6.2f} {one.ratio_cpu:6.2f}"
            f" {one.page_faults:6.0f}  {said}".rstrip()
        )
    return "\n".join(lines)


def main() -> int:
    words = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    words.add_argument("--build", type=Path, required=True, help="the build tree")
    words.add_argument("--rounds", type=int, default=400)
    words.add_argument("--seed", type=int, default=1, help="of the order within the rounds")
    words.add_argument("--json", type=Path, help="where the numbers go; BUILD/bench.json")
    said = words.parse_args()
    if said.rounds < 1 or said.seed < 0:
        words.error("--rounds must be positive, --seed not negative")
    build = said.build.resolve()
    wanted = ["bin/bmauth", "tests/bench_empty", "tests/bench_client", "tests/bench_spawn"]
    missing = [name for name in wanted if not (build / name).exists()]
    if missing:
        print(f"bench: not built in {build}: {', '.join(missing)}", file=sys.stderr)
        return 1

    with tempfile.TemporaryDirectory(prefix="bmauth-bench-") as parent:
        subjects = subjects_of(build, Path(parent))
        time.sleep(SETTLED_S)
        load_before = os.getloadavg()[0]
        try:
            spawn(build, subjects, UNCOUNTED_ROUNDS, said.seed)
            rows = spawn(build, subjects, said.rounds, said.seed)
        except Refused as refused:
            print(f"bench: {refused}", file=sys.stderr)
            return 1
    results = judge(subjects, rows)
    machine = {
        "processors": os.cpu_count(),
        "kernel": os.uname().release,
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    print(
        f"{said.rounds} rounds, seed {said.seed}, {machine['processors']} processors, load", end=" "
    )
    print(f"{machine['load_before']} to {machine['load_after']}; ratios to the {FLOOR}'s median")
    print(table(results))
    report = {
        "rounds": said.rounds,
        "seed": said.seed,
        "machine": machine,
        "floor": FLOOR,
        "subjects": [asdict(one) for one in results],
    }
    target = said.json or build / "bench.json"
    target.write_text(json.dumps(report, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
