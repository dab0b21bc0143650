"""(a) The warm header in Rust."""

from __future__ import annotations

from bench.claims import Claim, Row
from bench.reports import measured_with

HEADER = Row(
    "header-rust",
    "(a) the same in Rust",
    (
        Claim("the C call", "c_call_ns"),
        Claim("Client::header_into a buffer", "header_ns", "c_call_ns", 1.2),
        Claim("peer: an oauth2 AccessToken cloned under a Mutex", "oauth2_ns", "c_call_ns"),
    ),
    lambda setting: measured_with("cargo", "warm_rust.py", setting, rounds=30),
)
