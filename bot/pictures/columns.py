"""Draws amounts as columns, each with its value and its label; those below 0 hang from the line."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.pictures.canvas import Box, Canvas
from bot.pictures.lettering import measure

_NUMBER: Final = 40
_NUMBER_LINE: Final = 48
_WORD: Final = 28
_WORD_LINE: Final = 38
_SPACE: Final = 10
_LEAST_BAR: Final = 8
_GAP: Final = 0.3  # of a bar's place
_BAR_MAX: Final = 130


class Column(NamedTuple):
    """Holds an amount and its words: the value, and what it is the amount of."""

    amount: int
    value: str
    label: str


def draw_columns(canvas: Canvas, box: Box, columns: Sequence[Column]) -> None:
    """Draws the columns into the box, the last one in the accent; values stand above it, labels below it."""
    top, bottom = max(0, *(each.amount for each in columns)), min(0, *(each.amount for each in columns))
    step = box.width / len(columns)
    on_one_line = not any(measure(each.value, _NUMBER, bold=True) > step - 8 for each in columns)
    values = [[each.value] if on_one_line else each.value.split(maxsplit=1) for each in columns]
    below = _SPACE + _NUMBER_LINE + _WORD_LINE * (not on_one_line) if bottom else 0
    scale = (box.height - below) / max(1, top - bottom)
    zero = box.y + (top * scale if top - bottom else box.height)
    canvas.rectangle(Box(box.x, zero, box.width, 3), canvas.palette.faint)
    wide = min(step * (1 - _GAP), _BAR_MAX)
    for place, (column, value) in enumerate(zip(columns, values, strict=True)):
        slot = Box(box.x + place * step, box.y, step, box.height)
        high = max(_LEAST_BAR, round(abs(column.amount) * scale)) if column.amount else 0
        bar = Box(slot.x + (step - wide) / 2, zero if column.amount < 0 else zero - high, wide, high)
        canvas.rectangle(bar, _colour(canvas, column.amount, is_last=place == len(columns) - 1), 16)
        _stack(canvas, slot, _value_top(bar, column.amount, len(value)), value, canvas.palette.ink)
        _stack(canvas, slot, box.bottom + 16, column.label.split(maxsplit=1), canvas.palette.muted)


def _colour(canvas: Canvas, amount: int, *, is_last: bool) -> str:
    if amount < 0:
        return canvas.palette.bad
    return canvas.palette.accent if is_last else canvas.palette.soft


def _value_top(bar: Box, amount: int, lines: int) -> float:
    if amount < 0:
        return bar.bottom + _SPACE
    return bar.y - _SPACE - _NUMBER_LINE - _WORD_LINE * (lines - 1)


def _stack(canvas: Canvas, column: Box, top: float, parts: Sequence[str], colour: str) -> None:
    """Writes a number, and the word that belongs to it on a line below."""
    for place, part in enumerate(parts):
        box = Box(column.x, top, column.width, _NUMBER_LINE)
        if place:
            box = Box(column.x, top + _NUMBER_LINE, column.width, _WORD_LINE)
        size = _WORD if place else _NUMBER
        canvas.text(box.inset(2, 0), part, size, align="middle", colour=colour, bold=not place)
