"""Breaks rows of buttons that are too wide for a phone: Telegram divides a row evenly and breaks labels anywhere.

Widths are in points of a phone 360 points wide, as the official apps draw a keyboard under a message.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeVar

ROW_WIDTH: Final = 328
PADDING: Final = 16
"""Padding of one button, both sides together."""
LETTER_WIDTH: Final = 8.3
"""Width of an average letter or digit of either script; wide ones and emoji count twice."""

LABELS_KEPT: Final = 1_024
"""Most labels are the same for everybody."""

Item = TypeVar("Item")


@lru_cache(maxsize=LABELS_KEPT)
def label_width(label: str) -> float:
    """Returns a label's width in points on one line; combining marks have none."""
    return LETTER_WIDTH * sum(_letters(each) for each in label)


def _letters(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def fits(labels: Sequence[str]) -> bool:
    """Returns whether each label has one line when the row is divided evenly among all."""
    room = ROW_WIDTH / len(labels) - PADDING
    return all(label_width(label) <= room for label in labels)


def broken(row: Sequence[Item], labels: Sequence[str]) -> list[list[Item]]:
    """Divides a row into as few rows as let every label stand on one line, of equal lengths as far as possible.

    A label that is too long even for a row of its own stands alone.
    """
    for rows in range(1, len(row)):
        length = -(-len(row) // rows)
        parts = [slice(start, start + length) for start in range(0, len(row), length)]
        if all(fits(labels[part]) for part in parts):
            return [list(row[part]) for part in parts]
    return [[each] for each in row]
