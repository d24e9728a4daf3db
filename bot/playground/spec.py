"""Loads the Bot API as data: every method and its types, with field names and types.

`data/botapi.json` is Telegram Bot API 10.2 (14 July 2026). A field's name ends in `?` where it is optional.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from bot.kit.json import JsonView

ARRAY = "Array of "


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """Describes a field: its name, its types (`Integer`, `Array of String`, `Message` ...), whether it is required."""

    name: str
    types: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """Describes one object type: its own fields, or its subtypes."""

    name: str
    fields: Mapping[str, FieldSpec]
    subtypes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """Describes one method: its parameters and its result."""

    name: str
    fields: Mapping[str, FieldSpec]
    returns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """Holds the whole contract. Method names are looked up in any case, as Telegram does."""

    version: str
    methods: Mapping[str, MethodSpec]
    types: Mapping[str, TypeSpec]

    def method(self, name: str) -> MethodSpec | None:
        """Returns the method of that name, or None where the Bot API has none."""
        return self.methods.get(name.lower())

    def concrete(self, type_name: str) -> tuple[str, ...]:
        """Returns the concrete types of `type_name`: its subtypes, recursively, or itself."""
        spec = self.types.get(type_name)
        if spec is None or not spec.subtypes:
            return (type_name,)
        return tuple(leaf for subtype in spec.subtypes for leaf in self.concrete(subtype))


def load_spec() -> Spec:
    """Reads the data file beside this module."""
    data = json.loads(files(__package__).joinpath("data/botapi.json").read_text(encoding="utf-8"))
    return Spec(
        version=data["version"],
        methods={
            name.lower(): MethodSpec(name, _fields(entry), tuple(entry["returns"]))
            for name, entry in data["methods"].items()
        },
        types={
            name: TypeSpec(name, _fields(entry), tuple(entry.get("subtypes", ())))
            for name, entry in data["types"].items()
        },
    )


def _fields(entry: JsonView) -> dict[str, FieldSpec]:
    specs = (
        FieldSpec(key.removesuffix("?"), tuple(types), not key.endswith("?")) for key, types in entry["fields"].items()
    )
    return {spec.name: spec for spec in specs}
