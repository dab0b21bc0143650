"""Reads the spec's files and holds them against the JSON Schema: form, not sense."""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import jsonschema
import yaml

BINDINGS = Path(__file__).resolve().parent.parent
SPEC = BINDINGS / "spec"
SCHEMA = BINDINGS / "schema" / "spec.schema.json"
SINGLE_FILES = ("api", "errors", "enums", "handles")

Raw = dict[str, Any]


class SpecError(Exception):
    """Everything that is wrong with a spec, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Loader(yaml.SafeLoader):
    """YAML in which a key that stands twice is an error, not a silent loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)  # type: ignore[no-untyped-call]
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def _read(path: Path, problems: list[str]) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        problems.append(f"{path.name}: {error}")
        return None


def _place(error: jsonschema.ValidationError, raw: Raw) -> str:
    """Where the error is, by names instead of numbers where there are names."""
    place: list[str] = []
    here: Any = raw
    for step in error.absolute_path:
        here = here[step]
        name = here.get("name") if isinstance(here, dict) else None
        place.append(str(name or step))
    return "/".join(place) or "spec"


def load(spec: Path = SPEC) -> Raw:
    """The whole spec as plain data that the schema accepts; SpecError lists what it does not."""
    problems: list[str] = []
    raw: Raw = {name: _read(spec / f"{name}.yaml", problems) for name in SINGLE_FILES}
    raw["modules"] = {
        path.stem: _read(path, problems)
        for path in sorted(spec.glob("*.yaml"))
        if path.stem not in SINGLE_FILES
    }
    if problems:
        raise SpecError(problems)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    problems = sorted(
        f"{_place(error, raw)}: {error.message}" for error in validator.iter_errors(raw)
    )
    if problems:
        raise SpecError(problems)
    return raw
