"""Measures the computation of one period's close over the network's arrays, against reading these arrays once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MILLISECONDS, seconds
from engine.close_result import Claims, Standings
from engine.network.preorder import LegValues
from engine.network.shape import Shape
from engine.network.tree import Tree
from engine.programme.model import Programme
from engine.rules.period_close import close, qualified_of, with_both

PROGRAMME: Final = """[program]
currency = "IRT"

[plan]
kind = "binary"
spill = "breadth"

[plan.pairing]
period = "day"
rate = "10%"

[[ranks]]
id = "base"
commission = "20%"
"""


def _random(number: int, _size: int, random: Random) -> int:
    return random.randrange(number)


def _chain(number: int, size: int, random: Random) -> int:
    """Returns a sponsor: the first fifth form a chain on the left, the others join under random members."""
    return number - 1 if number < size // 5 else random.randrange(number)


# Returns the sponsor's number for a newcomer's number and the network's size.
NETWORKS: Final[Mapping[str, Callable[[int, int, Random], int]]] = {
    "random sponsors": _random,
    "a fifth of them a chain": _chain,
}


def computed(size: int) -> str:
    """Describes the measurement: volumes, qualification, pairs, caps and carry, as arrays, without I/O."""
    return f"computing the close of {size:,} members and orders"


@dataclass(frozen=True, slots=True)
class CloseNetwork:
    """Holds a network of placed members, and the volume at them since the last close."""

    tree: Tree
    random: Random

    @classmethod
    def grown(cls, size: int, sponsors: str) -> CloseNetwork:
        random, sponsor_of = Random(1), NETWORKS[sponsors]  # noqa: S311  the same network in every run
        tree = Tree(Shape(2, 1, "breadth"))
        tree.add("m0", None, None)
        for number in range(1, size):
            parent, slot = tree.place(f"m{sponsor_of(number, size, random)}")
            tree.add(f"m{number}", parent, slot)
        return cls(tree, random)

    def orders(self) -> dict[str, int]:
        """Returns as many orders as members, in minor units by the member where they enter."""
        amounts: dict[str, int] = {}
        random, ids = self.random, self.tree.ids
        for _ in range(len(ids)):
            id = ids[random.randrange(len(ids))]
            amounts[id] = amounts.get(id, 0) + random.randrange(1_000, 100_000)
        return amounts


def measure_closes(network: CloseNetwork, sponsors: str, scale: EngineScale, comparisons: Comparisons) -> None:
    """Runs all rounds; the floor and the close alternate. Leaves the orders in the network."""
    for id, amount in network.orders().items():
        network.tree.add_volume(id, amount)
    programme = Programme.from_tables(tomllib.loads(PROGRAMME))
    against = Against(computed(scale.closed), sponsors, "ms", "reading each of its arrays once")
    arrays = Arrays.of(network.tree)
    for _ in range(scale.rounds):
        floor = seconds(arrays.read)
        ours = seconds(lambda: arrays.close(programme))
        comparisons.add(against, ours * MILLISECONDS, floor * MILLISECONDS)


@dataclass(frozen=True, slots=True)
class Arrays:
    """Holds all inputs of a close."""

    tree: Tree
    came: np.ndarray[tuple[int], np.dtype[np.int64]]
    carried: LegValues
    standings: Standings

    @classmethod
    def of(cls, tree: Tree) -> Arrays:
        """Returns the network's arrays.

        No one is suspended, has sold or earned; laying out the network is not measured.
        """
        carried = tree.carried().at(tree.layout().position)
        nothing = (np.zeros(len(tree), np.int64) for _ in Standings._fields)
        return cls(tree, tree.came(), carried, Standings(*nothing))

    def read(self) -> list[int]:
        """Returns the sum of each array."""
        return [int(each.sum()) for each in (*self.tree.layout(), self.came, *self.carried, *self.standings)]

    def close(self, programme: Programme) -> tuple[Claims, LegValues]:
        """Returns the claims, and the carried volumes."""
        pairing, layout = programme.plan.pairing, self.tree.layout()
        assert pairing is not None
        volumes = layout.volumes(self.came, self.carried)
        positions = with_both(volumes, layout)
        payees = qualified_of(positions, self.standings.at(positions), layout, programme)
        return close(volumes, payees, pairing, programme)
