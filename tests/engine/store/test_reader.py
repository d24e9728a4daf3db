"""A reader beside the writer."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from engine.store.connection import connect
from engine.store.reader import Reader

FORGETFUL = """
import asyncio, sys
from engine.store.reader import Reader

async def forget():
    reader = await Reader.open(sys.argv[1])
    print(len(await reader.fetch("SELECT 1")))

asyncio.run(forget())
"""


def test_a_reader_that_nobody_closes_does_not_keep_the_process_from_ending(tmp_path: Path) -> None:
    connect(tmp_path / "x.db").close()
    command = [sys.executable, "-c", FORGETFUL, str(tmp_path / "x.db")]
    ended = subprocess.run(command, capture_output=True, timeout=20, check=True)
    assert ended.stdout.strip() == b"1"


def damaged(path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("CREATE TABLE names (name TEXT)")
        connection.execute("INSERT INTO names VALUES ('Sara'), (CAST(x'4e61ff' AS TEXT)), ('Ali')")


async def test_a_row_that_cannot_be_read_keeps_later_reads_from_nothing_that_was_written_since(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    damaged(path)
    reader = await Reader.open(path)
    caught: sqlite3.OperationalError | None = None
    try:
        await reader.fetch("SELECT name FROM names")
    except sqlite3.OperationalError as problem:
        caught = problem  # whoever logs it may keep it for long
    with closing(connect(path)) as connection:
        connection.execute("INSERT INTO names VALUES ('Nader')")
    (count,) = await reader.fetch("SELECT COUNT(*) FROM names")
    assert caught is not None
    assert count[0] == 4
    await reader.close()


async def test_a_lenient_reader_reads_a_damaged_name_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    damaged(path)
    for lenient in (True, False):
        reader = await Reader.open(path, lenient=lenient)
        if lenient:
            rows = await reader.fetch("SELECT name FROM names")
            assert [row["name"] for row in rows] == ["Sara", "Na\ufffd", "Ali"]
        else:
            with pytest.raises(sqlite3.OperationalError):
                await reader.fetch("SELECT name FROM names")
        await reader.close()
