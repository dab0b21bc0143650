"""Credentials and the headers that carry them; their secrets never show in a repr."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


class Token(_native.Token):
    """A credential for one use. Do not keep it for later: ask again, that is cheap."""

    __slots__ = ()

    @property
    def headers(self) -> Headers:
        """The headers that carry it."""
        return Headers(self)

    def _plain_headers(self) -> Mapping[str, str]:
        return super().headers


class Headers(Mapping[str, str]):
    """The headers of one token, to be read only; names are found in any case."""

    __slots__ = ("token",)

    def __init__(self, token: Token) -> None:
        self.token = token

    def __getitem__(self, name: str) -> str:
        for known, value in self.token._plain_headers().items():
            if known.lower() == name.lower():
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.token._plain_headers())

    def __len__(self) -> int:
        return len(self.token._plain_headers())

    def __repr__(self) -> str:
        return f"<bmauth.Headers: {', '.join(self) or 'none'}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("Headers cannot be pickled or copied")
