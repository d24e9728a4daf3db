"""Proves stores as a running bot does, and changes them behind its back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from engine.events.model import Event
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.verify.ledger import Verdict
from engine.verify.pace import at_full_speed
from engine.verify.proof import prove_books
from stores import rows_of

HOUR_MS = 3_600_000
NOON = 1_767_268_800_000


def proved(path: Path, hours: int = 0) -> Verdict:
    """Returns the verdict of a proof, some hours after noon."""
    return prove_books(path, None, NOON + hours * HOUR_MS, at_full_speed)


def take(path: Path, events: Iterable[tuple[Event, int]]) -> None:
    """Takes events as a running bot does, each at its moment."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        store = SqliteStore(connection)
        for event, at in events:
            store.take(event, at)
        connection.execute("COMMIT")


def seals_of(path: Path) -> list[tuple[int, int]]:
    """Returns each seal's number, and the last journal row that it covers."""
    with closing(connect(path)) as connection:
        return [(number, journal) for number, journal in rows_of(connection, "SELECT number, journal FROM seals")]


def tamper(path: Path, *statements: str) -> None:
    """Changes rows as somebody does who knows that there are triggers."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = rows_of(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount == 1, statement
        for _, sql in triggers:
            connection.execute(sql)
