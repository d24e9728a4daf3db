"""Stores order files that wait for a dry run or for recording, from an admin's request to its end."""

import sqlite3

from bot.kit.effects import Outgoing
from bot.kit.imports import Import, ImportWish
from bot.store import load_queries
from bot.store.outbox import Outbox, Priority
from engine.store.reader import Reader
from engine.store.writer import Writer


class Imports:
    """Holds the table `imports`. `now` is ms, UTC."""

    def __init__(self, writer: Writer, reader: Reader, outbox: Outbox) -> None:
        self._writer = writer
        self._reader = reader
        self._outbox = outbox
        self._queries = load_queries("imports")

    async def next(self) -> Import | None:
        """Returns the oldest import with work to do."""
        row = await self._reader.fetch_one(self._queries.next_open.sql)
        return None if row is None else Import(*row)

    async def move(self, each: Import, state: str, cause: str, message: Outgoing, now: int) -> None:
        """Sets its state, and enqueues the message to its author: one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            self._queries.move(connection, id=each.id, state=state)
            self._outbox.enqueue(connection, f"import:{each.id}/{cause}", [message], Priority.ANSWER, now)

        await self._writer.run(write)

    async def tell(self, each: Import, cause: str, message: Outgoing, now: int) -> None:
        """Enqueues a progress message."""

        def write(connection: sqlite3.Connection) -> None:
            self._outbox.enqueue(connection, f"import:{each.id}/{cause}", [message], Priority.ANSWER, now)

        await self._writer.run(write)


def keep_import(connection: sqlite3.Connection, cause: str, author: str, wish: ImportWish, now: int) -> None:
    """Stores an admin's request as a part of its update's transaction, so that it happens once."""
    queries = load_queries("imports")
    match wish.act:
        case "look" if wish.document is not None:
            document = wish.document
            queries.begin(connection, cause=cause, author=author, file=document.file, name=document.name, now=now)
        case "record":
            queries.confirm(connection, id=wish.id, message_id=wish.message_id)
        case _:
            queries.drop_import(connection, id=wish.id)
