import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

import pytest

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.notifications.notice_dispatcher import Due, Letters, NoticeDispatcher, Notices, NotificationPolicy
from bot.runtime.clock import Clock
from bot.store.pending_notices import HeldNotices
from engine.notices import Unreadable
from engine.queries.views import NoticeRow
from machine import ADMIN, Store, stopped, text_to, until
from quick_clock import QuickClock
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


def notice(number: int, kind: str, person: str | None) -> NoticeRow:
    return NoticeRow(number, seq=number, at=0, kind=kind, person=person, notice=Unreadable())


class Plain:
    """Everybody is told everything at once, in no words to speak of."""

    async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:  # noqa: ARG002
        return Due(now)

    def alone(self, notice: NoticeRow) -> bool:
        return notice.kind == "receipt"

    async def say(self, notices: Sequence[NoticeRow], person: Person, *, waited: bool) -> Sequence[Outgoing]:  # noqa: ARG002
        if any(row.kind == "strange" for row in notices):
            raise LookupError("strange")
        return [text_to(person.chat_id, f"{' + '.join(row.kind for row in notices)} for {person.name}")]


def pump(
    books: Notices,
    store: Store,
    voice: NotificationPolicy | None = None,
    *,
    kind: type[NoticeDispatcher] = NoticeDispatcher,
    clock: Clock | None = None,
    gather_ms: int = 0,
) -> NoticeDispatcher:
    return kind(
        store.for_outbox(clock or QuickClock()),
        books,
        HeldNotices(store.reader),
        voice or Plain(),
        random=Random(1),
        gather_ms=gather_ms,
    )


async def told(store: Store) -> list[tuple[str, int, str]]:
    return [
        (cause, chat, reference)
        for cause, chat, reference in await store.rows("SELECT cause, chat_id, reference FROM outbox ORDER BY id")
    ]


async def test_a_notice_goes_to_its_person_and_one_for_nobody_to_all_admins(store: Store) -> None:
    await store.know(101, "Nader")
    await store.know(ADMIN, "Hamid")
    books = Books(notice(1, "credited", "P101"), notice(43, "requested", None))
    assert not await pump(books, store).step()
    assert await told(store) == [
        ("notice:43/P900/0", ADMIN, "N-1B"),
        ("notice:1/P101/0", 101, "N-1"),
    ]
    assert await store.rows("SELECT DISTINCT priority FROM outbox") == [(1,)]


async def test_a_notice_is_told_once_however_often_the_books_are_read(store: Store) -> None:
    await store.know(101, "Nader")
    books = Books(notice(1, "credited", "P101"))
    for _ in range(3):
        await pump(books, store).step()
    assert len(await told(store)) == 1
    await store.writer.run(lambda connection: connection.execute("UPDATE cursors SET value = 0").rowcount)
    await pump(books, store).step()
    assert len(await told(store)) == 1, "also where the cursor is lost"


async def test_messages_and_cursor_are_one_transaction(store: Store) -> None:
    class Broken(NoticeDispatcher):
        broken = True

        def _enqueue(self, connection, letters):  # type: ignore[no-untyped-def]
            super()._enqueue(connection, letters)
            if letters and Broken.broken:
                Broken.broken = False
                raise ValueError("the power went")

    await store.know(101, "Nader")
    await store.know(ADMIN, "Hamid")
    broken = pump(Books(notice(1, "credited", "P101"), notice(2, "requested", None)), store, kind=Broken)
    with pytest.raises(ValueError, match="power"):
        await broken.step()
    assert await told(store) == []
    assert await store.outbox.cursor("notices") == 0
    assert await store.rows("SELECT * FROM held_notices") == []
    Broken.broken = False
    await broken.step()
    assert len(await told(store)) == 2
    assert await store.rows("SELECT * FROM held_notices") == []


