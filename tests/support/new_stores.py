"""Begins a test's store as a copy of migrated tables: all the migrations take 40 ms of each new file, a copy one.

What opens it finds nothing to migrate. That every migration runs, from nothing and from each earlier version, is for
tests that begin without this (tests/engine/store/test_migrate.py, tests/bot/test_machine.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory
from typing import Final

from engine.store.connection import OWNER_ONLY, connect
from engine.store.migrate import apply as migrate
from engine.store.sqlite import SqliteStore


def _machine(connection: Connection) -> None:
    from bot.store import MIGRATIONS  # the tests of the engine need nothing of the bot

    migrate(connection, "machine", MIGRATIONS)


def _bot(connection: Connection) -> None:
    from bot.store.names import fold_names

    SqliteStore.prepare(connection)
    _machine(connection)
    fold_names(connection)


def begin_bot(path: Path) -> None:
    """Begins a store with the tables of the books and of the machine; an existing file stays as it is."""
    _begin(path, _bot)


def begin_books(path: Path) -> None:
    """Begins a store with the tables of the books alone; an existing file stays as it is."""
    _begin(path, SqliteStore.prepare)


def begin_machine(path: Path) -> None:
    """Begins a store with the tables of the machine alone; an existing file stays as it is."""
    _begin(path, _machine)


Migrate = Callable[[Connection], None]
NEW: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY


def _begin(path: Path, tables: Migrate) -> None:
    if not path.exists():
        with os.fdopen(os.open(path, NEW, OWNER_ONLY), "wb") as file:
            file.write(_migrated(tables))


@cache
def _migrated(tables: Migrate) -> bytes:
    """Returns the content of a file with these tables and nothing in them."""
    with TemporaryDirectory(prefix="moaref-tables-") as folder:
        path = Path(folder) / "store.db"
        with closing(connect(path)) as connection:
            tables(connection)
        return path.read_bytes()
