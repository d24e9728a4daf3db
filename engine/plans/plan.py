"""Defines what a plan decides: everything that depends on `kind` in the programme file's table `plan`.

The methods here are those of a plan in which a member's parent is their sponsor; a plan defines what it does otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeAlias

from engine.plans.drawing import Drawing, drawn
from engine.plans.team import TeamFacts, TeamRow, leg_rows, level_rows

if TYPE_CHECKING:
    from engine.network.shape import Shape
    from engine.network.tree import Tree
    from engine.programme.model import PlanTable

Problem: TypeAlias = tuple[str, str]
"""The key in full, and what was expected there."""


class Network(Protocol):
    """Gives the placement network, as the facts of an event do."""

    def tree(self) -> Tree:
        """Returns the network. Raises StoreError for a plan without places."""


class Plan(Protocol):
    """Decides what depends on the kind of plan.

    `kind` is its name in the file. `own_keys` are those of `pairs`, `requires.legs` and `pairing` that it takes; each
    is refused with plans that do not name it. `template` is the table `plan` of a new configuration, None where
    `moaref init` does not offer the plan. `strength` and `drawback` are ids of texts.
    """

    kind: ClassVar[str]
    own_keys: ClassVar[frozenset[str]] = frozenset()
    template: ClassVar[str | None] = None
    strength: ClassVar[str]
    drawback: ClassVar[str]

    def place(self, sponsor: str, network: Network) -> tuple[str, int | None]:  # noqa: ARG002  for plans with places
        """Returns the parent and place of a member who joins under this sponsor now (sections 3.3 and 3.4)."""
        return sponsor, None

    def shape(self, table: PlanTable) -> Shape | None:  # noqa: ARG002  for plans with places
        """Returns how the network grows; None where there are no numbered places."""
        return None

    def depth(self, table: PlanTable) -> int:
        """Returns the number of levels above a seller that share in a commission."""
        return len(table.levels)

    def problems(self, table: PlanTable) -> Iterator[Problem]:  # noqa: ARG002  for plans with rules of their own
        """Yields the contradictions of a table of this kind that section 2 refuses."""
        yield from ()

    def defaults(self, table: PlanTable) -> Iterator[tuple[str, str | int]]:  # noqa: ARG002  for plans with keys
        """Yields the keys, in full, whose defaults depend on the kind, with the values in force."""
        yield from ()

    def fixed_key(self, old: PlanTable, new: PlanTable) -> str | None:  # noqa: ARG002  for plans with places
        """Returns the key, in full, that differs and cannot change once members have places; None if none does."""
        return None

    def team(self, table: PlanTable, facts: TeamFacts) -> list[TeamRow]:
        """Returns the rows of a member's team: the levels that are paid, then the legs if there are any."""
        return [*level_rows(self.depth(table), facts), *leg_rows(facts, with_volume=table.pairing is not None)]

    def drawing(self, table: PlanTable) -> Drawing:
        """Returns who pays whom for an order in an example network."""
        return drawn(self, table)
