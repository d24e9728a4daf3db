"""Measures joins through the SQLite store, with and without a placed network, against one durable commit of one row.

The members and the joins are the same in both files; only one of the plans has places. The cost of placing is the
difference: choosing the place, updating the network, and the place in the member's row.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, closing
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from typing import Final

from bot.cli.benchmarks.books import open_books
from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.floor import Floor, join_changes
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MICROSECONDS
from engine.events.model import Join
from engine.network.shape import Shape
from engine.network.tree import Tree
from engine.records import Member
from engine.service import Engine
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore

PROGRAMME = """[program]
currency = "IRT"

[plan]
{plan}
levels = ["15%", "12%", "8%"]

[[ranks]]
id = "base"
commission = "20%"
"""
PLANS: Final = {"without places": 'kind = "unilevel"', "binary weaker": 'kind = "binary"\nspill = "weaker"'}
SHAPE: Final = Shape(2, 1, "weaker")
ADDED: Final = "what placing adds"


def joined(members: int, what: str) -> Against:
    """Describes joins one at a time, each durable before the next."""
    return Against(f"stored joins among {members:,}", what, "µs a join", "a durable commit of one row")


async def measure_joins(folder: Path, scale: EngineScale, comparisons: Comparisons) -> None:
    """Runs all rounds; the floor and both kinds of joins alternate."""
    size, paths = scale.stored_network, {what: folder / f"joins-{kind}.db" for kind, what in enumerate(PLANS)}
    await asyncio.to_thread(_settle, list(paths.values()), size)
    async with AsyncExitStack() as stack:
        engines = {
            what: await stack.enter_async_context(open_books(path, PROGRAMME.format(plan=PLANS[what])))
            for what, path in paths.items()
        }
        joins = {what: newcomers(size) for what in engines}
        for what, engine in engines.items():
            await _join(engine, joins[what])  # builds the network
        with closing(sqlite3.connect(paths["binary weaker"])) as connection:
            connection.row_factory = sqlite3.Row
            changes = join_changes(connection)
        with closing(Floor(None, folder / "joins-floor.db")) as floor:
            for _ in range(scale.rounds):
                await _round(engines, joins, lambda: 1 / floor.write(changes, 1), scale, comparisons)


async def _round(
    engines: Mapping[str, Engine],
    joins: Mapping[str, Iterator[Join]],
    commit: Callable[[], float],
    scale: EngineScale,
    comparisons: Comparisons,
) -> None:
    """Runs a commit, a join without places and one with, in turn; uses medians, because a disk is unsteady."""
    bare: list[float] = []
    took: dict[str, list[float]] = {what: [] for what in [*engines, ADDED]}
    for _ in range(scale.stored_joins):
        bare.append(commit() * MICROSECONDS)
        for what, engine in engines.items():
            took[what].append(await _join(engine, joins[what]))
        took[ADDED].append(took["binary weaker"][-1] - took["without places"][-1])
    for what, each in took.items():
        comparisons.add(joined(scale.stored_network, what), median(each), median(bare))


async def _join(engine: Engine, joins: Iterator[Join]) -> float:
    """Returns the microseconds that the next join took."""
    began = time.perf_counter()
    await engine.submit(next(joins), key=None)
    return (time.perf_counter() - began) * MICROSECONDS


def newcomers(first: int) -> Iterator[Join]:
    """Yields joins under random existing members; the same ones each time."""
    random = Random(2)  # noqa: S311  the same joins in every run
    return (Join(f"m{number}", f"m{random.randrange(number)}") for number in count(first))


def _settle(paths: Iterable[Path], size: int) -> None:
    """Fills every file with the same members; no programme is in force yet."""
    first, *others = paths
    with closing(connect(first)) as connection:
        SqliteStore.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO persons (id) VALUES (?)", ((f"m{number}",) for number in range(size)))
        marks = ", ".join("?" * len(Member.__struct_fields__))
        rows = (member.as_row() for member in placed_members(size))
        connection.executemany(f"INSERT INTO members VALUES ({marks})", rows)  # noqa: S608
        connection.execute("COMMIT")
    for other in others:
        shutil.copyfile(first, other)


def placed_members(size: int) -> Iterator[Member]:
    """Yields members in the order of joining, under random sponsors, in the places that the spill gives them."""
    tree, random = Tree(SHAPE), Random(1)  # noqa: S311  the same network in every run
    for number in range(size):
        sponsor = f"m{random.randrange(number)}" if number else None
        parent, slot = tree.place(sponsor) if sponsor is not None else (None, None)
        tree.add(f"m{number}", parent, slot)
        yield Member(f"m{number}", number + 1, sponsor, parent, slot, "base", 0)
