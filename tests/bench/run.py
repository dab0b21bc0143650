"""Every row of figures, each subject beside its floor, as one table.

    python tests/bench/run.py --build build/release [--only header,cold] [--quick] [--json FILE]
    python tests/bench/run.py --build build/release --markdown

A full run writes BUILD/bench.json, a part or a quick one only what --json names; --markdown measures
nothing and prints that file as the table of the README. A missed target is said, and is no failure; a
subject or peer that fails is one.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import claims, table
from bench.claims import Failed, Judged, Line, Row
from bench.rows import cold, cpp, go, large, login, node, python, rust, save
from bench.samples import Summary
from bench.setting import Setting

ROWS: tuple[Row, ...] = (
    cpp.HEADER,
    rust.HEADER,
    python.HEADER,
    node.HEADER,
    go.HEADER,
    cpp.ROUTE,
    cold.COLD,
    python.PROCESS,
    node.PROCESS,
    large.LARGE,
    python.IMPORTING,
    node.REQUIRING,
    save.SAVE,
    login.LOGIN,
)


def chosen(names: str | None) -> Sequence[Row]:
    if names is None:
        return ROWS
    by_name = {row.name: row for row in ROWS}
    unknown = [name for name in names.split(",") if name not in by_name]
    if unknown:
        raise SystemExit(f"bench: no row {', '.join(unknown)}; there are {', '.join(by_name)}")
    return [by_name[name] for name in names.split(",")]


def measure(rows: Sequence[Row], build: Path, is_quick: bool) -> list[Judged]:
    judged = []
    with tempfile.TemporaryDirectory(prefix="bmauth-bench-") as scratch:
        setting = Setting(build, Path(scratch), is_quick)
        for row in rows:
            print(f"-> {row.name}", file=sys.stderr, flush=True)
            judged.append(claims.run(row, setting))
    return judged


def from_report(report: dict[str, Any]) -> list[Judged]:
    def line(members: dict[str, Any]) -> Line:
        summary = members["summary"]
        return Line(**{**members, "summary": summary and Summary(**summary)})

    return [
        Judged(**{**row, "lines": [line(members) for members in row["lines"]]})
        for row in report["rows"]
    ]


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--build", type=Path, required=True, help="the build tree")
    parser.add_argument("--only", help="these rows alone, by name, with commas between")
    parser.add_argument("--quick", action="store_true", help="shows that it works, not how fast")
    parser.add_argument("--json", type=Path, help="where the figures go, or come from")
    parser.add_argument("--markdown", action="store_true", help="the table of the last full run")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    said = arguments(words)
    build = said.build.resolve()
    report_file = said.json or build / "bench.json"
    if said.markdown:
        print(table.markdown(from_report(json.loads(report_file.read_text()))))
        return 0
    rows = chosen(said.only)
    load_before = os.getloadavg()[0]
    try:
        judged = measure(rows, build, said.quick)
    except Failed as failed:
        print(f"bench: {failed}", file=sys.stderr)
        return 1
    machine = {
        "processors": os.cpu_count(),
        "kernel": os.uname().release,
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
    }
    print(f"{machine['processors']} processors, load {machine['load_before']} before the run")
    print(table.text(judged))
    if said.json or not (said.only or said.quick):
        report = {"machine": machine, "rows": [asdict(row) for row in judged]}
        report_file.write_text(json.dumps(report, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
