"""What is undocumented, ambiguous or breaks the ABI's rules is refused, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bmauth_gen.load import Raw, SpecError, load
from bmauth_gen.model import Api

from .conftest import TINY, function

Spoil = Callable[[Callable[[Raw], Any]], Api]
Change = Callable[[Raw], Any]


def without(name: str, key: str) -> Change:
    return lambda raw: function(raw, name).pop(key)


def having(name: str, /, **values: Any) -> Change:
    return lambda raw: function(raw, name).update(values)


def param(name: str, parameter: str, /, **values: Any) -> Change:
    """Sets members of a parameter, or removes those given as None."""

    def change(raw: Raw) -> None:
        row = next(p for p in function(raw, name)["params"] if p["name"] == parameter)
        row.update(values)
        for key in [key for key, value in values.items() if value is None]:
            del row[key]

    return change


def returns(name: str, /, **values: Any) -> Change:
    def change(raw: Raw) -> None:
        row = function(raw, name)["returns"]
        row.update(values)
        for key in [key for key, value in values.items() if value is None]:
            del row[key]

    return change


def code(name: str, /, **values: Any) -> Change:
    return lambda raw: next(c for c in raw["errors"]["codes"] if c["name"] == name).update(values)


def repeated(path: str) -> Change:
    """Appends the list's last row once more."""

    def change(raw: Raw) -> None:
        rows: Any = raw
        for step in path.split("/"):
            rows = rows[int(step) if step.isdigit() else step]
        rows.append(rows[-1])

    return change


