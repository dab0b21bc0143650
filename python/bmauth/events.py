"""Events for a logger named "bmauth": only where the program uses `logging`, and never a secret."""

from __future__ import annotations

import sys

from ._native import Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Any

DEBUG, INFO, WARNING = 10, 20, 30


def log(level: int, message: str, *values: object) -> None:
    # Importing `logging` would cost more than this package does.
    logging: Any = sys.modules.get("logging")
    if logging is not None:
        logging.getLogger("bmauth").log(level, message, *values)


def warnings(texts: Iterable[str]) -> None:
    for text in texts:
        log(WARNING, "%s", text)


class noted:
    """Notes the code of an error that leaves a call."""

    __slots__ = ("verb",)

    def __init__(self, verb: str) -> None:
        self.verb = verb

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, Error):
            log(INFO, "%s failed: %s", self.verb, error.name)
