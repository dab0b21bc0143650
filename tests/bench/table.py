"""The one table, for a terminal and for the README."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.claims import Judged, Line

# Below which ratio how many digits follow the point: near a target one more than the target has.
DIGITS = ((2.0, 3), (100.0, 2), (float("inf"), 0))
SCALES = ((1e6, "ms"), (1e3, "us"), (1.0, "ns"))


def amount(line: Line, has_counts: bool) -> str:
    if line.summary is None:
        return ""
    median = line.summary.median
    if has_counts:
        return f"{median:g}"
    divisor, unit = next(scale for scale in SCALES if median >= scale[0] or scale[0] == 1.0)
    return f"{median / divisor:,.1f} {unit}"


def times(ratio: float | None) -> str:
    if ratio is None:
        return ""
    digits = next(digits for limit, digits in DIGITS if ratio < limit)
    return f"{ratio:,.{digits}f}"


def titled(row: Judged) -> str:
    return f"{row.title} ({row.note})" if row.note else row.title


def spread(line: Line) -> str:
    if line.ratio_lower is None or line.ratio_upper is None or line.ratio_lower == line.ratio_upper:
        return ""  # what is counted has none
    return f"{times(line.ratio_lower)} to {times(line.ratio_upper)}"


def text(rows: Sequence[Judged]) -> str:
    def lines() -> Iterator[str]:
        yield (
            f"{'':62} {'median':>11} {'ratio':>8} {'its quartiles':>18} {'fastest':>8}  {'target':16}"
        )
        for row in rows:
            yield f"{row.name}: {titled(row)}"
            for line in row.lines:
                yield (
                    f"  {line.words:60} {amount(line, row.has_counts):>11} {times(line.ratio):>8}"
                    f" {spread(line):>18} {times(line.ratio_fastest):>8}"
                    f"  {line.target:16} {line.verdict}"
                ).rstrip()

    return "\n".join(lines())


def markdown(rows: Sequence[Judged]) -> str:
    def lines() -> Iterator[str]:
        yield "| | median | ratio to the floor (quartiles) | target | |"
        yield "|---|---|---|---|---|"
        for row in rows:
            yield f"| **{titled(row)}** | | | | |"
            for line in row.lines:
                around = spread(line) and f" ({spread(line)})"
                cells = (
                    line.words,
                    amount(line, row.has_counts),
                    f"{times(line.ratio)}{around}",
                    line.target,
                    line.verdict,
                )
                yield f"| {' | '.join(cells)} |"

    return "\n".join(lines())
