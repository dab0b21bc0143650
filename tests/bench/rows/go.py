"""(a) The warm header in Go."""

from __future__ import annotations

from bench.claims import Claim, Row
from bench.reports import measured_with

HEADER = Row(
    "header-go",
    "(a) the same in Go",
    (
        Claim("empty cgo call", "empty_cgo_ns"),
        Claim("Client.Header", "header_ns", "empty_cgo_ns", 0.15, or_at_most_ns=4),
        Claim("peer: x/oauth2 ReuseTokenSource, Token from memory", "x_oauth2_ns", "empty_cgo_ns"),
    ),
    lambda setting: measured_with("go", "warm_go.py", setting, rounds=20),
)
