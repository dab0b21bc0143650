"""What a row claims of its subjects, and whether what was measured keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.samples import Summary, summary_of

if TYPE_CHECKING:
    from bench.setting import Setting


class Failed(Exception):
    """A subject or peer ended badly: nothing can be said."""


class Missing(Exception):
    """What a row needs is not on this machine: its table says so."""


@dataclass(frozen=True)
class Claim:
    """A line of the table. `subject` costs at most `target` times what `against` costs."""

    words: str
    subject: str
    against: str | None = None  # none: it is the floor
    target: float | None = None
    or_at_most_ns: float | None = None  # is enough, whatever the ratio
    is_gain: bool = False  # at least `target` times faster, instead

    def ratio(self, of: float, to: float) -> float:
        return to / of if self.is_gain else of / to

    def is_kept(self, ratio: float, median: float) -> bool:
        if self.target is None:
            raise ValueError(f"{self.words}: has no target")
        if self.or_at_most_ns is not None and median <= self.or_at_most_ns:
            return True
        return ratio >= self.target if self.is_gain else ratio <= self.target

    def target_words(self) -> str:
        if self.target is None:
            return ""
        words = f"{'>=' if self.is_gain else '<='} {self.target}"
        return words if self.or_at_most_ns is None else f"{words} or {self.or_at_most_ns:g} ns"


@dataclass(frozen=True)
class Measured:
    """Nanoseconds, or counts, by subject; of what was not measured, why."""

    samples: Mapping[str, Sequence[float]]
    missing: Mapping[str, str] = field(default_factory=dict)
    note: str = ""  # with what: versions, a file system


@dataclass(frozen=True)
class Row:
    name: str  # what --only asks for
    title: str
    claims: Sequence[Claim]
    measure: Callable[[Setting], Measured]
    has_counts: bool = False  # instead of nanoseconds


@dataclass(frozen=True)
class Line:
    words: str
    summary: Summary | None
    ratio: float | None
    ratio_lower: float | None  # of the subject's quartiles to the floor's median
    ratio_upper: float | None
    ratio_fastest: float | None  # the fastest to the fastest: what a quiet machine shows
    target: str
    verdict: str  # "met", "MISSED", why there is none, or nothing where nothing is claimed


@dataclass(frozen=True)
class Judged:
    name: str
    title: str
    note: str
    has_counts: bool
    lines: Sequence[Line]


def judge(row: Row, measured: Measured) -> Judged:
    summaries = {name: summary_of(taken) for name, taken in measured.samples.items()}

    def absence(subject: str) -> str:
        return measured.missing.get(subject, "not measured")

    def line(claim: Claim) -> Line:
        target = claim.target_words()
        subject = summaries.get(claim.subject)
        against = summaries.get(claim.against or claim.subject)
        if subject is None or against is None:
            lacking = "missing" if subject is None else "no floor"
            why = absence(claim.subject if subject is None else claim.against or "")
            return Line(claim.words, subject, None, None, None, None, target, f"{lacking}: {why}")
        ratio = claim.ratio(subject.median, against.median)
        ends = sorted(
            claim.ratio(end, against.median)
            for end in (subject.lower_quartile, subject.upper_quartile)
        )
        verdict = ""
        if claim.target is not None:
            verdict = "met" if claim.is_kept(ratio, subject.median) else "MISSED"
        fastest = claim.ratio(subject.fastest, against.fastest)
        return Line(claim.words, subject, ratio, ends[0], ends[1], fastest, target, verdict)

    lines = [line(claim) for claim in row.claims]
    return Judged(row.name, row.title, measured.note, row.has_counts, lines)


def run(row: Row, setting: Setting) -> Judged:
    try:
        return judge(row, row.measure(setting))
    except Missing as missing:
        reasons = {claim.subject: str(missing) for claim in row.claims}
        return judge(row, Measured({}, reasons))
