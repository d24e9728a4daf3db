"""JSON in which no name stands twice in one object: which of the two counts is a matter of the reader's taste."""

import json
from typing import Any, Final

NAME_SHOWN_MAX: Final = 64


class RepeatedName(ValueError):
    """A name stands twice in one object."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name[:NAME_SHOWN_MAX]


def check_names(body: bytes) -> None:
    """Raises RepeatedName for the first name that stands twice in one object, and ValueError for what is no JSON."""
    try:
        json.loads(body.decode("utf-8"), object_pairs_hook=_unrepeated, parse_int=str, parse_float=str)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _unrepeated(pairs: list[tuple[str, Any]]) -> None:
    """Nothing is kept: only the names are looked at."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            raise RepeatedName(name)
        seen.add(name)
