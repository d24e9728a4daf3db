"""One thread that owns the process's only writing connection to a SQLite file.

Jobs that wait together are committed together, each in a savepoint of its own: a durable commit costs one disk
flush however many jobs it holds, and one job's failure undoes only that job.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import StoreClosed
from engine.store.sqlite_file import connect

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]

JOBS_A_COMMIT_MAX = 256


@dataclass(slots=True)
class _Waiting:
    job: Job
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs jobs on the writing connection, in the order in which they were given."""

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closed = False
        self._opened: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()
        if (problem := self._opened.get()) is not None:
            raise problem

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """What `job` returns, once its changes are durable; what it raises, once they are undone.

        Raises StoreClosed after close().
        """
        if self._closed:
            raise StoreClosed
        loop = asyncio.get_running_loop()
        waiting = _Waiting(job, loop, loop.create_future())
        self._queue.put(waiting)
        result: T = await waiting.future
        return result

    def close(self) -> None:
        """Finishes what waits, then closes the connection."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        try:
            connection = connect(self._path)
        except BaseException as problem:  # noqa: BLE001 - handed to the opener, who waits for exactly this
            self._opened.put(problem)
            return
        self._opened.put(None)
        try:
            while batch := self._next_batch():
                _commit_together(connection, batch)
                _settle(batch)
        finally:
            connection.close()

    def _next_batch(self) -> list[_Waiting]:
        """Everything that waits now, at least one job; empty when the writer was closed."""
        first = self._queue.get()
        if first is None:
            return []
        batch = [first]
        while len(batch) < JOBS_A_COMMIT_MAX:
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                break
            if waiting is None:
                self._queue.put(None)  # close() waits behind the jobs that came before it
                break
            batch.append(waiting)
        return batch


def _commit_together(connection: sqlite3.Connection, batch: list[_Waiting]) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        for waiting in batch:
            _run_in_savepoint(connection, waiting)
        connection.execute("COMMIT")
    except sqlite3.Error as problem:  # nothing of this batch is durable, so nobody may believe it is
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for waiting in batch:
            waiting.error = problem


def _run_in_savepoint(connection: sqlite3.Connection, waiting: _Waiting) -> None:
    connection.execute("SAVEPOINT job")
    try:
        waiting.result = waiting.job(connection)
    except Exception as problem:
        waiting.error = problem
        if not connection.in_transaction:  # a full disk, say: SQLite has undone the whole transaction
            raise
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")


def _settle(batch: list[_Waiting]) -> None:
    """Wakes each event loop once for the whole batch."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
    for waiting in batch:
        by_loop.setdefault(waiting.loop, []).append(waiting)
    for loop, mine in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, mine)


def _settle_all(batch: list[_Waiting]) -> None:
    for waiting in batch:
        waiting.settle()
