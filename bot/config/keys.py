"""Describes the model's keys: suggests one for an unknown key, and gives a variable's place and type."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.config.machine import Machine
from bot.config.shops import shop_keys
from bot.config.tables import TableByLanguage
from bot.kit.languages import LANGUAGES, fallback_first
from bot.kit.shop_kind import ShopSettings
from engine.programme.errors import expected_of, full_key
from engine.programme.model import PROGRAMME_TABLES, ProgrammeProblem


def machine_problems(error: ValidationError) -> Iterator[ProgrammeProblem]:
    """Yields the model's errors, each by its full name; no value is quoted.

    Of an unknown key's value nothing is said.
    """
    items = error.errors(include_url=False, include_input=False)
    unknown = {item["loc"] for item in items if item["type"] == "extra_forbidden"}
    for item in items:
        place = item["loc"]
        if item["type"] != "extra_forbidden" and any(place[:end] in unknown for end in range(len(place) + 1)):
            continue
        key = full_key(tuple(part for part in item["loc"] if part != "[key]"))  # the invalid name of a table
        match item["type"]:
            case "extra_forbidden":
                yield ProgrammeProblem(key, known_keys(item["loc"]))
            case "tuple_type":
                yield ProgrammeProblem(key, "a list")
            case kind:
                yield ProgrammeProblem(key, expected_of(kind, item["msg"], item.get("ctx", {})))


def known_keys(location: tuple[int | str, ...]) -> str:
    """Returns the keys allowed in place of an unknown one: the most similar, or all."""
    table = _type_at(location[:-1])
    known = list(keys_at(location[:-1]))
    if _is_model(table) and issubclass(table, TableByLanguage):
        known += fallback_first()
    if len(location) == 1:
        known += PROGRAMME_TABLES
    near = get_close_matches(str(location[-1]), known, n=1)
    return f"no such key; did you mean {near[0]}?" if near else f"no such key; there are {', '.join(known)}"


def keys_at(location: tuple[int | str, ...]) -> Mapping[str, FieldInfo]:
    """Returns the keys of the table of that name; of a shop those of all kinds. None for what is no table."""
    found = _type_at(location)
    if found is ShopSettings:
        return shop_keys()
    return found.model_fields if _is_model(found) else {}


def _type_at(location: tuple[int | str, ...]) -> Any:
    """Returns the type of the value of that name; None for an unknown one."""
    found: Any = Machine
    for name in location:
        if get_origin(found) is dict:
            found = get_args(found)[1]
        elif get_origin(found) is tuple:
            found = get_args(found)[0]
        else:
            found = _inner(found, str(name)) if _is_model(found) else None
        if get_origin(found) is Annotated:
            found = get_args(found)[0]
    return found


def _inner(table: type[BaseModel], name: str) -> Any:
    """Returns the type of a table's key; for a language, that of its texts."""
    field = table.model_fields.get(name)
    if field is not None:
        return _given_type(field.annotation)
    return table.texts_model() if issubclass(table, TableByLanguage) and name in LANGUAGES else None


def _given_type(annotation: Any) -> Any:
    """Returns the type of a present table, where it may be absent."""
    present = [kind for kind in get_args(annotation) if kind is not NoneType]
    return present[0] if NoneType in get_args(annotation) else annotation


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)
