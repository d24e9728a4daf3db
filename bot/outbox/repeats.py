"""Marks the repeat of a message whose first delivery was unconfirmed: it may be there twice, and says so."""

from dataclasses import replace
from typing import Final

from bot.kit.effects import Outgoing
from bot.kit.json import Json
from bot.kit.truncate import CAPTION_LENGTH_MAX, TEXT_LENGTH_MAX

_LIMITS: Final = {"text": TEXT_LENGTH_MAX, "caption": CAPTION_LENGTH_MAX}


def as_repeat(outgoing: Outgoing) -> Outgoing:
    """Returns the message with its note as the last line; unchanged without one, or where it would be too long."""
    if outgoing.repeat_note is None:
        return outgoing
    fallback = None if outgoing.fallback is None else _noted(outgoing.fallback, outgoing.repeat_note)
    return replace(outgoing, params=_noted(outgoing.params, outgoing.repeat_note), fallback=fallback)


def _noted(params: Json, note: str) -> Json:
    for name, most in _LIMITS.items():
        words = params.get(name)
        if isinstance(words, str) and words and len(words) + 1 + len(note) <= most:
            return {**params, name: f"{words}\n{note}"}
    return params
