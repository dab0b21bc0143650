"""Finds secrets where none may be: raw, in base64, percent-encoded, or in pieces."""

from __future__ import annotations

import base64
import urllib.parse
from collections.abc import Iterable

SLICE = 16


def pieces(text: str) -> set[str]:
    """All runs of 16 characters."""
    return {text[i : i + SLICE] for i in range(len(text) - SLICE + 1)}


def forms(secret: str) -> set[str]:
    """Every piece that would give the secret away, whatever it was encoded with."""
    found = pieces(secret)
    for start in range(3):
        # base64 works on groups of three bytes: where the secret stands in one decides how it looks.
        padded = b"\0" * start + secret.encode()
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            found |= pieces(encode(padded).decode().rstrip("=")[4:-4])
    found |= pieces("".join(f"%{byte:02X}" for byte in secret.encode()))
    found |= pieces("".join(f"%{byte:02x}" for byte in secret.encode()))
    found |= pieces(urllib.parse.quote(secret, safe=""))
    return found


def find(texts: dict[str, str], secrets: Iterable[str]) -> list[str]:
    """Where which secret shows; the answer names it by its first characters only."""
    there = {place: pieces(text) for place, text in texts.items()}
    found = []
    for secret in secrets:
        traces = forms(secret)
        assert len(secret) >= SLICE, "too short to be told from other text"
        found += [
            f"{place} holds {secret[:6]}..."
            for place, runs in there.items()
            if not traces.isdisjoint(runs)
        ]
    return found
