"""Counts of friends and of levels are kept as things happen, and are what a count from scratch gives."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from batches import Case, run_batch
from earlier_migrations import migrations_before
from engine.events.model import Attribute, Join, Line, Order
from engine.queries.reads import LEVELS_COUNTED, Reads
from engine.replay import run_history
from engine.store import migrate
from engine.store.connection import connect
from engine.store.reader import Reader
from engine.store.sqlite import MIGRATIONS, SqliteStore
from engine.verify.ledger import verify
from histories import cases
from stores import DIRECT, UNILEVEL, rows_of, sqlite_store

KEPT = "SELECT sponsor, came, joined, bought FROM friend_counts ORDER BY sponsor"
COUNTED = """
    SELECT p.sponsor, COUNT(*), COUNT(m.id), COUNT(*) FILTER (WHERE p.orders > 0)
    FROM persons AS p LEFT JOIN members AS m ON m.id = p.id
    WHERE p.sponsor IS NOT NULL GROUP BY p.sponsor ORDER BY p.sponsor
"""
LEVELS_KEPT = "SELECT member, level, members FROM level_counts ORDER BY member, level"


def levels_from_scratch(connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Counts upwards from each member, one step at a time."""
    sponsors = dict(rows_of(connection, "SELECT id, sponsor FROM members"))
    found: dict[tuple[str, int], int] = {}
    for member in sponsors:
        above = list(_above(member, sponsors))[:LEVELS_COUNTED]
        for level, sponsor in enumerate(above, 1):
            found[sponsor, level] = found.get((sponsor, level), 0) + 1
    return sorted((member, level, count) for (member, level), count in found.items())


def _above(member: str, sponsors: dict[str, str | None]) -> Iterator[str]:
    at = sponsors[member]
    while at is not None:
        yield at
        at = sponsors[at]


@pytest.mark.parametrize("number", range(2))
def test_counts_are_those_from_scratch_whatever_happens(number: int) -> None:
    counted = 0

    def check(case: Case) -> None:
        nonlocal counted
        tables, events = case
        with tempfile.TemporaryDirectory() as folder, sqlite_store(Path(folder) / "books.db", tables) as store:
            run_history([json.dumps(event) for event in events], store)
            counted += len(rows_of(store.connection, COUNTED))
            assert rows_of(store.connection, KEPT) == rows_of(store.connection, COUNTED)
            assert rows_of(store.connection, LEVELS_KEPT) == levels_from_scratch(store.connection)

    run_batch(check, cases(), number, 40)
    assert counted > 0


def test_a_friend_who_came_joined_and_bought_twice_counts_once_for_each(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "books.db", DIRECT) as store:
        store.take(Join("nader"), 1)
        store.take(Attribute("sara", "nader"), 2)
        assert rows_of(store.connection, KEPT) == [("nader", 1, 0, 0)]
        for number in range(2):
            store.take(Order(f"o{number}", "sara", (Line("phone", 100),)), 3)
        store.take(Join("sara"), 4)
        assert rows_of(store.connection, KEPT) == [("nader", 1, 1, 1)]


async def test_levels_deeper_than_are_counted_are_counted_when_asked_for(tmp_path: Path) -> None:
    path, deep = tmp_path / "books.db", LEVELS_COUNTED + 5
    with sqlite_store(path, UNILEVEL) as store:
        for number in range(deep + 1):
            store.take(Join(f"m{number}", f"m{number - 1}" if number else None), number)
    reader = await Reader.open(path)
    reads = Reads(reader, None)
    assert await reads.sponsored_levels("m0", LEVELS_COUNTED) == [1] * LEVELS_COUNTED
    assert await reads.sponsored_levels("m0", 99) == [1] * deep
    assert await reads.sponsored_levels("m0", 2) == [1, 1]
    assert await reads.sponsored_levels(f"m{deep}", 3) == []
    assert [await reads.friends(each) for each in ("m0", f"m{deep}", "nobody")] == [(1, 1, 0), (0, 0, 0), (0, 0, 0)]
    await reader.close()


def test_a_store_of_before_gets_its_counts(tmp_path: Path) -> None:
    early = migrations_before("*_counts.sql", MIGRATIONS, tmp_path)
    with closing(connect(tmp_path / "books.db")) as connection:
        migrate.apply(connection, "engine", early)
        people = [("nader", None, 0), ("babak", "nader", 2), ("sara", "nader", 0), ("karim", "babak", 1)]
        connection.executemany("INSERT INTO persons (id, sponsor, orders) VALUES (?, ?, ?)", people)
        row = "INSERT INTO members VALUES (?, ?, ?, NULL, NULL, 'base', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
        members = [("nader", 1, None), ("babak", 2, "nader"), ("karim", 3, "babak")]
        connection.executemany(row, members)
        SqliteStore.prepare(connection)
        assert rows_of(connection, KEPT) == rows_of(connection, COUNTED) == [("babak", 1, 1, 1), ("nader", 2, 1, 1)]
        assert rows_of(connection, LEVELS_KEPT) == [("babak", 1, 1), ("nader", 1, 1), ("nader", 2, 1)]


def test_a_sponsor_that_changes_takes_the_friend_along(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "books.db", DIRECT) as store:
        for member, sponsor in (("nader", None), ("babak", None), ("sara", "nader")):
            store.take(Join(member, sponsor), 1)
        store.take(Order("o1", "sara", (Line("phone", 100),)), 2)
        for sponsor, kept in (("babak", [("babak", 1, 1, 1), ("nader", 0, 0, 0)]), (None, [("babak", 0, 0, 0)])):
            store.connection.execute("UPDATE persons SET sponsor = ? WHERE id = 'sara'", (sponsor,))
            assert rows_of(store.connection, KEPT)[: len(kept)] == kept


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE friend_counts SET came = came + 1 WHERE sponsor = 'nader'",
        "UPDATE friend_counts SET bought = 0 WHERE sponsor = 'babak'",
        "DELETE FROM friend_counts WHERE sponsor = 'nader'",
        "INSERT INTO friend_counts VALUES ('sara', 0, 0, 0)",
        "UPDATE level_counts SET members = 7 WHERE level = 2",
        "DELETE FROM level_counts WHERE member = 'babak'",
        "INSERT INTO level_counts VALUES ('sara', 3, 1)",
    ],
)
def test_a_count_that_is_wrong_is_found_by_the_proof(change: str, tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "books.db", UNILEVEL) as store:
        for member, sponsor in (("nader", None), ("babak", "nader"), ("sara", "babak")):
            store.take(Join(member, sponsor), 1)
        store.take(Order("o1", "sara", (Line("phone", 100),)), 2)
        store.connection.execute("COMMIT")
        assert verify(store.connection).problems == ()
        store.connection.execute(change)
        problems = verify(store.connection).problems
        assert problems
        assert all("counts" in problem and problem.startswith(("friends of ", "member ")) for problem in problems)
