"""Measures reading a member's left and right volume in a large network, against a primary-key read of their row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Self

from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MICROSECONDS, seconds
from engine.network.tree import Tree
from engine.records import Member
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore

_ONE_IN = 10
"""One of this many members has volume."""


def leg_volumes(network: str) -> Against:
    """Describes reading both legs, one member at a time."""
    return Against("leg volumes", network, "µs a member", "reading the member's row by its key")


class Volumes:
    """Reads volumes of networks, and rows of a SQLite file with as many members."""

    def __init__(self, connection: sqlite3.Connection, random: Random) -> None:
        self._connection = connection
        self._random = random

    @classmethod
    @contextmanager
    def stored(cls, path: Path, members: int) -> Iterator[Self]:
        """Opens the volumes, after writing the file."""
        with closing(connect(path)) as connection:
            SqliteStore.prepare(connection)
            connection.execute("PRAGMA foreign_keys = OFF")  # their persons are not needed
            rows = (Member(f"m{number}", number, None, None, None, "base", 0).as_row() for number in range(members))
            marks = ", ".join("?" * len(Member.__struct_fields__))
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO members VALUES ({marks})", rows)  # noqa: S608
            connection.execute("COMMIT")
            yield cls(connection, Random(1))  # noqa: S311  the same members in every run

    def measure(self, network: str, tree: Tree, scale: EngineScale, comparisons: Comparisons) -> None:
        """Runs all rounds; the floor and the tree alternate over the same members."""
        for _ in range(scale.network // _ONE_IN):
            tree.add_volume(self._any(scale), self._random.randrange(1_000, 100_000))
        for _ in range(scale.rounds):
            members = [self._any(scale) for _ in range(scale.at_a_time)]
            floor = seconds(lambda: self._read(members)) / len(members)  # noqa: B023  called at once
            ours = seconds(lambda: [tree.leg_volumes(member) for member in members]) / len(members)  # noqa: B023
            comparisons.add(leg_volumes(network), ours * MICROSECONDS, floor * MICROSECONDS)

    def _any(self, scale: EngineScale) -> str:
        return f"m{self._random.randrange(scale.network)}"

    def _read(self, members: list[str]) -> None:
        for member in members:
            self._connection.execute("SELECT * FROM members WHERE id = ?", (member,)).fetchone()
