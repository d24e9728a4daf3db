"""Defines the bot's own profile on Telegram: its name, its descriptions and its menu button."""

from dataclasses import dataclass
from typing import Final, Literal

Field = Literal["name", "description", "short_description", "menu_button"]

LENGTHS_MAX: Final[dict[Field, int]] = {"name": 64, "description": 512, "short_description": 120}
"""Telegram's limits, in UTF-16 units."""


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """Holds the operator's words for the profile in one language, "" where they configured none."""

    name: str = ""
    description: str = ""
    short_description: str = ""


@dataclass(frozen=True, slots=True)
class ProfileText:
    """Holds what the profile is to say in one field.

    language: a code, "" for all languages without a text of their own. is_own: whether the operator configured it; a
    text that was worked out leaves alone what they wrote at Telegram.
    """

    field: Field
    language: str
    value: str
    is_own: bool
