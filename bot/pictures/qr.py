"""Draws the QR card of an invitation: the code to scan, and below it the same invitation code as text.

Dark on white with the quiet zone of four modules that ISO/IEC 18004 requires, so that any phone reads it from a screen.

The card is drawn in shades, from ink to paper, which are the numbers of its palette: searching a finished picture for
its few colours would take longer than all the rest.
"""

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

import qrcode
from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont
from qrcode.constants import ERROR_CORRECT_M

_WIDTH: Final = 960
_MARGIN: Final = 60
_QUIET_MODULES: Final = 4
_LETTER_SIZE_MAX: Final = 92
_LETTER_SIZE_MIN: Final = 20
_LETTER_GAP: Final = 0.14  # fraction of the letter size
_BAND_HEIGHT: Final = 150
_CORNER: Final = 32

_GROUND: Final = (0xE8, 0xEE, 0xF6)
_PAPER: Final = (0xFF, 0xFF, 0xFF)
_INK: Final = (0x0D, 0x1F, 0x3C)

# Greys to draw with; between ink and paper lie the smoothed edges of letters. The ground touches no letter.
_INK_GREY: Final = 0
_PAPER_GREY: Final = 240
_GROUND_GREY: Final = 255

_SHADES: Final = 15
"""Shades from ink to paper: with the ground as the sixteenth colour, a pixel takes four bits."""

_COMPRESS_LEVEL: Final = 4
"""Of zlib: higher ones take twice the time and save a few hundred bytes."""


def draw_qr(recipe: Mapping[str, Any]) -> bytes:
    """Returns a PNG of {"link": the address in the QR code, "code": the text below}."""
    modules = _modules(recipe["link"])
    side = _WIDTH - 2 * _MARGIN
    card = Image.new("L", (_WIDTH, side + _BAND_HEIGHT + 2 * _MARGIN), _GROUND_GREY)
    pen = ImageDraw.Draw(card)
    paper = (_MARGIN, _MARGIN, _WIDTH - _MARGIN, _MARGIN + side + _BAND_HEIGHT)
    pen.rounded_rectangle(paper, radius=_CORNER, fill=_PAPER_GREY)
    offset = _MARGIN + (side - modules.width) // 2
    card.paste(modules, (offset, offset))
    bottom = offset + modules.height
    middle = (_WIDTH // 2, (bottom + paper[3]) // 2)
    _write(pen, recipe["code"], middle, side - 2 * _MARGIN)
    return _png(card)


def _modules(link: str) -> Image.Image:
    """Returns the bare QR code, at the largest whole pixels per module; the paper around it is its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(link)
    code.make(fit=True)
    count = code.modules_count
    greys = bytes(_INK_GREY if dark else _PAPER_GREY for row in code.modules for dark in row)
    size = count * ((_WIDTH - 2 * _MARGIN) // (count + 2 * _QUIET_MODULES))
    return Image.frombytes("L", (count, count), greys).resize((size, size), Image.Resampling.NEAREST)


def _write(pen: ImageDraw.ImageDraw, code: str, middle: tuple[int, int], width: int) -> None:
    """Writes the code in the largest letters that fit, spaced to prevent misreading."""
    size = _LETTER_SIZE_MAX
    while size > _LETTER_SIZE_MIN and _extent(code, size) > width:
        size -= 4
    x, y = middle[0] - _extent(code, size) / 2, middle[1]
    for letter in code:
        pen.text((x, y), letter, fill=_INK_GREY, font=_font(size), anchor="lm")
        x += _extent(letter, size) + size * _LETTER_GAP


def _extent(code: str, size: int) -> float:
    font = _font(size)
    return sum(font.getlength(letter) for letter in code) + size * _LETTER_GAP * (len(code) - 1)


@lru_cache
def _font(size: int) -> FreeTypeFont:
    """Returns Pillow's own font, which it would unpack at each use."""
    font = ImageFont.load_default(size)
    assert isinstance(font, FreeTypeFont)  # as for every size that is given
    return font


def _png(card: Image.Image) -> bytes:
    """Encodes with a palette, because the few colours then take half the bytes and time."""
    picture = card.point(_NUMBERS)
    picture.putpalette(_PALETTE)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=_COMPRESS_LEVEL)
    return file.getvalue()


def _shade(number: int) -> tuple[int, ...]:
    """Returns the colour of a number between 0, which is ink, and the highest, which is paper."""
    highest = _SHADES - 1
    return tuple(ink + round((paper - ink) * number / highest) for ink, paper in zip(_INK, _PAPER, strict=True))


_PALETTE: Final = [value for colour in (*map(_shade, range(_SHADES)), _GROUND) for value in colour]
_NUMBERS: Final = [min(round(grey * (_SHADES - 1) / _PAPER_GREY), _SHADES) for grey in range(256)]
"""The colour's number in the palette for each grey."""
