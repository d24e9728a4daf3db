"""Finds what is wrong with a line that is no event, by checking its fields one after the other."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import ValidationError, convert
from msgspec.structs import FieldInfo, fields

from engine.events.fields import expected
from engine.events.model import Content, Line, Lines


def first_problem(content: Mapping[str, Any], kind: type[Content]) -> str | None:
    """Returns the first field that is missing, not listed or invalid, and what was expected there.

    None where each field by itself is valid.
    """
    return next(_problems({name: value for name, value in content.items() if name != "type"}, kind, ""), None)


def _problems(content: Mapping[str, Any], kind: type[Content], prefix: str) -> Iterator[str]:
    listed = {field.name: field for field in fields(kind)}
    for name, field in listed.items():
        if field.required and name not in content:
            yield f"{prefix}{name}: expected, but it is not there"
    for name, value in content.items():
        if name in listed:
            yield from _problems_of(listed[name], value, f"{prefix}{name}")
        else:
            yield f"{prefix}{name}: not a field of this event; expected {', '.join(listed) or 'none'}"


def _problems_of(field: FieldInfo, value: Any, key: str) -> Iterator[str]:
    if field.type is Lines and type(value) is list and value:
        yield from _problems_of_lines(value, key)
        return
    try:
        convert(value, field.type)
    except (ValidationError, RecursionError):
        yield f"{key}: expected {expected(field.type)}"


def _problems_of_lines(lines: list[Any], key: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        if type(line) is dict:
            yield from _problems(line, Line, f"{key}[{number}].")
        else:
            yield f"{key}[{number}]: expected an object"
