"""Runs one session of the demo: a store and the bot on it, in a world of its own, until the next session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from pathlib import Path
from typing import Final, Protocol

from bot.kit.json import JsonView
from bot.kit.languages import Language
from bot.playground import acts
from bot.playground.host.books import is_quiet
from bot.playground.host.clock import ShiftableClock
from bot.playground.host.people import Visitor
from bot.playground.host.plans import DemoProgramme
from bot.playground.host.shopfront import Shopfront
from bot.playground.host.upcoming import Upcoming
from bot.playground.server import ServerAddress
from bot.playground.world import World
from engine.programme.model import DAY_MS
from engine.service import Engine

LONGEST_SETTLING_S: Final = 5
LOOK_AGAIN_S: Final = 0.01


class RunningBot(Protocol):
    """Offers the bot to the demo."""

    @property
    def engine(self) -> Engine:
        """Returns the engine that the bot serves."""

    @property
    def web(self) -> str:
        """Returns the URL of its purchase API, with host and port."""

    async def speak(self, telegram_id: int, name: str, language: Language) -> None:
        """Knows a person by another name from now on, and writes to them in another language."""

    async def upcoming(self) -> list[Upcoming]:
        """Returns what its schedule brings next: the next slot of each job, in no order."""

    async def introduce(self, telegram_id: int, name: str, username: str, language: Language) -> str:
        """Creates a person known by name to whom nothing is sent; returns their id in the programme."""


Launch = Callable[[ServerAddress, Path, JsonView, ShiftableClock], AbstractAsyncContextManager[RunningBot]]
"""Runs the bot for a block: against the server at the address, on that store, with the tables of a configuration."""


class Show:
    """Holds a world with its people, and the bot in it once it has been opened."""

    def __init__(
        self, world: World, plan: DemoProgramme, language: Language, store: Path, clock: ShiftableClock, shop: Shopfront
    ) -> None:
        self.world = world
        self.plan = plan
        self.language = language
        self.store = store
        self.clock = clock
        self.shop = shop
        self._bot: RunningBot | None = None
        self._stack = AsyncExitStack()

    @property
    def bot(self) -> RunningBot:
        """Returns the bot; only between `open` and `close`."""
        assert self._bot is not None  # callers wait until the bot runs
        return self._bot

    @property
    def is_open(self) -> bool:
        """Returns whether the bot serves."""
        return self._bot is not None

    def admit(self, people: list[Visitor]) -> None:
        """Gives everyone their phone."""
        for visitor in people:
            acts.join(self.world, visitor.user(self.language))

    async def speak(self, people: list[Visitor], language: Language) -> None:
        """Changes the language of everyone with a phone, and of the bot's messages to them; nothing else changes."""
        self.language = language
        self.shop.language = language
        for visitor in people:
            acts.join(self.world, visitor.user(language))
            if self._bot is not None:
                await self._bot.speak(visitor.id, visitor.names[language], language)

    async def open(self, launch: Launch, address: ServerAddress) -> None:
        """Starts the bot and waits until it serves."""
        running = launch(address, self.store, {**self.plan.tables, **self.shop.tables}, self.clock)
        self._bot = await self._stack.enter_async_context(running)
        self._stack.push_async_callback(self.shop.close)
        self.shop.open(self._bot.web)

    async def pass_days(self, days: int) -> None:
        """Advances days at once, with all work due in them; pending messages are sent first."""
        await self._settled()
        self.clock.shift(days * DAY_MS)
        await self.bot.engine.tick()

    async def _settled(self) -> None:
        """Waits until pending messages are sent: sent after the shift, they would be outdated."""
        with suppress(TimeoutError):  # a fault may be planned for it
            async with asyncio.timeout(LONGEST_SETTLING_S):
                while self.world.updates.pending or not is_quiet(self.store):  # noqa: ASYNC110  (there is no event for it)
                    await asyncio.sleep(LOOK_AGAIN_S)

    async def close(self) -> None:
        """Stops the bot and ends the world: waiting requests are answered."""
        self.world.close()
        await self._stack.aclose()
        self._bot = None
