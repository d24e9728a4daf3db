"""A join through the SQLite store in a standing network, against one durable commit of the journal's row."""

import asyncio
import sqlite3
import time
import tomllib
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

from bot.cli.benchmarks.books import open_books
from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.floor import Floor, join_changes
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MICROSECONDS
from engine.events import Join, ProgrammeChanged
from engine.store.sqlite import SqliteStore
from engine.store.sqlite_file import connect

PROGRAMME = """[program]
currency = "IRT"

[plan]
kind = "binary"
spill = "weaker"
levels = ["15%", "12%", "8%"]

[[ranks]]
id = "base"
commission = "20%"
"""


def joined(members: int) -> Against:
    """One at a time, each durable before the next; the network is smaller than those in memory, for it takes long."""
    return Against(f"stored joins among {members:,}", "binary weaker", "µs a join", "a durable commit of one row")


async def measure_joins(folder: Path, scale: EngineScale, comparisons: Comparisons) -> None:
    """All rounds; the floor and the joins take turns."""
    path = folder / "joins.db"
    random = Random(1)  # noqa: S311  the same network in every run
    await asyncio.to_thread(_grow, path, scale.stored_network, random)
    numbers = count(scale.stored_network)
    async with open_books(path, PROGRAMME) as engine:

        async def join(times: int) -> None:
            for number in (next(numbers) for _ in range(times)):
                await engine.submit(Join(f"m{number}", f"m{random.randrange(number)}"), key=None)

        await join(1)
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            changes = join_changes(connection)
        with closing(Floor(path, folder / "joins-floor.db")) as floor:
            for _ in range(scale.rounds):
                bare = floor.write(changes, scale.floor)
                began = time.perf_counter()
                await join(scale.stored_joins)
                each = (time.perf_counter() - began) / scale.stored_joins
                comparisons.add(joined(scale.stored_network), each * MICROSECONDS, MICROSECONDS / bare)


def _grow(path: Path, members: int, random: Random) -> None:
    """A file in which so many have joined, in one transaction."""
    with closing(connect(path)) as connection:
        SqliteStore.prepare(connection)
        store = SqliteStore(connection)
        connection.execute("BEGIN IMMEDIATE")
        store.take(ProgrammeChanged(tomllib.loads(PROGRAMME)), 0)
        for number in range(members):
            store.take(Join(f"m{number}", f"m{random.randrange(number)}" if number else None), number)
        connection.execute("COMMIT")
