"""The ABI as typed, language-neutral data: all that an emitter sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Optional

PREFIX = "bmauth_"


@dataclass(frozen=True)
class Code:
    name: str
    number: int
    meaning: str
    remedy: str
    is_retryable: bool
    exit_status: int
    since: str


@dataclass(frozen=True)
class EnumValue:
    name: str
    number: int
    doc: str


@dataclass(frozen=True)
class Enum:
    name: str
    since: str
    doc: str
    c_prefix: str
    values: tuple[EnumValue, ...]


@dataclass(frozen=True)
class Handle:
    name: str
    since: str
    thread: str  # immutable, locked, one_at_a_time
    doc: str


@dataclass(frozen=True)
class Callback:
    name: str
    since: str
    doc: str
    user_data_doc: str
    returns_doc: str


@dataclass(frozen=True)
class Type:
    # string, bool, int32, int64, index, code, user_data, buffer, word, enum, handle, callback
    kind: str
    name: str  # of the enum, handle or callback; else the kind again

    @property
    def is_pointer(self) -> bool:
        return self.kind in ("string", "handle", "callback", "user_data", "buffer", "word")


@dataclass(frozen=True)
class Param:
    name: str
    type: Type
    is_out: bool
    is_nullable: bool
    ownership: str  # copied, borrowed, retained, caller; empty for values
    unit: str  # empty: not a number
    is_secret: bool
    count_by: str  # of an index: the getter that bounds it, without its prefix
    doc: str


@dataclass(frozen=True)
class Return:
    type: Type
    is_nullable: bool
    ownership: str  # borrowed, static; empty for values
    unit: str
    is_secret: bool
    absent: int  # what stands for "unknown" and for a NULL object
    doc: str


@dataclass(frozen=True)
class Function:
    name: str
    kind: str  # function, constructor, destructor, getter, setter, signal, action
    module: str
    handle: str  # empty: none
    since: str
    source: str
    thread: str  # any, one_at_a_time
    blocking: str  # never, io, wait
    doc: str
    params: tuple[Param, ...]
    returns: Optional[Return]
    errors: tuple[str, ...]  # expanded, in the table's order, without the common ones

    @property
    def is_fallible(self) -> bool:
        """Returns a code and has `err`."""
        return self.kind in ("constructor", "setter", "action")

    @property
    def takes_handle(self) -> bool:
        """Its object comes first in C, and is `self` elsewhere."""
        return self.kind in ("destructor", "getter", "setter", "signal", "action")

    @property
    def verb(self) -> str:
        """The name without prefix and handle: what a method is called."""
        return self.name[len(PREFIX) + (len(self.handle) + 1 if self.takes_handle else 0) :]

    @property
    def inputs(self) -> tuple[Param, ...]:
        return tuple(param for param in self.params if not param.is_out)

    @property
    def outputs(self) -> tuple[Param, ...]:
        return tuple(param for param in self.params if param.is_out)

    @property
    def buffer(self) -> Optional[Param]:
        """The caller's memory that it fills; capacity_bytes follows, length_bytes is an output."""
        return next((param for param in self.params if param.type.kind == "buffer"), None)

    @property
    def is_about_memory(self) -> bool:
        """For C and C++ alone. Another language keeps its own copy in code written by hand: it can
        share no bytes with the library, and the copy is why it asks."""
        return self.buffer is not None or (
            self.returns is not None and self.returns.type.kind == "word"
        )

    @property
    def is_property(self) -> bool:
        """A getter that needs nothing but its object."""
        return self.kind == "getter" and not self.params


@dataclass(frozen=True)
class ListProperty:
    """`warning_count` and `warning(index)` as one list; several items make a list of tuples."""

    name: str
    count: Function
    items: tuple[Function, ...]


@dataclass(frozen=True)
class Module:
    name: str
    title: str
    doc: str
    functions: tuple[Function, ...]


@dataclass(frozen=True)
class Api:
    version: str
    summary: str
    conventions: tuple[tuple[str, str], ...]
    codes: tuple[Code, ...]
    common_errors: tuple[str, ...]
    enums: tuple[Enum, ...]
    handles: tuple[Handle, ...]
    callbacks: tuple[Callback, ...]
    modules: tuple[Module, ...]

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        return tuple(function for module in self.modules for function in module.functions)

    def without_memory(self) -> Api:
        """What every language can have."""
        modules = (
            replace(m, functions=tuple(f for f in m.functions if not f.is_about_memory))
            for m in self.modules
        )
        return replace(self, modules=tuple(modules))

    @property
    def version_number(self) -> int:
        major, minor, patch = (int(part) for part in self.version.split("."))
        return major * 1_000_000 + minor * 1_000 + patch

    def methods(self, handle: str) -> tuple[Function, ...]:
        """Functions of an object, its constructor included, in the header's order."""
        return tuple(function for function in self.functions if function.handle == handle)

    def lists(self, handle: str) -> tuple[ListProperty, ...]:
        """The counted lists among an object's getters."""
        methods = self.methods(handle)
        found = []
        for count in methods:
            items = tuple(m for m in methods for p in m.params if p.count_by == count.verb)
            if items:
                found.append(ListProperty(count.verb[: -len("_count")] + "s", count, items))
        return tuple(found)

    def callback(self, name: str) -> Callback:
        return next(callback for callback in self.callbacks if callback.name == name)
