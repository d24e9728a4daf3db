"""Defines the services that rendering a notice needs."""

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
    """Holds the engine, the people, the texts and the bot's own data."""

    engine: Engine
    people: People
    texts: Texts
    bot: BotFacts


Renderer = Callable[[NoticeRow, Person, NoticeRenderer], Awaitable[list[Outgoing]]]
"""Renders one person's messages of a notice; none if there is nothing to send."""
