"""The bench's judgement, and that its rows run: never how fast they are."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bench import claims, peers, run, table
from bench.claims import Claim, Failed, Line, Measured, Missing, Row
from bench.samples import summary_of
from bench.setting import Setting

BUILD = os.environ.get("BMAUTH_BUILD", str(Path(__file__).resolve().parents[2] / "build/release"))
FLOOR = Claim("the floor", "floor")


def line_of(claim: Claim, measured: Measured) -> Line:
    row = Row("row", "a row", (FLOOR, claim), lambda _: measured)
    return claims.judge(row, measured).lines[1]


@pytest.mark.parametrize(
    ("claim", "subject", "verdict"),
    [
        (Claim("", "subject", "floor", 1.5), 15.0, "met"),
        (Claim("", "subject", "floor", 1.5), 15.1, "MISSED"),
        (Claim("", "subject", "floor", 1.8, is_gain=True), 5.0, "met"),
        (Claim("", "subject", "floor", 1.8, is_gain=True), 6.0, "MISSED"),
        (Claim("", "subject", "floor", 0.1, or_at_most_ns=4), 4.0, "met"),
        (Claim("", "subject", "floor", 0.1, or_at_most_ns=4), 4.1, "MISSED"),
        (Claim("", "subject", "floor"), 1000.0, ""),
    ],
)
def test_a_claim_is_met_up_to_its_target_and_missed_beyond(
    claim: Claim, subject: float, verdict: str
) -> None:
    assert line_of(claim, Measured({"floor": [10.0], "subject": [subject]})).verdict == verdict


def test_the_medians_are_compared_whatever_the_outliers() -> None:
    samples = {"floor": [9.0, 10.0, 500.0], "subject": [11.0, 12.0, 900.0]}
    line = line_of(Claim("", "subject", "floor", 1.5), Measured(samples))
    assert (line.ratio, line.verdict) == (1.2, "met")


def test_quartiles_stand_in_order_for_a_gain_too() -> None:
    samples = {"floor": [12.0, 12.0], "subject": [3.0, 4.0, 6.0]}
    line = line_of(Claim("", "subject", "floor", is_gain=True), Measured(samples))
    assert (line.ratio_lower, line.ratio, line.ratio_upper) == (12 / 5, 3.0, 12 / 3.5)


def test_one_sample_is_its_own_median() -> None:
    summary = summary_of([7.0])
    assert (summary.count, summary.lower_quartile, summary.upper_quartile) == (1, 7.0, 7.0)


@pytest.mark.parametrize(
    ("samples", "verdict"),
    [({"floor": [1.0]}, "missing: not built"), ({"subject": [1.0]}, "no floor: not built")],
)
def test_what_is_missing_is_said_and_has_no_ratio(
    samples: dict[str, list[float]], verdict: str
) -> None:
    missing = {"floor": "not built", "subject": "not built"}
    line = line_of(Claim("", "subject", "floor", 1.5), Measured(samples, missing))
    assert (line.ratio, line.verdict) == (None, verdict)


def test_a_row_without_its_tool_stands_in_the_table_with_the_reason(tmp_path: Path) -> None:
    def measure(_: Setting) -> Measured:
        raise Missing("no such tool")

    row = Row("row", "a row", (FLOOR, Claim("ours", "subject", "floor", 1.5)), measure)
    judged = claims.run(row, Setting(tmp_path, tmp_path))
    assert [line.verdict for line in judged.lines] == ["missing: no such tool"] * 2
    assert "no such tool" in table.text([judged]) and "no such tool" in table.markdown([judged])


def test_peers_that_cannot_be_installed_are_missing_with_what_was_said(tmp_path: Path) -> None:
    pins = tmp_path / "pins.txt"
    pins.write_text("peer==1\n")
    with pytest.raises(Missing, match="no such peer"):
        peers.install(tmp_path / "place", pins, [["sh", "-c", "echo no such peer >&2; exit 1"]])


def test_peers_are_installed_once_for_what_is_pinned(tmp_path: Path) -> None:
    pins, place = tmp_path / "pins.txt", tmp_path / "place"
    for versions, installs in (("1", 1), ("1", 1), ("2", 1)):
        pins.write_text(versions)
        peers.install(place, pins, [["sh", "-c", "echo >> installs"]])
        assert (place / "installs").read_text().count("\n") == installs, versions


def test_a_subject_that_fails_ends_the_run_with_its_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(_: Setting) -> Measured:
        raise Failed("the subject fell over")

    monkeypatch.setattr(run, "ROWS", (Row("row", "a row", (FLOOR,), measure),))
    assert run.main(["--build", str(tmp_path)]) == 1
    assert "the subject fell over" in capsys.readouterr().err
    assert not (tmp_path / "bench.json").exists()


def test_a_full_run_leaves_the_readmes_table_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = Row("row", "a row", (FLOOR,), lambda _: Measured({"floor": [2.0]}))
    monkeypatch.setattr(run, "ROWS", (row,))
    assert run.main(["--build", str(tmp_path)]) == 0
    capsys.readouterr()
    assert run.main(["--build", str(tmp_path), "--markdown"]) == 0
    rows = claims.judge(row, row.measure(Setting(tmp_path, tmp_path)))
    assert capsys.readouterr().out == table.markdown([rows]) + "\n"


def test_a_quick_run_measures_every_claim_of_its_rows(tmp_path: Path) -> None:
    report = tmp_path / "some.json"
    words = ["--quick", "--only", "save,login", "--json", str(report)]
    assert run.main(["--build", BUILD, *words]) == 0
    rows = json.loads(report.read_text())["rows"]
    assert [row["name"] for row in rows] == ["save", "login"]
    for row in rows:
        assert all(line["ratio"] is not None for line in row["lines"]), row
    # Counts, unlike times, are the same on every machine.
    assert {line["verdict"] for line in rows[1]["lines"] if line["target"]} == {"met"}
