"""What it takes to turn a notice into messages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.kit.context import BotFacts
from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.texts import Texts
from engine.queries.views import NoticeRow
from engine.service import Engine


@dataclass(frozen=True, slots=True)
class NoticeRenderer:
    """The books, the people, the texts and what the bot knows of itself."""

    engine: Engine
    people: People
    texts: Texts
    bot: BotFacts


Renderer = Callable[[NoticeRow, Person, NoticeRenderer], Awaitable[list[Outgoing]]]
"""The messages that one person gets of one notice; none where it is nothing to write about."""
