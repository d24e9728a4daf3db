"""Defines how the shop looks in pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """Holds the shop's colour "#rrggbb" and its logo's file (absolute path); "" where it has none."""

    colour: str = ""
    logo: str = ""
