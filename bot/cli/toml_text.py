"""Writes a programme's tables as TOML, which the standard library only reads. Covers the subset that they need."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def toml_of(tables: Mapping[str, Any]) -> str:
    """Returns the TOML of tables that hold texts, whole numbers, flags, lists of them, tables and lists of tables."""
    return "\n".join(_table(tables, ())).strip("\n") + "\n"


def value_of(value: Any) -> str:
    """Returns a text, number, flag or list in TOML."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {value_of(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    # JSON's texts, numbers and flags are valid TOML, except one control character that only TOML escapes.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yields plain values first: entries after a table's heading belong to that table."""
    later = {key: value for key, value in table.items() if isinstance(value, Mapping) or _is_list_of_tables(value)}
    for key, value in table.items():
        if key not in later:
            yield f"{_key(key)} = {value_of(value)}"
    for key, value in later.items():
        inner = (*path, _key(key))
        if isinstance(value, Mapping):
            yield f"\n[{'.'.join(inner)}]"
            yield from _table(value, inner)
        else:
            for row in value:
                yield f"\n[[{'.'.join(inner)}]]"
                yield from _table(row, inner)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else value_of(key)
