"""Defines how the shop looks in pictures."""

from dataclasses import dataclass
from typing import Final

COLOUR: Final = "#2f6fbf"
"""The colour of shops that have configured none."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Holds the shop's colour "#rrggbb", and its logo's file (absolute path), "" where it has none."""

    colour: str = COLOUR
    logo: str = ""
