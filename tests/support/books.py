"""Opens an engine on a real SQLite file, with a standing clock and sequential codes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path
from typing import Any

from engine.service import Engine
from engine.store.connection import connect
from engine.store.reader import Reader
from engine.store.sqlite import SqliteStore
from engine.store.writer import Writer
from engine.vault import Vault, new_key
from new_stores import begin_books
from stores import UNILEVEL

MARCH = 1_773_000_000_000  # a morning in March 2026, in milliseconds UTC


class Clock:
    """Returns milliseconds UTC that advance only when a test says so."""

    def __init__(self, now: int = MARCH) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def pass_days(self, days: int) -> None:
        self.now += days * 86_400_000


def codes() -> Iterator[str]:
    return (f"CODE{number:03}" for number in count(1))


@asynccontextmanager
async def open_engine(
    path: Path, tables: dict[str, Any] | None = None, *, clock: Clock | None = None, key: str | None = None
) -> AsyncIterator[Engine]:
    """Opens an engine; a new file starts with the programme `tables` (three levels by default)."""
    begin_books(path)
    with closing(connect(path)) as connection:
        SqliteStore.prepare(connection)
    writer = Writer(path)
    reader = await Reader.open(path)
    made = codes()
    try:
        yield await Engine.open(
            writer,
            reader,
            vault=Vault([key or new_key()]),
            now=clock or Clock(),
            new_code=lambda: next(made),
            tables=tables or UNILEVEL,
        )
    finally:
        await reader.close()
        writer.close()
