"""Draws pictures by their recipe's kind, and caches the last ones, because the same card is requested repeatedly."""

import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from threading import Lock
from typing import Any, Final

from cachetools import LRUCache

from bot.kit.brand import Brand
from bot.pictures.file import read_picture
from bot.pictures.funnel import draw_funnel
from bot.pictures.overview import draw_overview
from bot.pictures.poster import draw_poster
from bot.pictures.progress import draw_progress
from bot.pictures.shares import draw_shares
from bot.pictures.team import draw_team
from bot.pictures.weeks import draw_weeks

Draw = Callable[[Mapping[str, Any], Brand], bytes]
"""Draws a recipe's picture in the shop's look."""

KINDS: Final[Mapping[str, Draw]] = {
    "poster": draw_poster,
    "qr": draw_poster,  # of messages that wait since an earlier version
    "weeks": draw_weeks,
    "team": draw_team,
    "progress": draw_progress,
    "funnel": draw_funnel,
    "shares": draw_shares,
    "overview": draw_overview,
    "file": read_picture,
}
"""The registry: a new kind of picture is its file and a line here."""

ONE_AT_A_TIME: Final = frozenset(KINDS) - {"file"}
"""Kinds of which one is drawn at a time: several threads that compute together would keep the loop, and so all answers,
waiting for the interpreter.
"""

NOT_KEPT: Final = frozenset({"weeks", "team", "progress", "funnel", "shares", "overview"})
"""Kinds that are each drawn for one person and one moment."""


NO_BRAND: Final = Brand()


class ImageRenderer:
    """Caches the last `capacity` pictures. Thread-safe."""

    def __init__(self, brand: Brand = NO_BRAND, capacity: int = 128, kinds: Mapping[str, Draw] = KINDS) -> None:
        self._brand = brand
        self._kinds = kinds
        self._drawn = LRUCache[str, bytes](capacity)
        self._lock = Lock()
        self._drawing = Lock()

    def draw(self, recipe: Mapping[str, Any]) -> bytes:
        """Returns the picture as PNG. Raises KeyError for an unknown kind."""
        kind = recipe["kind"]
        key = None if kind in NOT_KEPT else json.dumps(recipe, sort_keys=True)
        if (drawn := self._kept(key)) is not None:
            return drawn
        with self._drawing if kind in ONE_AT_A_TIME else nullcontext():
            if (drawn := self._kept(key)) is not None:  # by the one who was waited for
                return drawn
            drawn = self._kinds[kind](recipe, self._brand)
        if key is not None:
            with self._lock:
                self._drawn[key] = drawn
        return drawn

    def _kept(self, key: str | None) -> bytes | None:
        if key is None:
            return None
        with self._lock:
            return self._drawn.get(key)
