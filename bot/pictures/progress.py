"""Draws shares of a whole as bars with their words: requirements of a rank, the legs of a binary member."""

from collections.abc import Mapping
from typing import Any, Final

from bot.kit.brand import Brand
from bot.pictures.canvas import Canvas
from bot.pictures.sheet import EDGE, INSIDE, TOP, line, sheet

_LABEL: Final = 56
_BAR: Final = 44
_PART: Final = _LABEL + _BAR + 40
_FOOT_LINE: Final = 56
_LABEL_SHARE: Final = 0.42


def draw_progress(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "subtitle", "bars": of {"label", "value", "share": filled, "marked": how
    much of it is in the accent, both of 1000}, "foot": lines below them}.
    """
    return progress_of(recipe, brand).png()


def progress_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn bars."""
    bars, foot = recipe["bars"], recipe["foot"]
    canvas = sheet(TOP + _PART * len(bars) + _FOOT_LINE * len(foot) + 2 * EDGE, recipe, brand)
    y: float = TOP
    for bar in bars:
        _bar(canvas, y, bar)
        y += _PART
    for words in foot:
        canvas.text(line(y, _FOOT_LINE), words, 34, colour=canvas.palette.muted)
        y += _FOOT_LINE
    return canvas


def _bar(canvas: Canvas, y: float, bar: Mapping[str, Any]) -> None:
    split = INSIDE.width * _LABEL_SHARE
    canvas.text(line(y, _LABEL, width=split - 16), bar["label"], 36)
    value = line(y, _LABEL, INSIDE.x + split, INSIDE.width - split)
    canvas.text(value, bar["value"], 36, align="end", bold=True)
    box = line(y + _LABEL, _BAR)
    share, marked = bar["share"] / 1000, bar["marked"] / 1000
    canvas.progress(box, share, canvas.palette.soft)
    if marked > 0:
        canvas.rectangle(box._replace(width=max(_BAR, box.width * min(marked, 1))), canvas.palette.accent, _BAR / 2)
