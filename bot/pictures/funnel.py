"""Draws how far people came through links: clicks, who came, who joined, who bought; a block for each link."""

from collections.abc import Mapping
from typing import Any, Final

from bot.kit.brand import Brand
from bot.pictures.canvas import Box, Canvas
from bot.pictures.sheet import EDGE, INSIDE, TOP, line, name_or, sheet

_NAME: Final = 56
_STEP: Final = 52
_BAR: Final = 34
_LABEL: Final = 210
_VALUE: Final = 200
_GAP: Final = 28


def draw_funnel(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "subtitle", "unnamed": for names that cannot be drawn, "links": of
    {"name", "steps": of {"label", "value", "count"}}}. The bars of a link have one scale.
    """
    return funnel_of(recipe, brand).png()


def funnel_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn funnels."""
    links = recipe["links"]
    height = sum(_NAME + _STEP * len(each["steps"]) + _GAP for each in links)
    canvas = sheet(TOP + height + 2 * EDGE, recipe, brand)
    y: float = TOP
    for each in links:
        canvas.text(line(y, _NAME), name_or(each["name"], recipe["unnamed"]), 38, bold=True)
        y += _NAME
        most = max(step["count"] for step in each["steps"])
        for step in each["steps"]:
            _step(canvas, y, step, most)
            y += _STEP
        y += _GAP
    return canvas


def _step(canvas: Canvas, y: float, step: Mapping[str, Any], most: int) -> None:
    canvas.text(line(y, _STEP, width=_LABEL), step["label"], 30, colour=canvas.palette.muted)
    bar = Box(INSIDE.x + _LABEL + 16, y + (_STEP - _BAR) / 2, INSIDE.width - _LABEL - _VALUE - 32, _BAR)
    canvas.progress(bar, step["count"] / max(1, most))
    canvas.text(line(y, _STEP, INSIDE.end - _VALUE, _VALUE), step["value"], 34, align="end", bold=True)
