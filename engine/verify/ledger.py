"""Verifies the books in full: the journal replayed through a fresh engine must give exactly the tables' content.

Every row of every table of the books is compared as it is read, or its seal is; SQLite checks the file itself, and the
network is rebuilt from the tables. Each problem is one line; no line means that the books are right. An incomplete
verification is a line, too, and counts as failed.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from engine.store.connection import connect
from engine.store.driver import Connection, DriverError, connect_scratch
from engine.vault import Vault
from engine.verify.counts import compare_counts
from engine.verify.journal import Reached, Replay, replay
from engine.verify.network import compare_network
from engine.verify.pace import at_full_speed
from engine.verify.replay_store import ReplayStore
from engine.verify.replay_tables import TABLES, begin_replay_tables, compare_whole
from engine.verify.schema import check_file, compare_schema, compare_types
from engine.verify.seals import compare_seals

PROBLEMS_MAX = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """Holds the extent of a verification, and the problems found.

    `full` is False where it began at the last seal: a problem that only such a one finds may be the replayed state's.
    """

    events: int
    transfers: int
    members: int
    problems: tuple[str, ...]
    full: bool = True

    @property
    def holds(self) -> bool:
        return not self.problems

    @classmethod
    def failed(cls, reason: str) -> "Verdict":
        """Returns the verdict of a verification that did not finish."""
        return cls(0, 0, 0, (f"verification did not finish: {reason}",))


def verify(connection: Connection, vault: Vault | None = None, pace: Callable[[], None] = at_full_speed) -> Verdict:
    """Verifies one consistent state of the store, in a transaction of its own.

    With a vault also signatures are checked, and every destination is opened. Problems of the store never raise.
    `pace` is called all the time, and may rest.
    """
    with closing(connect_scratch()) as scratch:
        begin_replay_tables(scratch)
        return verify_by(Replay(ReplayStore(scratch), Reached(), pace), connection, vault)


def verify_file(path: Path, vault: Vault | None = None) -> Verdict:
    """Verifies a SQLite store's file, through a connection of its own."""
    try:
        with closing(connect(path, create=False)) as connection:
            return verify(connection, vault)
    except Exception as problem:  # noqa: BLE001 - a store that cannot be opened fails verification
        return unopened(problem)


def verify_by(done: Replay, connection: Connection, vault: Vault | None) -> Verdict:
    """Verifies with a replay that has not begun, whose store then holds the state that was proved."""
    return verdict_of(_problems(connection, vault, done), done, connection)


def verdict_of(problems: Iterable[str], done: Replay, connection: Connection, *, full: bool = True) -> Verdict:
    """Returns the verdict that the problems amount to, and ends the transaction in which they were looked for."""
    found = tuple(map(_printable, islice(problems, PROBLEMS_MAX)))
    with suppress(DriverError):
        connection.execute("ROLLBACK")
    return Verdict(done.reached.events, done.reached.transfers, done.store.last_member(), found, full)


def unopened(problem: Exception) -> Verdict:
    """Returns the verdict of a verification that an error has kept from beginning."""
    return Verdict.failed(_printable(f"{type(problem).__name__}: {problem}"))


def ended(what: str, prove: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Yields the problems that a part of the verification finds, and the error that stops it."""
    try:
        yield from prove()
    except Exception as problem:  # noqa: BLE001 - an unfinished verification must not count as passed
        yield f"{what}: verification did not finish: {type(problem).__name__}: {problem}"


def _problems(connection: Connection, vault: Vault | None, done: Replay) -> Iterator[str]:
    yield from ended("the file", lambda: _begun(connection))
    yield from ended("the file", lambda: check_file(connection))
    yield from ended("the file", lambda: compare_schema(connection))
    yield from ended("types", lambda: compare_types(connection))
    yield from ended("the journal", lambda: replay(connection, done))
    yield from ended("seals", lambda: compare_seals(connection, vault))
    if not done.whole:  # the tables cannot be compared with half of a history
        return
    done.store.write()
    for table in TABLES:
        yield from ended(table.name, partial(compare_whole, table, connection, done.store.connection, done.pace))
    yield from ended("counts", lambda: compare_counts(connection))
    yield from ended("the network", lambda: compare_network(connection, done.store))


def _begun(connection: Connection) -> Iterator[str]:
    connection.execute("BEGIN")
    return iter(())


def _printable(line: str) -> str:
    """Strips what neither a terminal nor a store accepts: lone surrogates, and control characters that move
    the cursor.
    """
    text = line.encode("utf-8", "backslashreplace").decode()
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