async def test_what_cannot_be_put_into_words_is_logged_and_holds_up_nothing(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await store.know(101, "Nader")
    books = Books(notice(1, "strange", "P101"), notice(2, "credited", "nobody"), notice(3, "credited", "P101"))
    await pump(books, store).step()
    assert [cause for cause, _, _ in await told(store)] == ["notice:3/P101/0"]
    assert "strange" in caplog.text
    assert await store.outbox.cursor("notices") == 3


async def test_new_notices_are_told_when_the_engine_says_so_and_else_a_little_later(store: Store) -> None:
    await store.know(101, "Nader")
    books = Books(*(notice(number, "credited", "P101") for number in range(1, 251)))
    task = asyncio.create_task(pump(books, store).run())

    async def all_told() -> bool:
        return len(await told(store)) == len(books.rows)

    await until(all_told)
    books.rows.append(notice(251, "credited", "P101"))
    books.noticed.set()
    await until(all_told, seconds=0.2)
    books.rows.append(notice(252, "credited", "P101"))
    await until(all_told)
    await stopped(task)


async def test_a_notice_waits_while_the_store_is_not_at_hand(store: Store) -> None:
    """Skipping it would lose for ever what somebody was to be told about their money."""
    await store.know(101, "Nader")
    out_of_reach = [sqlite3.OperationalError("disk I/O error")]

    class Far(Plain):
        async def say(self, notices: Sequence[NoticeRow], person: Person, *, waited: bool) -> Sequence[Outgoing]:
            if out_of_reach:
                raise out_of_reach.pop()
            return await super().say(notices, person, waited=waited)

    notices = pump(Books(notice(1, "credited", "P101")), store, Far())
    with pytest.raises(sqlite3.OperationalError):
        await notices.step()
    await notices.step()
    assert await told(store) == [("notice:1/P101/0", 101, "N-1")]


async def texts(store: Store) -> list[str]:
    return [json.loads(params)["text"] for (params,) in await store.rows("SELECT params FROM outbox ORDER BY id")]


async def test_what_comes_soon_after_a_message_is_told_together(store: Store) -> None:
    await store.know(101, "Nader")
    await store.know(102, "Sara")
    clock, books = StandingClock(), Books(notice(1, "came", "P101"))
    gathering = pump(books, store, clock=clock, gather_ms=5_000)
    await gathering.step()
    for number in (2, 3, 4):
        clock.time += 1_000
        books.rows.append(notice(number, f"bought {number}", "P101"))
        await gathering.step()
    books.rows.append(notice(5, "came", "P102"))
    await gathering.step()
    assert await texts(store) == ["came for Nader", "came for Sara"], "the first is told at once"
    clock.time += 1_999
    await gathering.step()
    assert len(await texts(store)) == 2
    clock.time += 1
    await gathering.step()
    assert (await texts(store))[2:] == ["bought 2 + bought 3 + bought 4 for Nader"]
    assert (await told(store))[2] == ("notice:2-4/P101/0", 101, "N-4")
    clock.time += 5_000
    books.rows.append(notice(6, "left", "P101"))
    await gathering.step()
    assert (await texts(store))[3:] == ["left for Nader"]


async def test_what_comes_at_the_same_moment_is_one_message_and_a_receipt_its_own(store: Store) -> None:
    await store.know(101, "Nader")
    kinds = ("credited", "rank", "receipt", "bonus")
    books = Books(*(notice(number, kind, "P101") for number, kind in enumerate(kinds, 1)))
    await pump(books, store, gather_ms=5_000).step()
    assert await texts(store) == ["receipt for Nader", "credited + rank + bonus for Nader"]


async def test_a_receipt_does_not_wait_for_others(store: Store) -> None:
    await store.know(101, "Nader")
    clock, books = StandingClock(), Books(notice(1, "credited", "P101"))
    gathering = pump(books, store, clock=clock, gather_ms=5_000)
    await gathering.step()
    books.rows += [notice(2, "credited", "P101"), notice(3, "receipt", "P101")]
    await gathering.step()
    assert await texts(store) == ["credited for Nader", "receipt for Nader"]


class Night(Plain):
    """Until a moment nobody is told anything, and of gossip never."""

    def __init__(self, until: int) -> None:
        self.until = until

    async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:  # noqa: ARG002
        return None if notice.kind == "gossip" else Due(max(now, self.until))


async def test_what_comes_in_quiet_hours_is_told_as_one_when_they_end_whatever_happens_to_the_process(
    store: Store,
) -> None:
    await store.know(101, "Nader")
    clock, books = StandingClock(), Books(notice(1, "came", "P101"), notice(2, "gossip", "P101"))
    night = Night(START + 60_000)
    await pump(books, store, night, clock=clock).step()
    books.rows += [notice(3, "credited", "P101"), notice(4, "receipt", "P101")]
    await pump(books, store, night, clock=clock).step()
    assert await texts(store) == []
    clock.time = START + 60_000
    books.rows.append(notice(5, "morning", "P101"))
    await pump(books, store, night, clock=clock).step()
    assert await texts(store) == ["receipt for Nader", "morning for Nader", "came + credited for Nader"]
    assert await store.rows("SELECT * FROM held_notices") == []


async def test_what_was_held_is_told_by_the_wishes_of_when_it_is_told(store: Store) -> None:
    await store.know(101, "Nader")
    clock, books = StandingClock(), Books(notice(1, "came", "P101"), notice(2, "credited", "P101"))
    await pump(books, store, Night(START + 60_000), clock=clock).step()
    clock.time = START + 60_000
    sleeps_longer = Night(START + 120_000)
    assert not await pump(books, store, sleeps_longer, clock=clock).step()
    assert await texts(store) == []
    books.rows[0] = notice(1, "gossip", "P101")  # the kind was switched off meanwhile
    clock.time = START + 120_000
    await pump(books, store, sleeps_longer, clock=clock).step()
    assert await texts(store) == ["credited for Nader"]
    assert await store.rows("SELECT * FROM held_notices") == []


async def test_two_pumps_on_one_store_tell_what_waited_once(store: Store) -> None:
    await store.know(101, "Nader")
    clock, night = StandingClock(), Night(START + 60_000)
    books = Books(*(notice(number, "credited", "P101") for number in range(1, 4)))
    pumps = [pump(books, store, night, clock=clock) for _ in range(2)]
    await asyncio.gather(*(each.step() for each in pumps))
    clock.time = START + 60_000
    await asyncio.gather(*(each.step() for each in pumps))
    assert await texts(store) == ["credited + credited + credited for Nader"]


async def test_what_another_process_has_told_in_part_is_told_to_its_end(store: Store) -> None:
    """Both have read what waits; the slower one has read one notice more."""
    await store.know(101, "Nader")
    clock, night = StandingClock(), Night(START + 60_000)
    books = Books(*(notice(number, "credited", "P101") for number in range(1, 4)))
    await pump(books, store, night, clock=clock).step()
    held = HeldNotices(store.reader)
    assert await store.writer.run(lambda connection: held.let_go(connection, "P101", [1, 2]))
    assert not await store.writer.run(lambda connection: held.let_go(connection, "P101", [1, 2, 3]))
    clock.time = START + 60_000
    await pump(books, store, night, clock=clock).step()
    assert [cause for cause, _, _ in await told(store)] == ["notice:3/P101/0"]


async def test_wishes_that_nobody_understands_mean_now(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    class Puzzled(Plain):
        async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:  # noqa: ARG002
            raise LookupError("no zone of that name")

    await store.know(101, "Nader")
    await pump(Books(notice(1, "credited", "P101")), store, Puzzled()).step()
    assert await texts(store) == ["credited for Nader"]
    assert "the preferences of P101" in caplog.text


async def test_one_that_has_no_words_does_not_hide_those_it_came_with(store: Store) -> None:
    await store.know(101, "Nader")
    books = Books(notice(1, "strange", "P101"), notice(2, "credited", "P101"))
    await pump(books, store, gather_ms=5_000).step()
    assert await texts(store) == ["credited for Nader"]


class Busy(Plain):
    """Commissions wait from the second on, which makes them hourly."""

    async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:  # noqa: ARG002
        return Due(now + 60_000, busy=True) if notice.number > 1 else Due(now)


async def test_the_notice_that_makes_commissions_hourly_is_kept_with_it_and_the_first_one_stays(store: Store) -> None:
    await store.know(101, "Nader")
    books, clock = Books(notice(1, "a", "P101"), notice(2, "b", "P101"), notice(3, "c", "P101")), StandingClock()
    await pump(books, store, Busy(), clock=clock).step()
    assert await store.rows("SELECT person, number FROM busy_members") == [("P101", 2)]
    assert await store.rows("SELECT number FROM held_notices ORDER BY number") == [(2,), (3,)]
    books.rows.append(notice(4, "d", "P101"))
    await pump(books, store, Busy(), clock=clock).step()
    assert await store.rows("SELECT number FROM busy_members") == [(2,)]
    clock.time += 60_000
    await pump(books, store, clock=clock).step()
    assert await texts(store) == ["a for Nader", "b + c + d for Nader"]


async def test_a_clock_set_back_does_not_keep_what_waits(store: Store) -> None:
    await store.know(101, "Nader")
    clock, books = StandingClock(), Books(notice(1, "came", "P101"), notice(2, "credited", "P101"))
    await pump(books, store, Night(START + 60_000), clock=clock).step()
    clock.time = START - 72 * 3_600_000
    await pump(books, store, clock=clock).step()
    assert await texts(store) == ["came + credited for Nader"]


async def test_a_busy_crowd_is_told_without_end_of_a_page_between(store: Store) -> None:
    for number in range(60):
        await store.know(1_000 + number, "Sara")
    rows = [notice(1 + place, "credited", f"P{1_000 + place % 60}") for place in range(240)]
    crowd = pump(Books(*rows), store, gather_ms=5_000, clock=StandingClock())
    while await crowd.step():
        pass
    told_now = {chat for (chat,) in await store.rows("SELECT chat_id FROM outbox")}
    assert told_now == set(range(1_000, 1_060))


class Cut(Exception):
    """The power goes."""


class Frail(NoticeDispatcher):
    """Whatever it writes may be undone, or be the last thing that it does."""

    chance = Random(7)

    def _enqueue(self, connection: sqlite3.Connection, letters: Letters) -> None:
        super()._enqueue(connection, letters)
        if self.chance.random() < 0.3:
            raise Cut

    def _note_told(self, people: Iterable[str], now: int) -> None:
        if self.chance.random() < 0.3:
            raise Cut
        super()._note_told(people, now)


async def test_killed_again_and_again_while_things_happen_everything_is_told_exactly_once(store: Store) -> None:
    people = [await store.know(1_000 + number, "Sara") for number in range(5)]
    await store.know(ADMIN, "Hamid")
    chance, clock, books, cuts = Random(11), StandingClock(), Books(), 0
    alive = pump(books, store, kind=Frail, clock=clock, gather_ms=5_000)
    for number in range(1, 301):
        person = chance.choice([*people, None])
        books.rows.append(notice(number, "receipt" if chance.random() < 0.2 else f"n{number}", person))
        clock.time += chance.choice([0, 100, 3_000, 6_000])
        try:
            await alive.step()
        except Cut:
            cuts += 1
            alive = pump(books, store, kind=Frail, clock=clock, gather_ms=5_000)
    clock.time += 10_000
    sound = pump(books, store, clock=clock, gather_ms=5_000)
    while await sound.step():
        pass
    assert cuts > 50
    heard: Counter[int] = Counter()
    for cause, params in await store.rows("SELECT cause, params FROM outbox"):
        kinds = json.loads(params)["text"].partition(" for ")[0].split(" + ")  # receipts alone have no number in theirs
        alone = int(cause.removeprefix("notice:").partition("/")[0].partition("-")[0])
        heard.update(alone if kind == "receipt" else int(kind.removeprefix("n")) for kind in kinds)
    assert heard == Counter(range(1, 301))
