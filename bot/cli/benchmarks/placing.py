"""Measures placement and leg volumes in networks of every spill and shape, against chained dictionary look-ups."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.legs import Volumes
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MICROSECONDS, seconds
from engine.network.shape import Shape
from engine.network.tree import Tree

SHAPES: Final[Mapping[str, Shape]] = {
    "matrix left": Shape(3, 3, "left"),
    "matrix breadth": Shape(3, 3, "breadth"),
    "binary left": Shape(2, 1, "left"),
    "binary breadth": Shape(2, 1, "breadth"),
    "binary weaker": Shape(2, 1, "weaker"),
}
# Returns the sponsor's number for a newcomer's number.
SPONSORS: Final[Mapping[str, Callable[[int, Random], int]]] = {
    "all under one": lambda _number, _random: 0,
    "random sponsors": lambda number, random: random.randrange(number),
    "chain": lambda number, _random: number - 1,
}


@dataclass(frozen=True, slots=True)
class PlacementNetwork:
    """Grows by its spill, under the given sponsors."""

    spill: str
    sponsors: str
    tree: Tree
    random: Random

    def grow(self, times: int) -> None:
        """Places so many newcomers."""
        tree, random, sponsor_of = self.tree, self.random, SPONSORS[self.sponsors]
        for number in range(len(tree), len(tree) + times):
            parent, slot = tree.place(f"m{sponsor_of(number, random)}")
            tree.add(f"m{number}", parent, slot)


def placed(network: PlacementNetwork) -> Against:
    """Describes finding a newcomer's place and placing them."""
    return Against(
        "placement", f"{network.spill}, {network.sponsors}", "µs a newcomer", "a chain of look-ups in a dict"
    )


def networks(members: int) -> Iterator[PlacementNetwork]:
    """Yields networks of so many members, one after another."""
    for spill, shape in SHAPES.items():
        for sponsors in SPONSORS:
            network = PlacementNetwork(spill, sponsors, Tree(shape), Random(1))  # noqa: S311  the same network in every run
            network.tree.add("m0", None, None)
            network.grow(members - 1)
            yield network


def measure_placement(folder: Path, scale: EngineScale, comparisons: Comparisons, tell: Callable[[str], None]) -> None:
    """Runs all rounds in each network; the floor and placement alternate. In binary ones, then their legs' volumes."""
    tell("building networks")
    chain = _Chain(scale)
    with Volumes.stored(folder / "members.db", scale.network) as volumes:
        for network in networks(scale.network):
            tell(f"placement, {network.spill}, {network.sponsors}")
            _measure(network, chain, scale, comparisons)
            if network.tree.shape.left < network.tree.shape.places:
                volumes.measure(f"{network.spill}, {network.sponsors}", network.tree, scale, comparisons)


def _measure(network: PlacementNetwork, chain: "_Chain", scale: EngineScale, comparisons: Comparisons) -> None:
    for _ in range(scale.rounds):
        floor = seconds(chain.follow) / scale.at_a_time
        ours = seconds(lambda: network.grow(scale.at_a_time)) / scale.at_a_time
        comparisons.add(placed(network), ours * MICROSECONDS, floor * MICROSECONDS)


class _Chain:
    """Holds a dictionary whose entries form chains, and the starting points of the look-ups."""

    def __init__(self, scale: EngineScale) -> None:
        random = Random(1)  # noqa: S311  the same chain in every run
        ids = [f"m{number}" for number in range(scale.network)]
        self._next = {id: random.choice(ids) for id in ids}
        self._first = random.choices(ids, k=scale.at_a_time)
        self._lookups = scale.lookups

    def follow(self) -> None:
        following = self._next
        for id in self._first:
            at = id
            for _ in range(self._lookups):
                at = following[at]
