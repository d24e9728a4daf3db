"""Computes with colours "#rrggbb" as WCAG 2.2 does: how well one can be read on another, and mixtures."""

import re
from typing import Final

WHITE: Final = "#ffffff"
INK: Final = "#0d1f3c"

LARGE_LETTERS: Final = 3.0
"""The contrast that WCAG 2.2 (1.4.3) asks of large letters, as all of a picture's are."""

_COLOUR: Final = re.compile("#[0-9a-f]{6}")


def parse_colour(text: str) -> str:
    """Returns the colour in small letters. Raises ValueError for anything but #rrggbb."""
    colour = text.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise ValueError('a colour such as "#2f6fbf"')
    return colour


def channels(colour: str) -> tuple[int, int, int]:
    """Returns red, green and blue, 0 to 255."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Returns the contrast ratio of two colours, 1 to 21, whichever is the lighter."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Returns a mixture that holds `share` (0 to 1) of the first colour."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + bytes(round(a * share + b * (1 - share)) for a, b in pairs).hex()


def readable_on(ground: str) -> str:
    """Returns white or ink, whichever is read better on the ground."""
    return max((WHITE, INK), key=lambda letters: contrast(letters, ground))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
