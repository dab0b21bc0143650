"""Finds secrets where none may be: raw, in base64, percent-encoded, or in pieces."""

from __future__ import annotations

import base64
import urllib.parse
from collections.abc import Iterable

SLICE = 16


def pieces(text: str) -> set[str]:
    """All runs of 16 characters; a shorter text is its own only piece."""
    return {text[i : i + SLICE] for i in range(max(1, len(text) - SLICE + 1))}


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
    return {piece for piece in found if len(piece) >= 8}


def find(texts: dict[str, str], secrets: Iterable[str]) -> list[str]:
    """Where which secret shows; the answer names it by its first characters only."""
    wanted = {secret: forms(secret) for secret in secrets}
    return [
        f"{place} holds {secret[:6]}..."
        for place, text in texts.items()
        for secret, traces in wanted.items()
        if any(trace in text for trace in traces)
    ]
