"""Where a project's requests go, in short: what is asked often and kept in memory."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._native import Mode


class ModeResult:
    """What `mode` answers; `route` says why, and where to."""

    __slots__ = ("is_known", "mode")

    def __init__(self, mode: Mode, is_known: bool) -> None:
        self.mode = mode
        self.is_known = is_known

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ModeResult):
            return NotImplemented
        return (self.mode, self.is_known) == (other.mode, other.is_known)

    def __hash__(self) -> int:
        return hash((self.mode, self.is_known))

    def __repr__(self) -> str:
        return f"<bmauth.ModeResult mode={self.mode!r} is_known={self.is_known!r}>"
