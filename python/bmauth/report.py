"""Reports: a JSON document that is parsed when it is first looked into."""

from __future__ import annotations

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Report(_native.Report):
    """A JSON document: `.json`, look-ups by pointer, and access as to the parsed value itself."""

    __slots__ = ("_data",)
    _data: Any

    @property
    def data(self) -> Any:
        """The document as dicts, lists and plain values."""
        try:
            return self._data
        except AttributeError:
            import json

            self._data = json.loads(self.json)
            return self._data

    def __getitem__(self, key: Any) -> Any:
        return self.data[key]

    def __contains__(self, key: object) -> bool:
        return key in self.data

    def __iter__(self) -> Iterator[Any]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def get(self, key: str, default: Any = None) -> Any:
        return self.data.get(key, default)

    def keys(self) -> Any:
        return self.data.keys()

    def values(self) -> Any:
        return self.data.values()

    def items(self) -> Any:
        return self.data.items()
