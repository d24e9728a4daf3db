"""Draws the QR card of an invitation: the code to scan, and below it the same invitation code as text.

Dark on white with the quiet zone of four modules that ISO/IEC 18004 requires, so that any phone reads it from a screen.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage

_WIDTH: Final = 960
_MARGIN: Final = 60
_QUIET_MODULES: Final = 4
_LETTER_SIZE_MAX: Final = 92
_LETTER_SIZE_MIN: Final = 20
_LETTER_GAP: Final = 0.14  # fraction of the letter size
_BAND_HEIGHT: Final = 150
_CORNER: Final = 32

_GROUND: Final = "#e8eef6"
_PAPER: Final = "#ffffff"
_INK: Final = "#0d1f3c"


def draw_qr(recipe: Mapping[str, Any]) -> bytes:
    """Returns a PNG of {"link": the address in the QR code, "code": the text below}."""
    modules = _modules(recipe["link"])
    side = _WIDTH - 2 * _MARGIN
    card = Image.new("RGB", (_WIDTH, side + _BAND_HEIGHT + 2 * _MARGIN), _GROUND)
    pen = ImageDraw.Draw(card)
    paper = (_MARGIN, _MARGIN, _WIDTH - _MARGIN, _MARGIN + side + _BAND_HEIGHT)
    pen.rounded_rectangle(paper, radius=_CORNER, fill=_PAPER)
    offset = _MARGIN + (side - modules.width) // 2
    card.paste(modules, (offset, offset))
    bottom = offset + modules.height
    middle = (_WIDTH // 2, (bottom + paper[3]) // 2)
    _write(pen, recipe["code"], middle, side - 2 * _MARGIN)
    return _png(card)


def _modules(link: str) -> Image.Image:
    """Returns the bare QR code, at the largest whole pixels per module; the paper around it is its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, image_factory=PilImage)
    code.add_data(link)
    code.make(fit=True)
    code.box_size = (_WIDTH - 2 * _MARGIN) // (code.modules_count + 2 * _QUIET_MODULES)
    modules: Image.Image = code.make_image(fill_color=_INK, back_color=_PAPER).get_image()
    return modules.convert("RGB")


def _write(pen: ImageDraw.ImageDraw, code: str, middle: tuple[int, int], width: int) -> None:
    """Writes the code in the largest letters that fit, spaced to prevent misreading."""
    size = _LETTER_SIZE_MAX
    while size > _LETTER_SIZE_MIN and _extent(pen, code, size) > width:
        size -= 4
    x, y = middle[0] - _extent(pen, code, size) / 2, middle[1]
    for letter in code:
        pen.text((x, y), letter, fill=_INK, font=ImageFont.load_default(size), anchor="lm")
        x += _extent(pen, letter, size) + size * _LETTER_GAP


def _extent(pen: ImageDraw.ImageDraw, code: str, size: int) -> float:
    font = ImageFont.load_default(size)
    return sum(pen.textlength(letter, font=font) for letter in code) + size * _LETTER_GAP * (len(code) - 1)


def _png(card: Image.Image) -> bytes:
    """Encodes with a palette, because the few colours then take half the bytes and time."""
    file = BytesIO()
    card.quantize(colors=16, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()
