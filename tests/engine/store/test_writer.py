"""The writer: together in one commit, each for itself."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from engine.errors import StoreClosed
from engine.store.connection import connect
from engine.store.reader import Reader
from engine.store.writer import Writer
from together import brought_together


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "some file with % and spaces.db"
    connection = connect(file)
    connection.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY) STRICT")
    connection.close()
    return file


def insert(number: int) -> Callable[[sqlite3.Connection], int]:
    return lambda db: db.execute("INSERT INTO numbers VALUES (?)", (number,)).rowcount


async def numbers_in(path: Path) -> list[int]:
    reader = await Reader.open(path)
    try:
        return [row["number"] for row in await reader.fetch("SELECT number FROM numbers ORDER BY number")]
    finally:
        await reader.close()


async def test_what_was_run_is_there_when_run_returns(path: Path) -> None:
    writer = Writer(path)
    assert await writer.run(insert(1)) == 1
    assert await numbers_in(path) == [1]
    writer.close()


async def test_one_jobs_failure_undoes_that_job_alone(path: Path) -> None:
    writer = Writer(path)

    def half(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO numbers VALUES (50)")
        raise RuntimeError("half done")

    jobs = [insert(1), half, insert(2), insert(1), insert(3)]
    outcomes = await asyncio.gather(*(writer.run(job) for job in jobs), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [int, RuntimeError, int, sqlite3.IntegrityError, int]
    assert await numbers_in(path) == [1, 2, 3]
    writer.close()


async def test_jobs_that_wait_together_share_a_commit(path: Path) -> None:
    writer = Writer(path)
    begun = threading.Event()

    def wait_for_the_others(db: sqlite3.Connection) -> int:
        begun.wait(5)
        return db.total_changes

    first = asyncio.ensure_future(writer.run(wait_for_the_others))
    await asyncio.sleep(0.05)
    others = [asyncio.ensure_future(writer.run(insert(number))) for number in range(40)]
    await asyncio.sleep(0)
    begun.set()
    await asyncio.gather(first, *others)
    assert len(await numbers_in(path)) == 40
    writer.close()


class Counting:
    """Inserts numbers, all that wait at once; refuses those below 0, and breaks down over 13."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []

    def __call__(self, db: sqlite3.Connection, numbers: Sequence[int]) -> list[int | Exception]:
        self.calls.append(list(numbers))
        db.executemany("INSERT INTO numbers VALUES (?)", [(number,) for number in numbers if number >= 0])
        if 13 in numbers:
            raise RuntimeError("thirteen")
        return [ValueError(number) if number < 0 else number * 10 for number in numbers]


async def test_neighbours_that_are_for_the_same_work_are_handed_to_it_at_once(path: Path) -> None:
    writer, one, other = Writer(path), Counting(), Counting()
    jobs = (writer.run_together(one, 1), writer.run_together(one, 2), writer.run(insert(50)))
    more = (writer.run_together(one, 3), writer.run_together(other, 4), writer.run_together(other, 5))
    assert await brought_together(writer, *jobs, *more) == [10, 20, 1, 30, 40, 50]
    assert (one.calls, other.calls) == ([[1, 2], [3]], [[4, 5]])
    assert await numbers_in(path) == [1, 2, 3, 4, 5, 50]
    writer.close()


async def test_an_exception_among_the_answers_is_for_whoever_brought_the_item(path: Path) -> None:
    writer, work = Writer(path), Counting()
    answers = await brought_together(writer, *(writer.run_together(work, number) for number in (1, -2, 3)))
    assert [repr(answer) for answer in answers] == ["10", "ValueError(-2)", "30"]
    assert work.calls == [[1, -2, 3]]
    assert await numbers_in(path) == [1, 3]
    writer.close()


async def test_work_that_breaks_down_over_one_item_is_done_for_the_others(path: Path) -> None:
    writer, work = Writer(path), Counting()
    answers = await brought_together(writer, *(writer.run_together(work, number) for number in (1, 13, 3, 3)))
    assert [type(answer) for answer in answers] == [int, RuntimeError, int, sqlite3.IntegrityError]
    assert work.calls == [[1, 13, 3, 3], [1], [13], [3], [3]]
    assert await numbers_in(path) == [1, 3]
    assert writer.undone == 0
    writer.close()


