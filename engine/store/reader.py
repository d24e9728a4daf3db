"""Reading beside the writer: in WAL mode a reader never waits for it, nor it for a reader."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiosqlite

from engine.store.connection import BUSY_TIMEOUT_MS
from engine.store.file_identity import FileIdentity

Parameters = Sequence[Any] | Mapping[str, Any]


class Reader:
    """One read-only connection; each fetch sees what was committed when it began."""

    def __init__(self, connection: aiosqlite.Connection, files: FileIdentity) -> None:
        self.connection = connection
        self._files = files

    @classmethod
    async def open(cls, path: Path | str) -> "Reader":
        connection = aiosqlite.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
        connection._thread.daemon = True  # noqa: SLF001 - whoever forgets to close must not keep the process from ending
        await connection
        connection.row_factory = sqlite3.Row
        await connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        await connection.execute_fetchall("SELECT COUNT(*) FROM sqlite_schema")  # opens the log, too
        return cls(connection, FileIdentity(path))

    @property
    def is_held(self) -> bool:
        """Whether it refuses every fetch for now."""
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
        return list(await self.connection.execute_fetchall(sql, params))

    async def fetch_one(self, sql: str, params: Parameters = ()) -> sqlite3.Row | None:
        rows = await self.fetch(sql, params)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Ends the connection and its thread."""
        await self.connection.close()
