"""Defines inline queries: the bot's name typed in a chat."""

from dataclasses import dataclass

from bot.kit.languages import Language
from bot.kit.person import Person


@dataclass(frozen=True, slots=True)
class Asking:
    """Holds who typed the bot's name, None for a stranger, and the words after it; `now` in ms UTC."""

    person: Person | None
    language: Language
    query: str
    now: int
