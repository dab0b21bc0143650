"""Benchmarks that measure several subjects in one process and print them as one JSON object."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence

from bench.claims import Failed, Measured


def measured_by(words: Sequence[str], variables: Mapping[str, str], note: str = "") -> Measured:
    """`{"subjects": {NAME: [...]}, "missing": {NAME: WHY}}`; `missing` may be left out."""
    done = subprocess.run(
        words, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=dict(variables)
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(words)}: {done.stderr.strip() or f'status {done.returncode}'}")
    report = json.loads(done.stdout)
    return Measured(report["subjects"], report.get("missing", {}), note)
