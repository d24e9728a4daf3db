"""Writes the store of a programme that has grown to so many members, by the engine's own rules: a proof holds."""

import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from bot.cli.benchmarks.processes import PROGRAMME
from bot.store import MIGRATIONS
from engine.events.model import Event, Join, Line, Order, ProgrammeChanged
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.store.sqlite import SqliteStore

FIRST_PERSON: Final = 1_000_000
"""The first member's Telegram id; the others' follow."""

_MONTH_MS: Final = 30 * 86_400_000


def code(number: int) -> str:
    """Returns the id of a member, which is their referral code."""
    return f"A{number:07}"


def write_store(path: Path, members: int) -> None:
    """Writes the books of the last month, in which each member joined under a random earlier one and bought once, and
    the members' profiles.
    """
    with closing(connect(path)) as connection:
        SqliteStore.prepare(connection)
        migrate(connection, "machine", MIGRATIONS)
        connection.execute("BEGIN IMMEDIATE")
        store, begun = SqliteStore(connection), time.time_ns() // 1_000_000 - _MONTH_MS
        for number, event in enumerate(_events(members)):
            store.take(event, begun + number * _MONTH_MS // (2 * members + 2))
        connection.executemany(
            "INSERT INTO profiles (person, telegram_id, name, language, first_update, seen_at)"
            " VALUES (?, ?, ?, 'en', 0, 0)",
            ((code(number), FIRST_PERSON + number, f"Karim {number}") for number in range(members)),
        )
        connection.execute("COMMIT")


def _events(members: int) -> Iterator[Event]:
    random = Random(1)  # noqa: S311  the same programme in every run
    yield ProgrammeChanged(tomllib.loads(PROGRAMME))
    for number in range(members):
        yield Join(code(number), code(random.randrange(number)) if number else None)
        yield Order(f"o{number}", code(number), (Line("phone", random.randrange(1_000, 100_000)),))
