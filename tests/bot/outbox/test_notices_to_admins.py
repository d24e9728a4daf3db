"""What admins are told: the first at once, what comes soon after it together, and nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from random import Random

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.notifications.notice_dispatcher import Due, NoticeDispatcher
from bot.store.pending_notices import HeldNotices
from engine.notices import Unreadable
from engine.queries.views import NoticeRow
from machine import ADMIN, Store, text_to
from ticking import START, StandingClock


class Books:
    """The engine as the pump sees it."""

    def __init__(self, *rows: NoticeRow) -> None:
        self.rows = list(rows)
        self.noticed = asyncio.Event()

    async def notices(self, after: int, count: int) -> list[NoticeRow]:
        return [row for row in self.rows if row.number > after][:count]

    async def notices_numbered(self, numbers: Sequence[int]) -> list[NoticeRow]:
        return [row for row in self.rows if row.number in numbers]


class Plain:
    """Everybody is told everything at once."""

    async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:  # noqa: ARG002
        return Due(now)

    def alone(self, notice: NoticeRow) -> bool:  # noqa: ARG002
        return False

    async def say(self, notices: Sequence[NoticeRow], person: Person, *, waited: bool) -> Sequence[Outgoing]:  # noqa: ARG002
        return [text_to(person.chat_id, " + ".join(row.kind for row in notices))]


def requested(number: int) -> NoticeRow:
    return NoticeRow(number, seq=number, at=0, kind="requested", person=None, notice=Unreadable())


def pump(books: Books, store: Store, clock: StandingClock) -> NoticeDispatcher:
    return NoticeDispatcher(
        store.for_outbox(clock),
        books,
        HeldNotices(store.reader),
        Plain(),
        random=Random(1),
        gather_ms=5_000,
    )


async def told(store: Store) -> list[str]:
    return [cause for (cause,) in await store.rows("SELECT cause FROM outbox ORDER BY id")]


async def test_what_admins_are_told_close_together_is_one_message(store: Store) -> None:
    await store.know(ADMIN, "Hamid")
    clock, books = StandingClock(), Books(requested(1))
    gathering = pump(books, store, clock)
    await gathering.step()
    assert await told(store) == ["notice:1/P900/0"]
    for number in range(2, 121):
        books.rows.append(requested(number))
        clock.time += 200
        await gathering.step()
    assert len(await told(store)) == 1
    clock.time = START + 30_000
    await gathering.step()
    assert (await told(store))[1:] == ["notice:2-120/P900/0"]
    clock.time += 30_000
    books.rows.append(requested(121))
    await gathering.step()
    assert (await told(store))[2:] == ["notice:121/P900/0"]


async def test_what_admins_wait_to_be_told_survives_a_restart_and_is_told_once(store: Store) -> None:
    await store.know(ADMIN, "Hamid")
    clock, books = StandingClock(), Books(*(requested(number) for number in range(1, 6)))
    await pump(books, store, clock).step()
    assert len(await told(store)) == 1
    clock.time += 30_000
    for _ in range(2):
        await pump(books, store, clock).step()
    assert await told(store) == ["notice:1/P900/0", "notice:2-5/P900/0"]
