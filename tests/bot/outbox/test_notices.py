import asyncio
import sqlite3
from collections.abc import Sequence
from random import Random

import pytest

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.outbox.notices import NoticePump, Notices, Render
from engine.views import NoticeRow
from machine import ADMIN, Store, stopped, text_to, until
from quick_clock import QuickClock


class Books:
    """The engine as the pump sees it."""

    def __init__(self, *rows: NoticeRow) -> None:
        self.rows = list(rows)
        self.noticed = asyncio.Event()

    async def notices(self, after: int, count: int) -> list[NoticeRow]:
        return [row for row in self.rows if row.number > after][:count]


def notice(number: int, kind: str, person: str | None) -> NoticeRow:
    return NoticeRow(number, seq=number, at=0, kind=kind, person=person, values={})


async def render(row: NoticeRow, person: Person) -> Sequence[Outgoing]:
    if row.kind == "strange":
        raise LookupError(row.kind)
    return [text_to(person.chat_id, f"{row.kind} for {person.name}")]


def pump(books: Notices, store: Store, render: Render = render) -> NoticePump:
    return NoticePump(
        books,
        store.people,
        store.outbox,
        store.writer,
        render,
        clock=QuickClock(),
        random=Random(1),
        written=lambda: None,
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
        ("notice:1/P101/0", 101, "N-1"),
        ("notice:43/P900/0", ADMIN, "N-1B"),
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
    class Broken(NoticePump):
        broken = True

        def _write(self, connection, letters, number):  # type: ignore[no-untyped-def]
            super()._write(connection, letters, number)
            if Broken.broken:
                Broken.broken = False
                raise ValueError("the power went")

    await store.know(101, "Nader")
    books = Books(notice(1, "credited", "P101"))
    broken = Broken(
        books,
        store.people,
        store.outbox,
        store.writer,
        render,
        clock=QuickClock(),
        random=Random(1),
        written=lambda: None,
    )
    with pytest.raises(ValueError, match="power"):
        await broken.step()
    assert await told(store) == []
    assert await store.outbox.cursor("notices") == 0
    await broken.step()
    assert len(await told(store)) == 1


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

    async def read_and_render(row: NoticeRow, person: Person) -> Sequence[Outgoing]:
        if out_of_reach:
            raise out_of_reach.pop()
        return await render(row, person)

    notices = pump(Books(notice(1, "credited", "P101")), store, read_and_render)
    with pytest.raises(sqlite3.OperationalError):
        await notices.step()
    await notices.step()
    assert await told(store) == [("notice:1/P101/0", 101, "N-1")]
