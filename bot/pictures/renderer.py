"""Draws pictures by their recipe's kind, and caches the last ones, because the same card is requested repeatedly."""

import json
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Final

from cachetools import LRUCache

from bot.pictures.file import read_picture
from bot.pictures.qr import draw_qr
from bot.pictures.weeks import draw_weeks

Draw = Callable[[Mapping[str, Any]], bytes]

KINDS: Final[Mapping[str, Draw]] = {"qr": draw_qr, "weeks": draw_weeks, "file": read_picture}
"""The registry: a new kind of picture is its file and a line here."""

ONE_AT_A_TIME: Final = frozenset({"weeks"})
"""Kinds whose library is not thread-safe. They are per user and not cached."""


class ImageRenderer:
    """Caches the last `capacity` pictures. Thread-safe."""

    def __init__(self, capacity: int = 128, kinds: Mapping[str, Draw] = KINDS) -> None:
        self._kinds = kinds
        self._drawn = LRUCache[str, bytes](capacity)
        self._lock = Lock()
        self._drawing = Lock()

    def draw(self, recipe: Mapping[str, Any]) -> bytes:
        """Returns the picture as PNG. Raises KeyError for an unknown kind."""
        if recipe["kind"] in ONE_AT_A_TIME:
            with self._drawing:
                return self._kinds[recipe["kind"]](recipe)
        key = json.dumps(recipe, sort_keys=True)
        with self._lock:
            if (drawn := self._drawn.get(key)) is not None:
                return drawn
        picture = self._kinds[recipe["kind"]](recipe)
        with self._lock:
            self._drawn[key] = picture
        return picture
