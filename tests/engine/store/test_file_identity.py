"""A store's file that loses its name while it is open: nothing is acknowledged, and nobody is told what it holds."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.store.connection import connect
from engine.store.file_identity import StoreAway
from engine.store.reader import Reader
from engine.store.writer import Writer

Mishap = Callable[[Path], None]


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_suffix(".moved"))


def replace_with_a_copy(path: Path) -> None:
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    copy.replace(path)


def delete_the_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def delete_the_log(path: Path) -> None:
    Path(f"{path}-wal").unlink()


def delete_the_index_of_the_log(path: Path) -> None:
    Path(f"{path}-shm").unlink()


def replace_with_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


MISHAPS = [
    delete,
    move,
    replace_with_a_copy,
    delete_the_folder,
    delete_the_log,
    delete_the_index_of_the_log,
    replace_with_a_folder,
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "books" / "x.db"
    file.parent.mkdir()
    connection = connect(file)
    connection.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY) STRICT")
    connection.close()
    return file


def insert(number: int) -> Callable[[sqlite3.Connection], int]:
    return lambda db: db.execute("INSERT INTO numbers VALUES (?)", (number,)).rowcount


@pytest.mark.parametrize("mishap", MISHAPS)
async def test_what_cannot_be_kept_is_not_acknowledged(path: Path, mishap: Mishap) -> None:
    writer, reader = Writer(path), await Reader.open(path)
    await writer.run(insert(1))
    mishap(path)
    for number in (2, 3):
        with pytest.raises(StoreAway):
            await writer.run(insert(number))
    with pytest.raises(StoreAway):
        await reader.fetch("SELECT number FROM numbers")
    await reader.close()
    writer.close()


async def test_a_file_that_goes_while_a_commit_is_under_way_is_noticed_before_the_answer(path: Path) -> None:
    writer = Writer(path)

    def insert_and_lose_the_file(db: sqlite3.Connection) -> None:
        insert(1)(db)
        move(path)

    with pytest.raises(StoreAway):
        await writer.run(insert_and_lose_the_file)
    assert writer.undone == 1
    writer.close()


async def test_when_the_same_file_is_back_it_goes_on(path: Path) -> None:
    writer, reader = Writer(path), await Reader.open(path)
    away = path.with_suffix(".moved")
    await writer.run(insert(1))
    move(path)
    with pytest.raises(StoreAway):
        await writer.run(insert(2))
    away.rename(path)
    await writer.run(insert(3))
    assert [row["number"] for row in await reader.fetch("SELECT number FROM numbers")] == [1, 3]
    await reader.close()
    writer.close()


async def test_another_file_in_its_place_is_not_written_to(path: Path) -> None:
    writer = Writer(path)
    await writer.run(insert(1))
    delete(path)
    other = connect(path)
    other.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY) STRICT")
    other.execute("INSERT INTO numbers VALUES (100)")
    with pytest.raises(StoreAway):
        await writer.run(insert(2))
    writer.close()
    assert [row["number"] for row in other.execute("SELECT number FROM numbers")] == [100]
    other.close()


async def test_a_symbolic_link_is_followed_and_noticed_when_it_leads_elsewhere(path: Path) -> None:
    link = path.parent.parent / "link.db"
    link.symlink_to(path)
    writer = Writer(link)
    await writer.run(insert(1))
    other = path.with_name("other.db")
    connect(other).close()
    link.unlink()
    link.symlink_to(other)
    with pytest.raises(StoreAway):
        await writer.run(insert(2))
    writer.close()


async def test_others_that_come_and_go_are_no_mishap(path: Path) -> None:
    writer = Writer(path)
    for number in range(3):
        await writer.run(insert(number))
        other = connect(path)
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        other.execute("VACUUM")
        other.close()
    assert await writer.run(lambda db: db.execute("SELECT COUNT(*) FROM numbers").fetchone()[0]) == 3
    writer.close()


def test_a_new_store_and_its_log_are_for_their_owner_alone(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    connection.execute("CREATE TABLE numbers (number INTEGER) STRICT")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {"x.db": 0o600, "x.db-wal": 0o600, "x.db-shm": 0o600}
    connection.close()


def test_a_missing_file_is_made_only_where_that_is_meant(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        connect(tmp_path / "x.db", create=False)
    assert not list(tmp_path.iterdir())
