"""Begins a picture on a sheet of paper, with a title and a line below it: what all charts have in common.

Recipes hold finished words in one language; numbers in them are measures of what is drawn.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.kit.brand import Brand
from bot.kit.languages import HABITS
from bot.pictures.canvas import Box, Canvas
from bot.pictures.lettering import drawable
from bot.pictures.palette import palette_of

EDGE: Final = 28
INSIDE: Final = Box(76, 0, 928, 0)
"""Where the contents of a sheet begin and end along a line."""

TOP: Final = 216
"""Where the contents begin downwards, px."""

_TITLE: Final = Box(INSIDE.x, 64, INSIDE.width, 72)
_SUBTITLE: Final = Box(INSIDE.x, 140, INSIDE.width, 56)


def sheet(height: float, recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns a canvas with the recipe's "title" and "subtitle", for its "language"."""
    canvas = Canvas(round(height), HABITS[recipe["language"]], palette_of(brand.colour))
    canvas.rectangle(Box(EDGE, EDGE, 1080 - 2 * EDGE, canvas.height - 2 * EDGE), canvas.palette.paper, 36)
    canvas.text(_TITLE, recipe["title"], 54, bold=True)
    canvas.text(_SUBTITLE, recipe["subtitle"], 40, colour=canvas.palette.muted)
    return canvas


def line(y: float, height: float, x: float = INSIDE.x, width: float = INSIDE.width) -> Box:
    """Returns a box of this height from `y` on, as wide as the contents unless told."""
    return Box(x, y, width, height)


def name_or(name: str, instead: str) -> str:
    """Returns a name without what the font lacks, or else the words for somebody without one."""
    return drawable(name) or instead
