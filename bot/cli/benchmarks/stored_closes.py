"""Measures the whole close of one period through the SQLite store, against its rows written by bare SQLite.

Each close runs in a process of its own with cold caches: it reads the network, computes, and writes durably. The
floor's file starts as a copy and gets the same rows, read from the real one, so that both stay alike.
"""

from __future__ import annotations

import multiprocessing
import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.cli.benchmarks.closes import PROGRAMME, CloseNetwork
from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import seconds
from engine.events.model import ProgrammeChanged, Tick
from engine.programme.model import DAY_MS
from engine.records import Member
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore

NOON: Final = 20_454 * DAY_MS + DAY_MS // 2
"""Start of the programme: 1 January 2026, ms, UTC."""

PROCESS: Final = Path("/proc/self/status")

Rows = list[tuple[Any, ...]]


class Closed(NamedTuple):
    """Holds the duration in seconds, and the process's peak memory in bytes (None: not reported)."""

    seconds: float
    peak: int | None


def stored(size: int) -> str:
    """Describes the close, from opening the file to the end of the commit."""
    return f"the whole close of {size:,} members and orders"


def measure_stored_closes(
    folder: Path, network: CloseNetwork, sponsors: str, scale: EngineScale, comparisons: Comparisons
) -> int | None:
    """Runs all rounds, one day after the other; the close and the floor alternate. Returns the peak memory in bytes."""
    books, floor = folder / "closes.db", folder / "closes-floor.db"
    write_members(books, network)
    shutil.copyfile(books, floor)
    against = Against(stored(scale.closed), sponsors, "s", "writing the same rows in one transaction of bare SQLite")
    peaks = []
    for round_ in range(1, scale.rounds + 1):
        orders = network.orders()
        for path in (books, floor):
            bring_orders(path, orders)
        closed = in_a_process_of_its_own(books, NOON + round_ * DAY_MS)
        comparisons.add(against, closed.seconds, write_again(books, floor))
        peaks.append(closed.peak)
    for path in (books, floor):
        path.unlink()
    return max((peak for peak in peaks if peak is not None), default=None)


def in_a_process_of_its_own(path: Path, at: int) -> Closed:
    """Closes the period that ends at `at` (ms, UTC), in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        return processes.submit(close_stored, path, at).result()


def close_stored(path: Path, at: int) -> Closed:
    """Reads, computes, writes and commits."""

    def close() -> None:
        with _transaction(path) as connection:
            SqliteStore(connection).take(Tick(), at)

    return Closed(seconds(close), peak_memory())


def peak_memory() -> int | None:
    """Returns this process's peak memory, in bytes; None where the system does not report it."""
    try:
        import resource
    except ImportError:
        return None
    if PROCESS.exists():  # getrusage() would include the parent process there
        found = re.search(r"^VmHWM:\s*(\d+) kB$", PROCESS.read_text(encoding="ascii", errors="replace"), re.MULTILINE)
        if found is not None:
            return int(found[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@contextmanager
def _transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """Yields a connection and commits on exit."""
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def bring_orders(path: Path, orders: Mapping[str, int]) -> None:
    """Writes the volume that entered at each node."""
    with _transaction(path) as connection:
        connection.executemany("INSERT INTO open_volumes VALUES (?, ?)", orders.items())


def write_members(path: Path, network: CloseNetwork) -> None:
    """Writes a close's inputs: the programme and the placed members. It reads no table of orders."""
    tree = network.tree
    with closing(connect(path)) as connection:
        SqliteStore.prepare(connection)
    with _transaction(path) as connection:
        SqliteStore(connection).take(ProgrammeChanged(tomllib.loads(PROGRAMME)), NOON)
        connection.executemany("INSERT INTO persons (id) VALUES (?)", ((id,) for id in tree.ids))
        marks = ", ".join("?" * len(Member.__struct_fields__))
        connection.executemany(
            f"INSERT INTO members VALUES ({marks})",  # noqa: S608
            (
                Member(id, number, parent, parent, slot, "base", NOON).as_row()
                for number, (id, parent, slot) in enumerate(tree.places(), start=1)
            ),
        )


# The floor


def write_again(source: Path, path: Path) -> float:
    """Writes the rows of the source's newest close. Returns the seconds that took."""
    rows = _left_behind(source, path)

    def write() -> None:
        with _transaction(path) as connection:
            for sql, found in rows:
                connection.executemany(sql, found)

    return seconds(write)


def _left_behind(source: Path, before: Path) -> Iterable[tuple[str, Rows]]:
    """Yields the rows of the newest close by table, with the statement that writes them."""
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("ATTACH ? AS earlier", (str(before),))
        seq = connection.execute("SELECT MAX(seq) FROM journal").fetchone()[0]

        def found(sql: str) -> Rows:
            return connection.execute(sql, {"seq": seq}).fetchall()

        new = "SELECT * FROM main.{0} WHERE {1} > (SELECT COALESCE(MAX({1}), 0) FROM earlier.{0})"
        carried = "SELECT left_volume, right_volume, member FROM {}.carried"
        put_carried = "INSERT OR REPLACE INTO carried (left_volume, right_volume, member) VALUES (?, ?, ?)"
        balances = "SELECT earnings, pending, available, id FROM {}.members"
        return [
            ("DELETE FROM open_volumes", [()]),
            (_insert("journal", 9), found(new.format("journal", "seq"))),
            (
                "UPDATE members SET earnings = ?, pending = ?, available = ? WHERE id = ?",
                found(f"{balances.format('main')} EXCEPT {balances.format('earlier')}"),
            ),
            (
                put_carried,
                found(f"{carried.format('main')} EXCEPT {carried.format('earlier')} ORDER BY member"),
            ),
            (
                "DELETE FROM carried WHERE member = ?",
                found("SELECT member FROM earlier.carried EXCEPT SELECT member FROM main.carried"),
            ),
            (_insert("commissions", 14), found(new.format("commissions", "number"))),
            (_insert("transfers", 10), found("SELECT * FROM transfers WHERE seq = :seq ORDER BY leg")),
            (_insert("notices", 6), found(new.format("notices", "number"))),
        ]


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608
