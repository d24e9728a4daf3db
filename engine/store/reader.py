"""Reads beside the writer: in WAL mode neither waits for the other.

Queries that wait together are one job of the reading thread, as jobs of the writer are one commit: waking the thread
and the loop costs more than most queries.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import aiosqlite

from engine.store.connection import BUSY_TIMEOUT_MS
from engine.store.driver import Parameters
from engine.store.file_identity import FileIdentity

Query = tuple[str, Parameters]


@dataclass(slots=True)
class _Waiting:
    """Holds queries of one caller, which are answered together."""

    queries: Sequence[Query]
    future: asyncio.Future[list[list[sqlite3.Row]]]
    answer: list[list[sqlite3.Row]] | Exception | None = None

    def settle(self) -> None:
        if self.future.done():  # nobody waits any more
            return
        if isinstance(self.answer, Exception):
            self.future.set_exception(self.answer)
        elif self.answer is not None:
            self.future.set_result(self.answer)


class Reader:
    """Holds one read-only connection; each fetch sees what was committed when it began.

    `jobs` counts the visits to the reading thread.
    """

    def __init__(self, connection: aiosqlite.Connection, files: FileIdentity, *, lenient: bool = False) -> None:
        self.connection = connection
        self.jobs = 0
        self._files = files
        self._lenient = lenient
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path | str, *, lenient: bool = False) -> "Reader":
        """Opens a reader; `lenient` reads damaged text with replacement characters for invalid UTF-8, and never fails
        for it.
        """
        connection = aiosqlite.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        connection._thread.daemon = True  # noqa: SLF001 - an unclosed reader must not keep the process alive
        await connection
        connection.row_factory = sqlite3.Row
        await connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        await connection.execute_fetchall("SELECT COUNT(*) FROM sqlite_schema")  # opens the log, too
        return cls(connection, FileIdentity(path), lenient=lenient)

    @property
    def is_held(self) -> bool:
        """Returns whether it refuses every fetch for now."""
        return self._files.held is not None

    def hold(self, problem: str | None) -> None:
        """Refuses every fetch with StoreHeld from now on; None ends that."""
        self._files.held = problem

    def check(self) -> None:
        """Raises StoreAway while the store's file is deleted, moved or replaced."""
        self._files.check()

    async def gather(self, *queries: Query) -> list[list[sqlite3.Row]]:
        """Returns the rows of each query, all asked in one job of the thread.

        Raises sqlite3.Error of the first that fails; StoreAway while the file is deleted, moved or replaced.
        """
        waiting = _Waiting(queries, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._answer_all())
        return await waiting.future

    async def fetch(self, sql: str, params: Parameters = ()) -> list[sqlite3.Row]:
        """Returns the rows. Raises as `gather`."""
        (rows,) = await self.gather((sql, params))
        return rows

    async def fetch_one(self, sql: str, params: Parameters = ()) -> sqlite3.Row | None:
        rows = await self.fetch(sql, params)
        return rows[0] if rows else None

    async def fetch_row(self, sql: str, params: Parameters = ()) -> sqlite3.Row:
        """Returns the row of a query that always has one, such as a count."""
        (row,) = await self.fetch(sql, params)
        return row

    async def close(self) -> None:
        """Answers what waits, then ends the connection and its thread."""
        if self._work is not None and not self._work.done():
            await self._work
        await self.connection.close()

    async def _answer_all(self) -> None:
        """Answers what waits, and what has come to wait meanwhile."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                self.check()
                self.jobs += 1
                await self.connection._execute(self._answer, batch)  # type: ignore[no-untyped-call]  # noqa: SLF001
            except Exception as problem:  # noqa: BLE001 - every caller must know
                for each in batch:
                    each.answer = problem
            for each in batch:
                each.settle()

    def _answer(self, batch: list[_Waiting]) -> None:
        """Runs in the thread of the connection."""
        for each in batch:
            try:
                each.answer = [self._rows(*query) for query in each.queries]
            except Exception as problem:  # noqa: BLE001 - one caller's error is nobody else's
                each.answer = problem

    def _rows(self, sql: str, params: Parameters) -> list[sqlite3.Row]:
        try:
            return self._executed(sql, params)
        except sqlite3.OperationalError as problem:
            if not self._lenient or "decode to UTF-8" not in str(problem):
                raise
        connection = self.connection._conn  # noqa: SLF001
        connection.text_factory = _as_far_as_it_can_be_read
        try:
            return self._executed(sql, params)
        finally:
            connection.text_factory = str

    def _executed(self, sql: str, params: Parameters) -> list[sqlite3.Row]:
        """Ends the statement also where a row cannot be read: else all later ones would see the store as it was."""
        with closing(self.connection._conn.execute(sql, params)) as cursor:  # noqa: SLF001
            return cursor.fetchall()


def _as_far_as_it_can_be_read(text: bytes) -> str:
    return text.decode("utf-8", "replace")
