"""Opens stores for tests: both kinds, on real files, with a programme and a short way to feed them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.events.model import ProgrammeChanged
from engine.programme.model import Programme
from engine.replay import result, run_history
from engine.store.connection import connect
from engine.store.memory import MemoryStore
from engine.store.sqlite import SqliteStore
from new_stores import begin_books

Tables = dict[str, Any]

DIRECT: Tables = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
UNILEVEL: Tables = {**DIRECT, "plan": {"kind": "unilevel", "levels": ["15%", "12%", "8%"]}}


@contextmanager
def sqlite_store(path: Path, tables: Tables) -> Iterator[SqliteStore]:
    """Yields a new file with its first programme, inside one open transaction."""
    begin_books(path)
    connection = connect(path)
    try:
        SqliteStore.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        store = SqliteStore(connection)
        store.take(ProgrammeChanged(tables), 0)
        yield store
        if connection.in_transaction:
            connection.execute("COMMIT")
    finally:
        connection.close()


def replayed_in_memory(tables: Tables, events: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns the result that `moaref replay` prints for the events."""
    store = MemoryStore(Programme.from_tables(tables))
    return result(store, run_history([json.dumps(event) for event in events], store))


def replayed_in_sqlite(path: Path, tables: Tables, events: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns the same through a SQLite file."""
    with sqlite_store(path, tables) as store:
        return result(store, run_history([json.dumps(event) for event in events], store))


def rows_of(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    """Returns rows as plain tuples."""
    return [tuple(row) for row in connection.execute(sql)]
