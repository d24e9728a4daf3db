"""Draws amounts of days, weeks or months as columns: beside the balance digest, for /earnings, and for files of
orders.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.kit.brand import Brand
from bot.pictures.canvas import Box, Canvas
from bot.pictures.columns import Column, draw_columns
from bot.pictures.sheet import sheet

HEIGHT: Final = 900

_COLUMNS: Final = Box(44, 330, 992, 384)


def draw_weeks(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "change": the line below it, "days" and "values": labels, "amounts":
    minor units}.

    The oldest comes first in the language's direction: in Persian time runs to the left.
    """
    return chart_of(recipe, brand).png()


def chart_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn chart."""
    canvas = sheet(HEIGHT, {**recipe, "subtitle": recipe["change"]}, brand)
    parts = zip(recipe["amounts"], recipe["values"], recipe["days"], strict=True)
    draw_columns(canvas, _COLUMNS, [Column(*each) for each in parts])
    return canvas
