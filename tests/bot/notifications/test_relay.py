"""PendingNotification out of a table: all of it is told, once, whatever one of it does."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from bot.kit.effects import Outgoing
from bot.notifications.relay import PAGE_SIZE, Letters, OutboxRelay, PendingNotification
from machine import Store
from ticking import StandingClock


class Board:
    """PendingNotification by number, until they are noted as told."""

    def __init__(self, count: int, unspeakable: int | None = None) -> None:
        self.waiting = list(range(count))
        self.unspeakable = unspeakable

    async def untold(self, size: int) -> Sequence[PendingNotification]:
        return [self._news(number) for number in self.waiting[:size]]

    def _news(self, number: int) -> PendingNotification:
        async def render() -> Letters:
            if number == self.unspeakable:
                raise KeyError("what is this?")
            return [(f"news:{number}", [Outgoing(101, "sendMessage", {"text": str(number)})])]

        def noted(_: sqlite3.Connection, __: int) -> None:
            self.waiting.remove(number)

        return PendingNotification(f"news {number}", render, noted)


def relay(board: Board, store: Store) -> OutboxRelay:
    return OutboxRelay(store.for_outbox(StandingClock()), board, "the board")


async def told(store: Store) -> list[Any]:
    return [row[0] for row in await store.rows("SELECT cause FROM outbox ORDER BY id")]


async def test_pages_follow_each_other_until_nothing_waits(store: Store) -> None:
    board = Board(2 * PAGE_SIZE + 1)
    steps = [await relay(board, store).step() for _ in range(4)]
    assert steps == [True, True, False, False]
    assert await told(store) == [f"news:{number}/0" for number in range(2 * PAGE_SIZE + 1)]


async def test_what_cannot_be_put_into_words_holds_up_nothing_behind_it(store: Store) -> None:
    board = Board(3, unspeakable=0)
    assert not await relay(board, store).step()
    assert await told(store) == ["news:1/0", "news:2/0"]
    assert board.waiting == []
