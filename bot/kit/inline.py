"""Somebody types the bot's name in a chat."""

from dataclasses import dataclass

from bot.kit.languages import Language
from bot.kit.person import Person


@dataclass(frozen=True, slots=True)
class Asking:
    """Who typed the bot's name, None for a stranger, and what they typed behind it; `now` in ms UTC."""

    person: Person | None
    language: Language
    query: str
    now: int
