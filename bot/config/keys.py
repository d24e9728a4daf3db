"""Describes the model's keys: suggests one for an unknown key, and gives a variable's place and type."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from bot.config.machine import Machine
from bot.config.shops import shop_keys
from bot.kit.shop_kind import ShopSettings
from engine.programme.errors import expected_of, full_key
from engine.programme.model import PROGRAMME_TABLES, ProgrammeProblem


def machine_problems(error: ValidationError) -> Iterator[ProgrammeProblem]:
    """Yields the model's errors, each by its full name; no value is quoted."""
    for item in error.errors(include_url=False, include_input=False):
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
    known = list(keys_at(location[:-1]))
    if len(location) == 1:
        known += PROGRAMME_TABLES
    near = get_close_matches(str(location[-1]), known, n=1)
    return f"no such key; did you mean {near[0]}?" if near else f"no such key; there are {', '.join(known)}"


def keys_at(location: tuple[int | str, ...]) -> Mapping[str, FieldInfo]:
    """Returns the keys of the table of that name; of a shop those of all kinds. None for what is no table."""
    found: Any = Machine
    for name in location:
        if get_origin(found) is dict:
            found = get_args(found)[1]
        else:
            field = found.model_fields.get(str(name)) if _is_model(found) else None
            found = _given_type(field.annotation) if field is not None else None
        if get_origin(found) is Annotated:
            found = get_args(found)[0]
    if found is ShopSettings:
        return shop_keys()
    return found.model_fields if _is_model(found) else {}


def _given_type(annotation: Any) -> Any:
    """Returns the type of a present table, where it may be absent."""
    present = [kind for kind in get_args(annotation) if kind is not NoneType]
    return present[0] if NoneType in get_args(annotation) else annotation


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)
