"""Overlays the environment's variables, `MOAREF_TABLE__KEY`, on the tables of a file."""

import tomllib
from collections.abc import Mapping
from typing import Any, get_origin

from bot.config.keys import keys_at
from engine.programme.model import PROGRAMME_TABLES

PREFIX = "MOAREF_"


def with_environment(tables: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Returns the tables with each `MOAREF_TABLE__KEY` in its place. A name without `__` is no key."""
    merged: dict[str, Any] = _copied(tables)
    for name in sorted(environ):
        path = tuple(name.removeprefix(PREFIX).lower().split("__"))
        if not name.startswith(PREFIX) or len(path) == 1:
            continue
        table = merged
        for part in path[:-1]:
            inner = table.get(part, {})
            table[part] = inner = inner if isinstance(inner, dict) else {}
            table = inner
        table[path[-1]] = _environment_value(path, environ[name])
    return merged


def _copied(value: Any) -> Any:
    """Returns a copy that shares no table with the original."""
    return {key: _copied(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value


def _environment_value(path: tuple[str, ...], text: str) -> Any:
    """Parses a variable as the type its key asks for, if possible; the model validates it.

    Texts and secrets are taken unchanged, lists with or without their brackets, the rest as TOML writes it.
    """
    if path[0] in PROGRAMME_TABLES:
        return _toml_value(text)
    field = keys_at(path[:-1]).get(path[-1])
    if field is not None and get_origin(field.annotation) is tuple:
        return _toml_value(f"[{text.strip().removeprefix('[').removesuffix(']')}]")
    return _toml_value(text) if field is not None and field.annotation is int else text


def _toml_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
