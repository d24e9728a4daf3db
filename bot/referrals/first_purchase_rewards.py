"""Issues rewards for a first purchase from the journal: every order, whatever its source, is seen here once."""

from collections.abc import Mapping
from typing import Final

import msgspec

from bot.kit.rewards import Reward
from bot.referrals.reward_issuing import RewardIssuer
from bot.runtime.clock import Clock
from bot.runtime.loop import in_rounds
from bot.runtime.signals import Signal
from bot.store import load_queries
from bot.store.outbox import Outbox
from engine.service import Engine
from engine.transaction import Transaction

PAGE_SIZE: Final = 200
LOOK_AGAIN_MS: Final = 15_000
"""Polling interval: another process on the same store cannot wake this one, so its orders may be this late."""


class _Ordered(msgspec.Struct, frozen=True):
    """Holds what counts of an order's event in the journal."""

    order: str
    buyer: str


class FirstPurchases:
    """Follows the journal for each reward, from its configuration on. `given` is set after rewards were issued."""

    def __init__(
        self,
        engine: Engine,
        outbox: Outbox,
        rewards: Mapping[str, Reward],
        giving: RewardIssuer,
        *,
        clock: Clock,
        given: Signal,
    ) -> None:
        self._engine = engine
        self._outbox = outbox
        self._rewards = [each for each in rewards.values() if each.when == "first_purchase"]
        self._refilled = list(rewards.values())
        self._giving = giving
        self._clock = clock
        self._given = given
        self._books_changed = engine.watch()
        self._is_refilled = False
        self._queries = load_queries("friends")

    async def run(self) -> None:
        """Runs until cancelled. Starts with people who wait for codes, and with the rows left by an earlier run."""
        await in_rounds(self._give, self._books_changed, self._clock, subject="rewards", retry_ms=LOOK_AGAIN_MS)

    async def _give(self) -> int:
        if not self._is_refilled:
            await self._refill()
            self._is_refilled = True
        await self.step()
        return LOOK_AGAIN_MS

    async def step(self) -> None:
        """Processes all new journal rows."""
        for reward in self._rewards:
            cursor = f"reward:{reward.id}"
            while await self._page(reward.id, cursor, await self._outbox.cursor(cursor)):
                pass

    async def _refill(self) -> None:
        def fill(books: Transaction) -> None:
            for reward in self._refilled:
                self._giving.fill(books.connection, reward, self._clock.now())

        await self._engine.transaction(fill)
        self._given.set()

    async def _page(self, reward: str, cursor: str, after: int) -> bool:
        """Processes the next orders. Returns whether there may be more. A new reward starts at the journal's end."""

        def take(books: Transaction) -> tuple[int, bool]:
            db = books.connection
            end = self._queries.last_event(db)["seq"]
            if not after:
                self._outbox.move_cursor(db, cursor, end)
                return 0, False
            rows = list(self._queries.orders_after(db, seq=after, size=PAGE_SIZE))
            full = len(rows) == PAGE_SIZE
            orders = [msgspec.json.decode(row["content"], type=_Ordered) for row in rows]
            given = sum(self._is_given(books, each, reward) for each in orders)
            if rows or end > after:
                self._outbox.move_cursor(db, cursor, rows[-1]["seq"] if full else end)
            return given, full

        given, more = await self._engine.write_silently(take)
        if given:
            self._given.set()
        return more

    def _is_given(self, books: Transaction, event: _Ordered, reward: str) -> bool:
        """Returns whether a reward was issued.

        Only a friend's very first order counts, and only after their attribution.
        """
        buyer = event.buyer
        known = books.person(buyer)
        if known is None or known.since is None:
            return False
        selves = self._giving.selves(books.connection, buyer)
        firsts = [row for each in selves for row in self._queries.first_order_of(books.connection, buyer=each)]
        first = min(firsts, key=lambda row: (row["at"], row["id"]), default=None)
        if first is None or first["id"] != event.order or first["at"] < known.since:
            return False
        return self._giving.bought(books, buyer, reward, self._clock.now())
