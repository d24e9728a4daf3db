"""Defines the services that rendering a notice needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.kit.bot_facts import BotFacts
from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.preferences import Group, PreferenceRepository
from bot.kit.texts import Texts
from engine.notices import Notice
from engine.queries.views import NoticeRow
from engine.service import Engine

N = TypeVar("N", bound=Notice)


@dataclass(frozen=True, slots=True)
class NoticeRenderer:
    """Holds the engine, the people, the texts, the bot's own data, and what people have chosen to be told."""

    engine: Engine
    people: People
    texts: Texts
    bot: BotFacts
    preferences: PreferenceRepository | None = None

    async def muted_by(self, person: Person) -> frozenset[Group]:
        """Returns the kinds of notices that the person has switched off."""
        if self.preferences is None:
            return self.bot.defaults.muted
        return (await self.preferences.of(person.id)).over(self.bot.defaults, self.bot.zone).muted


Renderer = Callable[[N, NoticeRow, Person, NoticeRenderer], Awaitable[list[Outgoing]]]
"""Renders one person's messages of a notice and its row; none if there is nothing to send."""


def renders(notice: type[N], renderer: Renderer[N]) -> tuple[type[Notice], Renderer[Any]]:
    """Registers the renderer of these notices, so that mypy compares both."""
    return notice, renderer