PUT, LABEL, WEIGH = "bmauth_box_put", "bmauth_box_label", "bmauth_box_weigh"
WORD = "bmauth_box_word"
REFUSED: dict[str, tuple[Change, str]] = {
    # What is not documented.
    "a function without a doc": (without(PUT, "doc"), "'doc' is a required property"),
    "a function with an empty doc": (having(PUT, doc=""), "bmauth_box_put/doc"),
    "a parameter without a doc": (param(PUT, "thing", doc=None), "'doc' is a required property"),
    "a return value without a doc": (returns(LABEL, doc=None), "'doc' is a required property"),
    "a function without since": (without(PUT, "since"), "'since' is a required property"),
    "a function without a source": (without(PUT, "source"), "'source' is a required property"),
    "a function without a thread class": (without(PUT, "thread"), "'thread' is a required"),
    "a function that does not say whether it blocks": (without(PUT, "blocking"), "'blocking' is a"),
    "a code without a remedy": (
        lambda raw: raw["errors"]["codes"][2].pop("remedy"),
        "'remedy' is a required property",
    ),
    "a value of an enumeration without a doc": (
        lambda raw: raw["enums"]["enums"][0]["values"][0].pop("doc"),
        "'doc' is a required property",
    ),
    "a handle without a thread class": (
        lambda raw: raw["handles"]["handles"][0].pop("thread"),
        "'thread' is a required property",
    ),
    "a parameter without a direction": (param(PUT, "thing", direction=None), "'direction' is a"),
    "a text that may or may not be NULL": (
        param(PUT, "thing", nullable=None),
        "parameter thing: it does not say whether NULL may stand there",
    ),
    "a returned text that may or may not be NULL": (
        returns(LABEL, nullable=None),
        "the return value: it does not say whether NULL may stand there",
    ),
    "an input without an owner": (
        param(PUT, "thing", ownership=None),
        "parameter thing: it does not say who owns it",
    ),
    "a returned text without an owner": (
        returns(LABEL, ownership=None),
        "the return value: it does not say who owns it",
    ),
    "a number without a unit": (
        param(PUT, "patience_ms", unit=None),
        "parameter patience_ms: a number without a unit",
    ),
    "a returned number without a unit": (
        returns("bmauth_box_pair_count", unit=None),
        "the return value: a number without a unit",
    ),
    "a unit that the name does not say": (
        param(PUT, "patience_ms", unit="s"),
        "the name says ms, the unit s",
    ),
    "a unit that is missing in the name": (
        param(PUT, "patience_ms", name="patience"),
        "the name says no unit, the unit ms",
    ),
    "an action without a list of errors": (without(PUT, "errors"), "needs a list of errors"),
    "a number that does not say what absent is": (
        returns("bmauth_error_retry_after_ms", absent=None),
        "says what absent is",
    ),
    # What refers to nothing.
    "an unknown type": (param(PUT, "color", type="colour"), "parameter color: unknown type colour"),
    "an unknown error": (having(PUT, errors=["box_gone"]), "unknown error box_gone"),
    "an unknown group of errors": (having(PUT, errors=["@space"]), "unknown error @space"),
    "a common error in a list": (having(PUT, errors=["internal"]), "internal goes without saying"),
    "an unknown handle": (having(LABEL, handle="crate"), "unknown handle crate"),
    "an index that nothing bounds": (
        param("bmauth_box_pair_name", "index", count_by="bread_count"),
        "count_by must name the getter that bounds it",
    ),
    "a module without a file": (
        lambda raw: raw["api"]["modules"].append("crate"),
        "module crate has no file",
    ),
    "a file that no list names": (
        lambda raw: raw["api"]["modules"].remove("box"),
        "box.yaml is not in api.yaml's list",
    ),
    # What is there twice, or was there before.
    "a number given twice": (code("internal", number=2), "number 2 stands twice"),
    "a code given twice": (code("internal", name="box_full"), "code box_full stands twice"),
    "an enumeration's number given twice": (
        lambda raw: raw["enums"]["enums"][0]["values"][1].update(number=0),
        "color: number 0 stands twice",
    ),
    "a function given twice": (repeated("modules/box/functions"), "bmauth_box_weigh: stands twice"),
    "a type given twice": (repeated("handles/handles"), "type error is defined twice"),
    "a type with the name of a function": (
        lambda raw: raw["enums"]["enums"][0].update(name="box_color"),
        "type box_color has the name of a function",
    ),
    "a name that was removed": (
        having(WEIGH, name="bmauth_box_shake"),
        "bmauth_box_shake: this name was removed and is never reused",
    ),
    "two parameters of one name": (
        param(PUT, "is_heavy", name="color"),
        "two parameters have one name",
    ),
    # What memory that is shared needs.
    "a buffer without its capacity": (
        param(WORD, "capacity_bytes", name="room_bytes"),
        "a buffer is followed by capacity_bytes",
    ),
    "a buffer that is filled nobody knows how far": (
        param(WORD, "length_bytes", name="size_bytes"),
        "has the output length_bytes alone",
    ),
    "two buffers": (
        lambda raw: function(raw, WORD)["params"].insert(1, function(raw, WORD)["params"][1]),
        "there is one",
    ),
    "a buffer that is returned": (returns(LABEL, type="buffer"), "a buffer is not returned"),
    "a word that may go away": (
        returns("bmauth_generation", ownership="borrowed"),
        "a word is static",
    ),
    "a word that is taken": (param(PUT, "thing", type="word"), "a word is returned, and nothing"),
    # What breaks a pattern that emitters rely on.
    "a name without its handle": (
        having(WEIGH, name="bmauth_weigh_box"),
        "the name does not follow bmauth_box_<verb>",
    ),
    "a setter that is not called set": (
        having("bmauth_box_set_label", name="bmauth_box_write"),
        "the name does not follow bmauth_box_<verb>",
    ),
    "a function in the wrong file": (
        lambda raw: raw["modules"]["cancel"]["functions"].append(function(raw, WEIGH)),
        "it belongs into box.yaml",
    ),
    "a handle without a destructor": (
        lambda raw: raw["modules"]["box"]["functions"].remove(function(raw, "bmauth_box_free")),
        "box has no destructor",
    ),
    "an output before an input": (
        lambda raw: function(raw, PUT)["params"].reverse(),
        "inputs come before outputs",
    ),
    "an output that may be NULL": (
        param(WEIGH, "is_heavy", nullable=True),
        "an output must not be NULL",
    ),
    "an output handle that nobody owns": (
        param(PUT, "fallen", ownership="borrowed"),
        "a handle that the caller owns",
    ),
    "a getter that blocks": (having(LABEL, blocking="io"), "a getter may not block"),
    "a getter that can fail": (having(LABEL, errors=[]), "a getter has no list of errors"),
    "an action that blocks and cannot be cancelled": (
        having(WEIGH, blocking="io"),
        "what blocks takes a cancel",
    ),
    "an action that returns something": (
        having(WEIGH, returns={"type": "bool", "doc": "Something."}),
        "an action must not return something",
    ),
    "codes out of order": (
        lambda raw: raw["errors"]["codes"].reverse(),
        "codes must stand in the order of their numbers",
    ),
    "an enumeration without 0": (
        lambda raw: raw["enums"]["enums"][0]["values"].pop(0),
        "color: no value 0",
    ),
    "success with another exit status": (code("ok", exit_status=1), "exit status 0 is for ok"),
    "a since that is yet to come": (having(PUT, since="0.3.0"), "since 0.3.0 is later"),
    "an unknown kind": (having(PUT, kind="method"), "'method' is not one of"),
    "an unknown member": (having(PUT, colour="red"), "Additional properties are not allowed"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refuses(what: str, spoil: Spoil) -> None:
    change, reason = REFUSED[what]
    with pytest.raises(SpecError) as caught:
        spoil(change)
    assert reason in str(caught.value)


def test_accepts_the_tiny_spec_as_it_is(spoil: Spoil) -> None:
    assert spoil(lambda raw: None).version == "0.2.0"


def test_names_everything_that_is_wrong_at_once(spoil: Spoil) -> None:
    def change(raw: Raw) -> None:
        code("internal", number=2)(raw)
        having(PUT, errors=["box_gone"])(raw)

    with pytest.raises(SpecError) as caught:
        spoil(change)
    assert len(caught.value.problems) == 2


def test_refuses_a_key_that_stands_twice(tmp_path: Path) -> None:
    for path in TINY.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text())
    with (tmp_path / "api.yaml").open("a") as file:
        file.write("version: 0.9.0\n")
    with pytest.raises(SpecError, match="key 'version' stands twice"):
        load(tmp_path)


def test_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"errors\.yaml"):
        load(tmp_path)
