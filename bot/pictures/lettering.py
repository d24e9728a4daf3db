"""Puts words into letters: which glyphs, in which order from the left, and how large, so that they fit.

Persian letters are joined through their presentation forms, which Vazirmatn has, and put into visual order by UAX #9.
Pillow would do both through libfribidi, which it takes from the machine and many servers lack: there, letters would
stand apart and backwards, without an error. So its basic layout is used everywhere, and looks the same everywhere.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

FONTS: Final = Path(__file__).parent / "fonts"
REGULAR: Final = FONTS / "Vazirmatn-Regular.ttf"
BOLD: Final = FONTS / "Vazirmatn-Bold.ttf"

SMALLEST: Final = 24
"""Letters, px at a width of 1080: smaller ones cannot be read on a phone."""

ELLIPSIS: Final = "…"

_UNSEEN: Final = re.compile("[\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_HALF_SPACE: Final = "\u200c"
_UNSEEN_ALONE: Final = re.compile(r"(?<!\w)[\u200c\ufe00-\ufe0f]+|[\u200c\ufe00-\ufe0f]+(?!\w)")
_LINES: Final = re.compile(r"\s+")
_HEH_WITH_YEH: Final = "ه\u0654"
_HEH_WITH_YEH_LETTER: Final = "\u06c0"
_HEH_WITH_YEH_ALONE: Final = "\ufba4"  # Vazirmatn has this form under the letter itself
_NO_GLYPH: Final = "\uffff"

_MARK: Final = "\u034f"  # has the direction of what it follows, and no shape
_BRACKETS: Final = "[" + re.escape("".join(MIRRORED)) + "]"
_BRACKET: Final = re.compile(_BRACKETS)
_MARKED_BRACKET: Final = re.compile(f"{_MARK}({_BRACKETS})|({_BRACKETS}){_MARK}")


class Fitted(NamedTuple):
    """Holds words that fit a width, and their size in px."""

    words: str
    size: int


@lru_cache(maxsize=256)
def font(size: int, *, bold: bool) -> FreeTypeFont:
    """Returns Vazirmatn in this size, px."""
    return ImageFont.truetype(BOLD if bold else REGULAR, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=512)
def glyphs(words: str, *, right_to_left: bool) -> str:
    """Returns the words as they are drawn, from the left to the right; what the font cannot draw is left out."""
    composed = unicodedata.normalize("NFC", _LINES.sub(" ", words)).replace(_HEH_WITH_YEH, _HEH_WITH_YEH_LETTER)
    ordered = _in_visual_order(_reshaper().reshape(composed), right_to_left=right_to_left)
    shown = _UNSEEN.sub("", ordered).replace(_HEH_WITH_YEH_ALONE, _HEH_WITH_YEH_LETTER)
    return "".join(each for each in shown if _has_glyph(each)).strip()


def _in_visual_order(words: str, *, right_to_left: bool) -> str:
    """Orders the words from the left to the right, brackets mirrored where they are read from the right (UAX #9, L4).

    The library does not mirror. A mark after each bracket tells which way it is read: there, the mark comes out first.
    """
    marked = _BRACKET.sub(rf"\g<0>{_MARK}", words)
    ordered = str(get_display(marked, base_dir="R" if right_to_left else "L"))
    return _MARKED_BRACKET.sub(lambda found: MIRRORED[found[1]] if found[1] else found[2], ordered)


def drawable(words: str) -> str:
    """Returns the words without what the font cannot draw, such as emoji; "" if a letter is among it, because half a
    name would be another name.
    """
    kept = []
    for each in unicodedata.normalize("NFC", words):
        kind = unicodedata.category(each)
        if each == _HALF_SPACE or kind[0] in "MZ" or (kind != "Cf" and _has_glyph(each)):
            kept.append(each)
        elif kind[0] == "L":
            return ""
    return _LINES.sub(" ", _UNSEEN_ALONE.sub("", "".join(kept))).strip()


def measure(words: str, size: int, *, bold: bool = False, right_to_left: bool = False) -> float:
    """Returns the words' width in px."""
    return font(size, bold=bold).getlength(glyphs(words, right_to_left=right_to_left))


def fit(words: str, size: int, width: float, *, bold: bool = False, right_to_left: bool = False) -> Fitted:
    """Returns words that are no wider than `width` px: smaller ones down to SMALLEST, then with an ellipsis."""

    def extent(text: str, at: int) -> float:
        return measure(text, at, bold=bold, right_to_left=right_to_left)

    while size > SMALLEST and (found := extent(words, size)) > width:
        size = max(SMALLEST, min(size - 1, int(size * width / found)))
    if extent(words, size) <= width:
        return Fitted(words, size)
    fits, too_many = 0, len(words)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if extent(_cut(words, middle), size) <= width:
            fits = middle
        else:
            too_many = middle
    return Fitted(_cut(words, fits), size)


def wrap(
    words: str, size: int, width: float, lines: int, *, bold: bool = False, right_to_left: bool = False
) -> list[str]:
    """Returns the words in at most so many lines, each no wider than `width` px at this size unless a word or the rest
    is: Canvas.text then makes the line fit.
    """
    found = [""]
    for word in words.split():
        longer = f"{found[-1]} {word}".strip()
        wide = measure(longer, size, bold=bold, right_to_left=right_to_left) > width
        if wide and found[-1] and len(found) < lines:
            found.append(word)
        else:
            found[-1] = longer
    return found


def _cut(words: str, length: int) -> str:
    while length and unicodedata.combining(words[length]):
        length -= 1
    return words[:length].rstrip(" \u200c\u200d،,.") + ELLIPSIS


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    """Returns whether the font has the letter; Pillow does not say, but draws one and the same box for all it lacks."""
    if letter.isspace():
        return True
    drawn, missing = (font(SMALLEST, bold=False).getmask(each) for each in (letter, _NO_GLYPH))
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@lru_cache(maxsize=1)
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper({"delete_harakat": True, "delete_tatweel": False, "support_zwj": True})
