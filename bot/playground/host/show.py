"""One beginning of the demo: a store and the bot on it, in a world of its own, until the next beginning."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from pathlib import Path
from typing import Any, Final, Protocol

from bot.kit.languages import Language
from bot.playground import acts
from bot.playground.host.books import is_quiet
from bot.playground.host.clock import ShiftableClock
from bot.playground.host.people import Visitor
from bot.playground.host.plans import Plan
from bot.playground.host.shopfront import Shopfront
from bot.playground.server import Address
from bot.playground.world import World
from engine.programme.model import DAY_MS
from engine.service import Engine

LONGEST_SETTLING_S: Final = 5
LOOK_AGAIN_S: Final = 0.01


class RunningBot(Protocol):
    """The bot as far as the demo needs it."""

    @property
    def engine(self) -> Engine:
        """The programme it serves."""

    @property
    def web(self) -> str:
        """Where it takes purchases of shops: an address with host and port."""

    async def introduce(self, telegram_id: int, name: str, username: str, language: Language) -> str:
        """Return the person's id in the programme, for somebody who is known and reads no messages."""


Launch = Callable[[Address, Path, Mapping[str, Any], ShiftableClock], AbstractAsyncContextManager[RunningBot]]
"""Runs the bot for a block: against the server at the address, on that store, with the tables of a configuration."""


class Show:
    """A world with its people, and the bot in it once it has been opened."""

    def __init__(
        self, world: World, plan: Plan, language: Language, store: Path, clock: ShiftableClock, shop: Shopfront
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
        """The bot; only between `open` and `close`."""
        assert self._bot is not None  # whoever asks has waited until it is there
        return self._bot

    def admit(self, people: list[Visitor]) -> None:
        """Give everybody their phone."""
        for visitor in people:
            acts.join(self.world, visitor.user(self.language))

    async def open(self, launch: Launch, address: Address) -> None:
        """Start the bot; returns when it serves."""
        running = launch(address, self.store, {**self.plan.tables, **self.shop.tables}, self.clock)
        self._bot = await self._stack.enter_async_context(running)
        self._stack.push_async_callback(self.shop.close)
        self.shop.open(self._bot.web)

    async def pass_days(self, days: int) -> None:
        """Let days pass at once, with whatever is due in them; what was said before is sent before."""
        await self._settled()
        self.clock.shift(days * DAY_MS)
        await self.bot.engine.tick()

    async def _settled(self) -> None:
        """Messages are told in their own time: an answer of yesterday would be worth nothing today."""
        with suppress(TimeoutError):  # the platform may be made to fail
            async with asyncio.timeout(LONGEST_SETTLING_S):
                while self.world.updates.pending or not is_quiet(self.store):  # noqa: ASYNC110  (nobody says so)
                    await asyncio.sleep(LOOK_AGAIN_S)

    async def close(self) -> None:
        """Stop the bot and end the world: whoever waits in it is answered."""
        self.world.close()
        await self._stack.aclose()
        self._bot = None
