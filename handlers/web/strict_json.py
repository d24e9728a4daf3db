"""Refuses JSON with a repeated name in one object: parsers disagree on which of the two counts."""

import json
from typing import Any, Final

NAME_SHOWN_MAX: Final = 64


class RepeatedName(ValueError):
    """Raised when a name is repeated in one object."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name[:NAME_SHOWN_MAX]


def check_names(body: bytes) -> None:
    """Raises RepeatedName for the first repeated name in an object, and ValueError for invalid JSON."""
    try:
        json.loads(body.decode("utf-8"), object_pairs_hook=_unrepeated, parse_int=str, parse_float=str)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _unrepeated(pairs: list[tuple[str, Any]]) -> None:
    """Checks names only; builds nothing."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise RepeatedName(name)
        seen.add(name)
