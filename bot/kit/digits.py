"""Normalises typed text: digits of any script to Latin ones, Arabic ye and kaf to Persian ones."""

import unicodedata
from itertools import chain
from typing import Final

_NUMBER_DIGITS_MAX: Final = 15
_QUOTES: Final = "\"'`\u00b4\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2039\u203a"
_AROUND_A_NUMBER: Final = _QUOTES + "()[]#\u2116.:,;\u060c\u061b \t\n"
_IN_A_NUMBER: Final = str.maketrans("", "", ",\u066c\u060c")

# Soft hyphen, zero-width space, word joiner, byte order mark, direction marks, invisible letters. The
# zero-width joiners are not among them: Persian and emoji need them.
_INVISIBLE: Final = frozenset(
    chain(
        (0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0),
        (*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC)),
    )
)
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_JOINED_FORMS: Final = (range(0xFB50, 0xFDC8), range(0xFE70, 0xFEFD))
"""Arabic presentation forms: letters in the shape of their place in a word, as programs that print PDF write them."""


class _Same(dict[int, str | int | None]):
    """Caches the replacement of each letter, by its code point."""

    def __missing__(self, point: int) -> str | int | None:
        self[point] = same = _same(point)
        return same


def _same(point: int) -> str | int | None:
    if point in _INVISIBLE:
        return None
    letter = chr(point)
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    if point in _FULL_WIDTH:
        return point - 0xFEE0
    if any(point in forms for forms in _JOINED_FORMS):
        return unicodedata.normalize("NFKC", letter).translate(_PERSIAN)
    return point


_PERSIAN: Final = str.maketrans("يىك", "ییک")
_SAME: Final = _Same(_PERSIAN)


def normalised(text: str) -> str:
    """Returns the text with Latin digits and letters, Persian ye and kaf, without invisible marks and surrounding
    blanks.
    """
    return text.strip() if text.isascii() else text.translate(_SAME).strip()


def identifier(text: str) -> str:
    """Normalises an order's or person's id for storing, without copied quotation marks and invisible marks."""
    return normalised(normalised(text).strip(_QUOTES))


def whole_number(text: str) -> int | None:
    """Parses a number such as 17, "#17" or «۱۷», of at most 15 digits; None for anything else."""
    digits = normalised(text).strip(_AROUND_A_NUMBER).translate(_IN_A_NUMBER)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _NUMBER_DIGITS_MAX else None
