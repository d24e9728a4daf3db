"""Runs one thread that owns the process's only writing connection to a SQLite file.

Jobs that wait together are committed together, each in a savepoint of its own: a durable commit costs one disk flush
however many jobs it holds, and one job's failure undoes only that job. Adjacent jobs for the same work are handed to it
at once, in one savepoint; if that fails they are run again, one at a time. A job that is patient waits a little for
others, so that their commit is its own, too.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import StoreClosed
from engine.store.connection import connect_watched
from engine.store.file_identity import FileIdentity

T = TypeVar("T")
Item = TypeVar("Item")
Job = Callable[[sqlite3.Connection], T]
Work = Callable[[sqlite3.Connection, Sequence[Item]], Sequence[T | Exception]]
"""Returns an answer for each item, in order; an exception among the answers is raised to that item's caller.

An exception that it raises concerns all items: everything is undone, and each is run again alone.
"""

JOBS_A_COMMIT_MAX = 256


@dataclass(slots=True)
class _QueuedJob:
    work: Work[Any, Any]
    item: Any
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    until: float = 0.0  # by time.monotonic(), until when it waits for others
    result: Any = None
    error: BaseException | None = None

    def answer(self, answer: Any) -> None:
        if isinstance(answer, Exception):
            self.error = answer
        else:
            self.result = answer

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs jobs on the writing connection, in the order in which they were given.

    `undone` counts the transactions rolled back as a whole, after their jobs had run: jobs must discard whatever they
    cached during one.
    """

    def __init__(self, path: Path | str) -> None:
        self.undone = 0
        self._path = path
        self._queue: queue.SimpleQueue[_QueuedJob | None] = queue.SimpleQueue()
        self._closed = False
        self._files: FileIdentity
        self._opened: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()
        if (problem := self._opened.get()) is not None:
            raise problem

    def hold(self, problem: str | None) -> None:
        """Refuses every job with StoreHeld from the next commit on; None ends that."""
        self._files.held = problem

    async def run(self, job: Job[T]) -> T:
        """Returns the job's result once its changes are durable; raises its error once they are undone.

        Raises StoreClosed after close(), StoreAway while the store's file is deleted, moved or replaced.
        """
        return await self._wait(_job_alone, job)

    async def run_together(self, work: Work[Item, T], item: Item, *, patience_ms: int = 0) -> T:
        """Returns `work`'s answer for the item, once its changes are durable. Raises as `run`.

        With patience it waits so long for another job's commit.
        """
        return await self._wait(work, item, patience_ms)

    def _wait(self, work: Work[Item, T], item: Item, patience_ms: int = 0) -> asyncio.Future[T]:
        if self._closed:
            raise StoreClosed
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        until = time.monotonic() + patience_ms / 1000 if patience_ms else 0.0
        self._queue.put(_QueuedJob(work, item, loop, future, until))
        return future

    def close(self) -> None:
        """Finishes what waits, then closes the connection."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        try:
            connection, self._files = connect_watched(self._path)
        except BaseException as problem:  # noqa: BLE001 - handed to the opener, which waits for it
            self._opened.put(problem)
            return
        self._opened.put(None)
        try:
            while batch := self._next_batch():
                self._commit_together(connection, batch)
                _settle(batch)
        finally:
            connection.close()

    def _commit_together(self, connection: sqlite3.Connection, batch: list[_QueuedJob]) -> None:
        """Commits the batch. A file without a name keeps nothing, so it is checked before and afterwards."""
        try:
            self._files.check()
            connection.execute("BEGIN IMMEDIATE")
            for run in _runs(batch):
                _run_in_savepoint(connection, run)
            connection.execute("COMMIT")
            self._files.check()
        except Exception as problem:  # noqa: BLE001 - nothing of this batch is durable, and every caller must know
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self.undone += 1
            for waiting in batch:
                waiting.error = problem

    def _next_batch(self) -> list[_QueuedJob]:
        """Returns everything that waits now, at least one job; empty when the writer was closed."""
        first = self._queue.get()
        if first is None:
            return []
        batch, until = [first], first.until
        while len(batch) < JOBS_A_COMMIT_MAX:
            try:
                patience = until - time.monotonic() if until else 0.0
                waiting = self._queue.get(timeout=patience) if patience > 0 else self._queue.get_nowait()
            except queue.Empty:
                break
            if waiting is None:
                self._queue.put(None)  # close() waits behind the jobs that came before it
                break
            batch.append(waiting)
            until = min(until, waiting.until)  # one job without patience hurries them all
        return batch


def _job_alone(connection: sqlite3.Connection, jobs: Sequence[Job[T]]) -> list[T]:
    """Runs a job that is not batched with others."""
    return [job(connection) for job in jobs]


def _runs(batch: list[_QueuedJob]) -> Iterator[list[_QueuedJob]]:
    """Yields runs of adjacent jobs for the same work; other jobs each alone."""
    for work, run in groupby(batch, key=attrgetter("work")):
        if work is _job_alone:
            yield from ([waiting] for waiting in run)
        else:
            yield list(run)


def _run_in_savepoint(connection: sqlite3.Connection, run: list[_QueuedJob]) -> None:
    connection.execute("SAVEPOINT job")
    try:
        answers = run[0].work(connection, [waiting.item for waiting in run])
    except Exception as problem:
        if not connection.in_transaction:  # a full disk, say: SQLite has undone the whole transaction
            raise
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        if len(run) == 1:
            run[0].error = problem
            return
        for waiting in run:
            _run_in_savepoint(connection, [waiting])
    else:
        connection.execute("RELEASE job")
        for waiting, answer in zip(run, answers, strict=True):
            waiting.answer(answer)


def _settle(batch: list[_QueuedJob]) -> None:
    """Wakes each event loop once for the whole batch."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_QueuedJob]] = {}
    for waiting in batch:
        by_loop.setdefault(waiting.loop, []).append(waiting)
    for loop, mine in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, mine)


def _settle_all(batch: list[_QueuedJob]) -> None:
    for waiting in batch:
        waiting.settle()