async def test_a_commit_that_fails_is_told_to_everybody_and_counted(path: Path) -> None:
    writer = Writer(path)

    def promise_what_is_not_kept(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE promises (number INTEGER REFERENCES numbers DEFERRABLE INITIALLY DEFERRED) STRICT")
        db.execute("INSERT INTO promises VALUES (99)")

    answers = await brought_together(
        writer, writer.run(insert(1)), writer.run(promise_what_is_not_kept), writer.run(insert(2))
    )
    assert [type(answer) for answer in answers] == [sqlite3.IntegrityError] * 3
    assert writer.undone == 1
    assert await writer.run(insert(3)) == 1
    assert await numbers_in(path) == [3]
    writer.close()


async def test_a_job_that_ends_the_transaction_does_not_end_the_writer(path: Path) -> None:
    writer = Writer(path)

    def give_up(db: sqlite3.Connection) -> None:
        db.execute("ROLLBACK")  # as SQLite itself does when the disk is full
        raise RuntimeError("the disk is full")

    answers = await brought_together(writer, writer.run(insert(1)), writer.run(give_up))
    assert [type(answer) for answer in answers] == [RuntimeError, RuntimeError]
    assert writer.undone == 1
    assert await writer.run(insert(3)) == 1
    assert await numbers_in(path) == [3]
    writer.close()


async def test_a_closed_writer_finishes_what_waits_and_takes_no_more(path: Path) -> None:
    writer = Writer(path)
    waiting = [asyncio.ensure_future(writer.run(insert(number))) for number in range(10)]
    await asyncio.sleep(0)
    writer.close()
    await asyncio.gather(*waiting)
    with pytest.raises(StoreClosed):
        await writer.run(insert(99))
    assert await numbers_in(path) == list(range(10))


async def test_a_file_that_cannot_be_opened_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        Writer(tmp_path / "no such folder" / "x.db")


async def test_two_writers_on_one_file_lose_nothing(path: Path) -> None:
    one, other = Writer(path), Writer(path)
    await asyncio.gather(*((one, other)[number % 2].run(insert(number)) for number in range(200)))
    assert await numbers_in(path) == list(range(200))
    one.close()
    other.close()


def test_a_reader_cannot_write(path: Path) -> None:
    async def write() -> None:
        reader = await Reader.open(path)
        try:
            await reader.fetch("INSERT INTO numbers VALUES (1)")
        finally:
            await reader.close()

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        asyncio.run(write())


def insert_all(db: sqlite3.Connection, numbers: Sequence[int]) -> list[int]:
    return [insert(number)(db) for number in numbers]


async def test_a_patient_job_is_part_of_the_next_ones_commit(path: Path) -> None:
    writer, statements = Writer(path), list[str]()
    await writer.run(lambda db: db.set_trace_callback(statements.append))
    statements.clear()
    patient = [asyncio.create_task(writer.run_together(insert_all, each, patience_ms=600_000)) for each in (1, 2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in patient)
    await asyncio.wait_for(writer.run(insert(3)), 10)
    assert await asyncio.wait_for(asyncio.gather(*patient), 10) == [1, 1]
    assert [each for each in statements if each == "COMMIT"] == ["COMMIT"]
    assert await numbers_in(path) == [1, 2, 3]
    writer.close()


async def test_a_patient_job_that_nobody_joins_is_committed_alone(path: Path) -> None:
    writer = Writer(path)
    assert await asyncio.wait_for(writer.run_together(insert_all, 1, patience_ms=5), 10) == 1
    assert await numbers_in(path) == [1]
    writer.close()


async def test_closing_hurries_a_patient_job(path: Path) -> None:
    writer = Writer(path)
    patient = asyncio.create_task(writer.run_together(insert_all, 1, patience_ms=600_000))
    await asyncio.sleep(0)
    writer.close()
    assert await patient == 1
    assert await numbers_in(path) == [1]
