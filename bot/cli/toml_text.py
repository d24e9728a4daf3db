"""Writes a programme's tables as TOML, which the standard library only reads."""

import json
from collections.abc import Mapping
from typing import Any


def toml_of(tables: Mapping[str, Any]) -> str:
    """Returns the TOML of tables that hold texts, whole numbers, flags, lists of them, tables and lists of tables."""
    import tomlkit

    return tomlkit.dumps(tables).strip("\n") + "\n"


def value_of(value: Any) -> str:
    """Returns a text, number, flag, list or table in one line of TOML, which no library writes with its blanks."""
    import tomlkit

    if isinstance(value, Mapping):
        pairs = (f"{tomlkit.key(name).as_string()} = {value_of(inner)}" for name, inner in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    # JSON's texts, numbers and flags are valid TOML, except one control character that only TOML escapes.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
