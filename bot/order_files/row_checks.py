"""Checks a row as a whole, before its cells are read."""

import re
from collections.abc import Sequence
from typing import Final

from bot.kit.digits import identifier
from bot.order_files.columns import Headings, heading_key
from bot.order_files.spreadsheet import has_lost_letters, is_blank

_TOTALS: Final = frozenset(
    heading_key(word) for word in ("total", "totals", "grand total", "subtotal", "sum", "جمع", "جمع کل", "مجموع")
)
_BEGINNING_OF_A_NUMBER: Final = re.compile(r"[0-9]{1,3}")
_GROUP_OF_THREE: Final = re.compile(r"[0-9]{3}(?:\.0+)?")


def is_total(row: Sequence[str]) -> bool:
    """Returns whether a cell marks the row as a total of those above it."""
    return any(heading_key(cell) in _TOTALS for cell in row if cell)


def unnamed_cell(row: Sequence[str], headings: Headings) -> int | None:
    """Returns the index of the first non-empty cell without a heading."""
    named = headings.columns
    return next((place for place, cell in enumerate(row) if place not in named and not is_blank(cell)), None)


def cell_of_lost_letters(row: Sequence[str], *, narrow: bool) -> int | None:
    """Returns the index of the first cell in which letters have become question marks."""
    return next((place for place, cell in enumerate(row) if has_lost_letters(cell, narrow=narrow)), None)


def split_amount(row: Sequence[str], headings: Headings) -> str | None:
    """Returns an amount whose thousands separator was read as delimiter, so that its rest is in the next cell.

    Only if the number of cells is not that of the headings, as after a split, or if the next cell begins with a zero,
    as no quantity and hardly a product does; an order's number may.
    """
    place = headings.columns.amount
    needed = (headings.columns.order, headings.columns.buyer)
    if headings.delimiter != "," or place + 1 >= len(row) or place + 1 in needed:
        return None
    begin, rest = identifier(row[place]), identifier(row[place + 1])
    if not (_BEGINNING_OF_A_NUMBER.fullmatch(begin) and _GROUP_OF_THREE.fullmatch(rest)):
        return None
    is_whole_row = len(row) in (len(headings.row), headings.cells)
    return None if is_whole_row and not rest.startswith("0") else f"{begin},{rest}"
