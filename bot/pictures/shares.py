"""Draws an amount as one bar cut into shares, and a line for each of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.kit.brand import Brand
from bot.kit.colours import mixed
from bot.pictures.canvas import Box, Canvas
from bot.pictures.palette import Palette
from bot.pictures.sheet import EDGE, INSIDE, TOP, line, name_or, sheet

_BAR: Final = 120
_ROW: Final = 76
_SPOT: Final = 36
_GAP: Final = 44
_CUT: Final = 4
_LEAST: Final = 10
_NAME_SHARE: Final = 0.55


def draw_shares(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "title", "subtitle", "unnamed": for names that cannot be drawn, "shares": of
    {"name", "value", "amount": 0 or more, "kind": "own", "other" or "rest"}}.
    """
    return shares_of(recipe, brand).png()


def shares_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn bar."""
    shares = recipe["shares"]
    canvas = sheet(TOP + _BAR + _GAP + _ROW * len(shares) + 2 * EDGE, recipe, brand)
    colours = _colours(shares, canvas.palette)
    _bar(canvas, Box(INSIDE.x, TOP, INSIDE.width, _BAR), [each["amount"] for each in shares], colours)
    y: float = TOP + _BAR + _GAP
    split = INSIDE.width * _NAME_SHARE
    for share, colour in zip(shares, colours, strict=True):
        canvas.rectangle(Box(INSIDE.x, y + (_ROW - _SPOT) / 2, _SPOT, _SPOT), colour, 10)
        own = share["kind"] == "own"
        name = line(y, _ROW, INSIDE.x + _SPOT + 20, split - _SPOT - 36)
        canvas.text(name, name_or(share["name"], recipe["unnamed"]), 36, bold=own)
        canvas.text(line(y, _ROW, INSIDE.x + split, INSIDE.width - split), share["value"], 36, align="end", bold=own)
        y += _ROW
    return canvas


def _colours(shares: Sequence[Mapping[str, Any]], palette: Palette) -> list[str]:
    """Gives the reader's share the accent, the rest the colour of empty tracks, and others shades between."""
    others = [place for place, each in enumerate(shares) if each["kind"] == "other"]
    fixed = {"own": palette.accent, "rest": palette.faint}
    return [
        fixed.get(each["kind"]) or mixed(palette.ink, palette.soft, 0.15 + 0.6 * others.index(place) / len(others))
        for place, each in enumerate(shares)
    ]


def _bar(canvas: Canvas, box: Box, amounts: Sequence[int], colours: Sequence[str]) -> None:
    """Cuts the bar; a share above 0 is always seen."""
    there = [(amount, colour) for amount, colour in zip(amounts, colours, strict=True) if amount > 0]
    room = box.width - _CUT * (len(there) - 1) - _LEAST * len(there)
    total, x = max(1, sum(amount for amount, _ in there)), box.x
    for amount, colour in there:
        wide = _LEAST + room * amount / total
        canvas.rectangle(Box(x, box.y, wide, box.height), colour, 8)
        x += wide + _CUT
