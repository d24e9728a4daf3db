"""Defines the button to support, which stands wherever a text sends people to somebody who can help."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.buttons import Button, Press, RowElement, Url

if TYPE_CHECKING:
    from bot.kit.bot_facts import BotFacts


@dataclass(frozen=True)
class OpenSupport(Button, prefix="sup"):
    """Asks what to pass on to support; `fresh` under a message that is to be kept."""

    fresh: bool = False


def support_row(bot: "BotFacts", *, fresh: bool = False) -> list[RowElement]:
    """Returns the row with the button; an empty one where the configuration names no place for questions."""
    if bot.support is None:
        return []
    if bot.support.url:
        return [Url("button-support", bot.support.url)]
    return [Press("button-support", OpenSupport(fresh))]
