"""Reads beside the writer: in WAL mode neither waits for the other."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import aiosqlite

from engine.store.connection import BUSY_TIMEOUT_MS
from engine.store.driver import Parameters
from engine.store.file_identity import FileIdentity


class Reader:
    """Holds one read-only connection; each fetch sees what was committed when it began."""

    def __init__(self, connection: aiosqlite.Connection, files: FileIdentity, *, lenient: bool = False) -> None:
        self.connection = connection
        self._files = files
        self._lenient = lenient

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

    async def fetch(self, sql: str, params: Parameters = ()) -> list[sqlite3.Row]:
        """Returns the rows. Raises sqlite3.Error; StoreAway while the file is deleted, moved or replaced."""
        self.check()
        try:
            return await self._fetched(sql, params)
        except sqlite3.OperationalError as problem:
            if not self._lenient or "decode to UTF-8" not in str(problem):
                raise
        self.connection.text_factory = _as_far_as_it_can_be_read
        try:
            return await self._fetched(sql, params)
        finally:
            self.connection.text_factory = str

    async def _fetched(self, sql: str, params: Parameters) -> list[sqlite3.Row]:
        """Ends the statement also where a row cannot be read: else all later ones would see the store as it was."""

        def fetch() -> list[sqlite3.Row]:
            with closing(self.connection._conn.execute(sql, params)) as cursor:  # noqa: SLF001
                return cursor.fetchall()

        return await self.connection._execute(fetch)  # type: ignore[no-any-return, no-untyped-call]  # noqa: SLF001

    async def fetch_one(self, sql: str, params: Parameters = ()) -> sqlite3.Row | None:
        rows = await self.fetch(sql, params)
        return rows[0] if rows else None

    async def fetch_row(self, sql: str, params: Parameters = ()) -> sqlite3.Row:
        """Returns the row of a query that always has one, such as a count."""
        (row,) = await self.fetch(sql, params)
        return row

    async def close(self) -> None:
        """Ends the connection and its thread."""
        await self.connection.close()


def _as_far_as_it_can_be_read(text: bytes) -> str:
    return text.decode("utf-8", "replace")
