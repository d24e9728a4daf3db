"""Checks each call against the contract: no unknown field, none missing, each of its type, to any depth.

Telegram itself ignores unknown fields; here they are refused, because nothing else would reveal a misspelt field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from bot.kit.json import Json, JsonView
from bot.playground.refusals import MalformedCall
from bot.playground.spec import ARRAY, FieldSpec, MethodSpec, Spec
from bot.playground.values import Incoming

INTEGER = re.compile(r"-?\d{1,19}")
TRUE_WORDS = frozenset({"true", "1"})
FALSE_WORDS = frozenset({"false", "0"})
SCALARS = frozenset({"String", "Integer", "Float", "Boolean", "True", "InputFile"})


class Checker:
    """Converts raw values to typed ones, by the specification."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def check(self, method: MethodSpec, incoming: Incoming) -> Json:
        """Returns the call's typed values by field name; raises `MalformedCall` at the first thing that is wrong."""
        values = {
            name: from_text(_known(method.fields, name, method.name), value, incoming.as_text)
            if isinstance(value, str)
            else value
            for name, value in incoming.values.items()
        }
        self._verify_fields(method.fields, values, "", method.name)
        return values

    def verify(self, value: object, types: Iterable[str], path: str) -> None:
        """Raises `MalformedCall` unless `value` is of one of `types`; `path` names the field in the refusal."""
        expected = tuple(types)
        candidates = [leaf for name in expected for leaf in self._spec.concrete(name) if _may_be(value, leaf)]
        if isinstance(value, dict):
            candidates = self._narrowed(candidates, value)
        failures: list[MalformedCall] = []
        for name in candidates:
            try:
                self._verify_one(value, name, path)
            except MalformedCall as failure:
                failures.append(failure)
            else:
                return
        if len(failures) == 1:
            raise failures[0]
        raise MalformedCall(f'field "{path}" must be of type {" or ".join(expected)}')

    def _verify_one(self, value: object, type_name: str, path: str) -> None:
        if isinstance(value, list):
            for index, item in enumerate(value):
                self.verify(item, [type_name.removeprefix(ARRAY)], f"{path}[{index}]")
        elif isinstance(value, dict):
            self._verify_fields(self._spec.types[type_name].fields, value, path + ".", type_name)

    def _verify_fields(self, fields: Mapping[str, FieldSpec], values: JsonView, path: str, owner: str) -> None:
        for name in values:
            _known(fields, name, owner)
        for field in fields.values():
            if field.name in values:
                self.verify(values[field.name], field.types, path + field.name)
            elif field.required:
                raise MalformedCall(_missing(path + field.name))

    def _narrowed(self, candidates: list[str], value: JsonView) -> list[str]:
        """Keeps the types that `value` appears to be, by its `type` or its fields, so that refusals are exact."""
        kind = value.get("type")
        if isinstance(kind, str) and len(candidates) > 1:
            named = [name for name in candidates if _snake(name).endswith("_" + kind)]
            return sorted(named, key=len)[:1]
        complete = [name for name in candidates if self._required(name) <= value.keys()]
        known = [name for name in complete if value.keys() <= self._spec.types[name].fields.keys()]
        return known or complete or candidates

    def _required(self, type_name: str) -> set[str]:
        return {field.name for field in self._spec.types[type_name].fields.values() if field.required}


def from_text(field: FieldSpec, text: str, is_form: bool) -> object:
    """Converts text to the field's type; other text is returned unchanged, and refused by later checks.

    Objects may be JSON inside text everywhere, numbers and booleans only in a form, which has no other types.
    """
    wanted = set(field.types)
    if wanted - SCALARS and text[:1] in {"{", "["}:
        try:
            return json.loads(text)
        except ValueError:
            raise MalformedCall(f"can't parse {field.name} JSON object") from None
    return _scalar(wanted, text) if is_form else text


def _scalar(wanted: set[str], text: str) -> object:
    if "Integer" in wanted and INTEGER.fullmatch(text):
        return int(text)
    if "Boolean" in wanted and text.lower() in TRUE_WORDS | FALSE_WORDS:
        return text.lower() in TRUE_WORDS
    return _decimal(text) if "Float" in wanted else text


def _decimal(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _known(fields: Mapping[str, FieldSpec], name: str, owner: str) -> FieldSpec:
    if name not in fields:
        raise MalformedCall(f'unknown field "{name}" in {owner}')
    return fields[name]


def _may_be(value: object, type_name: str) -> bool:
    """Returns whether `value` is of the JSON shape that `type_name` has."""
    match value:
        case bool():
            return type_name in {"Boolean", "True"}
        case str():
            return type_name in {"String", "InputFile"}
        case int():
            return type_name in {"Integer", "Float"}
        case float():
            return type_name == "Float"
        case list():
            return type_name.startswith(ARRAY)
        case dict():
            return type_name not in SCALARS and not type_name.startswith(ARRAY)
        case _:
            return False


def _missing(path: str) -> str:
    match path:
        case "chat_id":
            return "chat_id is empty"
        case "text":
            return "message text is empty"
        case _:
            return f'can\'t find field "{path}"'


def _snake(type_name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type_name).lower()
