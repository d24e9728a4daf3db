"""Draws a member's team as an indented tree, in which those who sold this month are lit up."""

from collections.abc import Mapping
from typing import Any, Final

from bot.kit.bidi import isolate
from bot.kit.brand import Brand
from bot.pictures.canvas import Box, Canvas
from bot.pictures.sheet import EDGE, INSIDE, TOP, name_or, sheet

_ROW: Final = 76
_CARD: Final = 64
_INDENT: Final = 64
_NOTE: Final = 250
_PAD: Final = 24
_EMPTY: Final = 160
_FOOT: Final = 24


def draw_team(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "subtitle", "unnamed": for names that cannot be drawn, "rows": of
    {"level": from 1, "mark": a number or "", "name", "note", "lit": whether they sold}, in the order of the tree}.
    """
    return team_of(recipe, brand).png()


def team_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn tree."""
    rows = recipe["rows"]
    height = TOP + (_ROW * len(rows) or _EMPTY) + _FOOT + 2 * EDGE
    canvas = sheet(height, recipe, brand)
    above: dict[int, float] = {}
    for place, row in enumerate(rows):
        card = _card(row["level"], TOP + place * _ROW)
        _twig(canvas, card, above.get(row["level"] - 1))
        above[row["level"]] = card.bottom
        _member(canvas, card, row, recipe["unnamed"])
    return canvas


def _card(level: int, y: float) -> Box:
    indent = (level - 1) * _INDENT
    return Box(INSIDE.x + indent, y, INSIDE.width - indent, _CARD)


def _twig(canvas: Canvas, card: Box, begins: float | None) -> None:
    """Joins a member to the one whom they stand under."""
    if begins is None:
        return
    x, y = card.x - _INDENT / 2, card.y + card.height / 2
    canvas.rectangle(Box(x, begins, 4, y - begins), canvas.palette.muted)
    canvas.rectangle(Box(x, y - 2, _INDENT / 2, 4), canvas.palette.muted)


def _member(canvas: Canvas, card: Box, row: Mapping[str, Any], unnamed: str) -> None:
    palette = canvas.palette
    ground, ink, note = (
        (palette.accent, palette.on_accent, palette.on_accent)
        if row["lit"]
        else (palette.faint, palette.ink, palette.muted)
    )
    canvas.rectangle(card, ground, 18)
    name = Box(card.x + _PAD, card.y, card.width - _NOTE - 2 * _PAD - 12, card.height)
    words = isolate(name_or(row["name"], unnamed))
    canvas.text(name, f"{row['mark']} {words}".strip(), 34, colour=ink, bold=row["lit"])
    canvas.text(Box(card.end - _NOTE - _PAD, card.y, _NOTE, card.height), row["note"], 28, align="end", colour=note)
