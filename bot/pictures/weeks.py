"""Draws a member's last weeks as bars: a small chart beside the balance digest."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.kit.brand import Brand
from bot.kit.languages import HABITS
from bot.pictures.canvas import Box, Canvas
from bot.pictures.lettering import measure
from bot.pictures.palette import palette_of

HEIGHT: Final = 900

_PAPER: Final = Box(28, 28, 1024, HEIGHT - 56)
_TITLE: Final = Box(76, 64, 928, 72)
_CHANGE: Final = Box(76, 140, 928, 56)
_BARS: Final = Box(44, 330, 992, 384)
_NUMBER: Final = 40
_NUMBER_LINE: Final = 48
_WORD: Final = 28
_WORD_LINE: Final = 38
_LEAST_BAR: Final = 8
_GAP: Final = 0.3  # of a bar's place
_BAR_MAX: Final = 130


def draw_weeks(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "change", "days" and "values": labels, "amounts": minor units}.

    The oldest week comes first in the language's direction: in Persian time runs to the left.
    """
    return chart_of(recipe, brand).png()


def chart_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn chart."""
    canvas = Canvas(HEIGHT, HABITS[recipe["language"]], palette_of(brand.colour))
    canvas.rectangle(_PAPER, canvas.palette.paper, 36)
    canvas.text(_TITLE, recipe["title"], 54, bold=True)
    canvas.text(_CHANGE, recipe["change"], 40, colour=canvas.palette.muted)
    canvas.rectangle(Box(_BARS.x, _BARS.bottom, _BARS.width, 3), canvas.palette.faint)
    _bars(canvas, recipe["amounts"], recipe["values"], recipe["days"])
    return canvas


def _bars(canvas: Canvas, amounts: Sequence[int], values: Sequence[str], days: Sequence[str]) -> None:
    step, top = _BARS.width / len(amounts), max(1, *amounts)
    wide = min(step * (1 - _GAP), _BAR_MAX)
    on_one_line = not any(_too_wide(value, step) for value in values)
    for place, (amount, value, day) in enumerate(zip(amounts, values, days, strict=True)):
        column = Box(_BARS.x + place * step, _BARS.y, step, _BARS.height)
        high = max(_LEAST_BAR, round(_BARS.height * amount / top)) if amount > 0 else 0
        bar = Box(column.x + (step - wide) / 2, _BARS.bottom - high, wide, high)
        canvas.rectangle(bar, canvas.palette.accent if place == len(amounts) - 1 else canvas.palette.soft, 16)
        parts = [value] if on_one_line else value.split(maxsplit=1)
        _stack(canvas, column, bar.y - 10 - _NUMBER_LINE - _WORD_LINE * (len(parts) - 1), parts, canvas.palette.ink)
        _stack(canvas, column, _BARS.bottom + 16, day.split(maxsplit=1), canvas.palette.muted)


def _too_wide(value: str, step: float) -> bool:
    return measure(value, _NUMBER, bold=True) > step - 8


def _stack(canvas: Canvas, column: Box, top: float, parts: Sequence[str], colour: str) -> None:
    """Writes a number, and the word that belongs to it on a line below."""
    for place, part in enumerate(parts):
        box = Box(column.x, top, column.width, _NUMBER_LINE)
        if place:
            box = Box(column.x, top + _NUMBER_LINE, column.width, _WORD_LINE)
        size = _WORD if place else _NUMBER
        canvas.text(box, part, size, align="middle", colour=colour, bold=not place)
