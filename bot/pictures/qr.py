"""Computes QR codes, dark on light, whole px per module."""

from typing import Final

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

QUIET_MODULES: Final = 4
"""The light margin that ISO/IEC 18004 asks for, on each side."""


def modules(link: str) -> Image.Image:
    """Returns the bare code as a mask, one px per module: 255 where it is dark."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(link)
    code.make(fit=True)
    count = code.modules_count
    return Image.frombytes("L", (count, count), bytes(255 * dark for row in code.modules for dark in row))


def module_size(count: int, side: float) -> int:
    """Returns the largest whole px per module with which `count` modules and their quiet zone fit into `side`."""
    return max(1, int(side) // (count + 2 * QUIET_MODULES))
