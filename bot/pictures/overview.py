"""Draws the programme's last days for its admins: sums, sales by day, and who earned most."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.kit.brand import Brand
from bot.pictures.canvas import Box, Canvas
from bot.pictures.columns import Column, draw_columns
from bot.pictures.sheet import EDGE, INSIDE, TOP, line, name_or, sheet

_TILE: Final = 132
_GAP: Final = 20
_HEADING: Final = 56
_COLUMNS: Final = 260
_ABOVE_COLUMNS: Final = 110
_BELOW_COLUMNS: Final = 120
_ROW: Final = 64
_BAR: Final = 20
_VALUE: Final = 220
_NAME: Final = 330


def draw_overview(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "subtitle", "tiles": of {"label", "value"}, "sales": a heading, "days",
    "values" and "amounts" of its columns, "best": a heading, "unnamed": for names that cannot be drawn, "top": of
    {"name", "value", "amount"}}.
    """
    return overview_of(recipe, brand).png()


def overview_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn overview."""
    top = recipe["top"]
    columns = TOP + _TILE + _GAP + _HEADING + _ABOVE_COLUMNS
    best = columns + _COLUMNS + _BELOW_COLUMNS
    canvas = sheet(best + (_HEADING + _ROW * len(top) + _GAP if top else 0) + 2 * EDGE, recipe, brand)
    _tiles(canvas, recipe["tiles"])
    canvas.text(line(TOP + _TILE + _GAP, _HEADING), recipe["sales"], 36, colour=canvas.palette.muted)
    parts = zip(recipe["amounts"], recipe["values"], recipe["days"], strict=True)
    draw_columns(canvas, Box(44, columns, 992, _COLUMNS), [Column(*each) for each in parts])
    if top:
        canvas.text(line(best, _HEADING), recipe["best"], 36, colour=canvas.palette.muted)
        _ranking(canvas, best + _HEADING, top, recipe["unnamed"])
    return canvas


def _tiles(canvas: Canvas, tiles: Sequence[Mapping[str, Any]]) -> None:
    wide = (INSIDE.width - _GAP * (len(tiles) - 1)) / len(tiles)
    for place, tile in enumerate(tiles):
        box = Box(INSIDE.x + place * (wide + _GAP), TOP, wide, _TILE)
        canvas.rectangle(box, canvas.palette.accent, 20)
        room = box.inset(14, 12)
        ink = canvas.palette.on_accent
        canvas.text(room._replace(height=44), tile["label"], 30, colour=ink)
        canvas.text(room._replace(y=room.y + 46, height=60), tile["value"], 44, colour=ink, bold=True)


def _ranking(canvas: Canvas, y: float, top: Sequence[Mapping[str, Any]], unnamed: str) -> None:
    most = max(1, *(each["amount"] for each in top))
    for each in top:
        canvas.text(line(y, _ROW, width=_NAME), name_or(each["name"], unnamed), 32)
        bar = Box(INSIDE.x + _NAME + 16, y + (_ROW - _BAR) / 2, INSIDE.width - _NAME - _VALUE - 32, _BAR)
        canvas.progress(bar, each["amount"] / most)
        canvas.text(line(y, _ROW, INSIDE.end - _VALUE, _VALUE), each["value"], 32, align="end", bold=True)
        y += _ROW
