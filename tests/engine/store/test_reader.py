"""A reader beside the writer."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from engine.store.connection import connect
from engine.store.file_identity import StoreAway
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


async def test_queries_that_wait_together_are_one_visit_to_the_thread(tmp_path: Path) -> None:
    connect(tmp_path / "x.db").close()
    reader = await Reader.open(tmp_path / "x.db")
    answers = await asyncio.gather(*(reader.fetch("SELECT ? AS n", (number,)) for number in range(50)))
    assert [rows[0]["n"] for rows in answers] == list(range(50))
    assert reader.jobs == 1
    one, two = await reader.gather(("SELECT 1", ()), ("SELECT 2 UNION SELECT 3", ()))
    assert ([row[0] for row in one], [row[0] for row in two]) == ([1], [2, 3])
    assert reader.jobs == 2
    await reader.close()


async def test_a_query_that_fails_fails_nobody_elses(tmp_path: Path) -> None:
    connect(tmp_path / "x.db").close()
    reader = await Reader.open(tmp_path / "x.db")
    good, bad, given_up = (asyncio.create_task(reader.fetch(sql)) for sql in ("SELECT 1", "SELECT nothing", "SELECT 2"))
    await asyncio.sleep(0)
    given_up.cancel()
    assert [row[0] for row in await good] == [1]
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        await bad
    assert [row[0] for row in await reader.fetch("SELECT 3")] == [3]
    await reader.close()


async def test_closing_answers_what_waits(tmp_path: Path) -> None:
    connect(tmp_path / "x.db").close()
    reader = await Reader.open(tmp_path / "x.db")
    waiting = asyncio.create_task(reader.fetch("SELECT 1"))
    await asyncio.sleep(0)
    await reader.close()
    assert [row[0] for row in await waiting] == [1]


async def test_a_file_that_is_gone_is_told_to_all_who_wait(tmp_path: Path) -> None:
    connect(tmp_path / "x.db").close()
    reader = await Reader.open(tmp_path / "x.db")
    (tmp_path / "x.db").unlink()
    problems = await asyncio.gather(*(reader.fetch("SELECT 1") for _ in range(3)), return_exceptions=True)
    assert [type(problem) for problem in problems] == [StoreAway] * 3
    await reader.close()
