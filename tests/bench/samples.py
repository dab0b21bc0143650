"""The one statistic of all rows: the median, the quartiles around it, and the fastest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Summary:
    count: int
    fastest: float
    lower_quartile: float
    median: float
    upper_quartile: float


def summary_of(samples: Sequence[float]) -> Summary:
    # What is counted and not timed is counted once, and has no spread.
    several = samples if len(samples) > 1 else [*samples, *samples]
    lower, median, upper = quantiles(several, n=4, method="inclusive")
    return Summary(len(samples), min(samples), lower, median, upper)
