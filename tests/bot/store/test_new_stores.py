"""What tests begin with is what the migrations make."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import MIGRATIONS
from bot.store.database import Database
from engine.store import migrate
from engine.store.connection import OWNER_ONLY, connect
from engine.store.sqlite import SqliteStore
from new_stores import begin_books, begin_bot, begin_machine


def content(path: Path) -> list[str]:
    """Returns every table, index and trigger, and every row."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


async def test_a_bots_store_is_begun_with_what_a_bot_makes_of_no_file(tmp_path: Path) -> None:
    begin_bot(tmp_path / "copied.db")
    await (await Database.open(tmp_path / "made.db")).close()

    made = content(tmp_path / "made.db")
    assert content(tmp_path / "copied.db") == made
    await (await Database.open(tmp_path / "copied.db")).close()
    assert content(tmp_path / "copied.db") == made


@pytest.mark.parametrize(
    ("begin", "make"),
    [
        (begin_books, SqliteStore.prepare),
        (begin_machine, lambda connection: migrate.apply(connection, "machine", MIGRATIONS)),
    ],
    ids=["books", "machine"],
)
def test_a_store_of_one_component_is_begun_with_what_its_migrations_make(
    begin: Callable[[Path], None], make: Callable[[sqlite3.Connection], object], tmp_path: Path
) -> None:
    begin(tmp_path / "copied.db")
    with closing(connect(tmp_path / "made.db")) as connection:
        make(connection)

    assert content(tmp_path / "copied.db") == content(tmp_path / "made.db")


def test_a_begun_store_is_its_owners_alone_and_keeps_a_log_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    begin_bot(path)

    assert path.stat().st_mode & 0o777 == OWNER_ONLY
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_existing_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"of an earlier life")
    begin_bot(path)

    assert path.read_bytes() == b"of an earlier life"
