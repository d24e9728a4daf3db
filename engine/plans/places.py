"""Defines what plans with numbered places have in common: the tree's spill places newcomers (section 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from engine.network.placement import SPILLS
from engine.plans.plan import Network, Plan, Problem

if TYPE_CHECKING:
    from engine.programme.model import PlanTable


class PlanWithPlaces(Plan):
    """Places newcomers by a spill, `default_spill` where the file names none."""

    default_spill: ClassVar[str]

    def place(self, sponsor: str, network: Network) -> tuple[str, int | None]:
        """Returns the place that the spill finds under the sponsor."""
        return network.tree().place(sponsor)

    def spill(self, table: PlanTable) -> str:
        """Returns the spill in force."""
        return table.spill or self.default_spill

    def problems(self, table: PlanTable) -> Iterator[Problem]:
        """Refuses a spill that needs legs where there are none."""
        shape = self.shape(table)
        if shape is not None and not shape.legs and SPILLS[shape.spill].needs_legs:
            fitting = " or ".join(f'"{name}"' for name in sorted(SPILLS) if not SPILLS[name].needs_legs)
            yield "plan.spill", f'{fitting} with kind = "{table.kind}"'

    def defaults(self, table: PlanTable) -> Iterator[tuple[str, str | int]]:
        yield "plan.spill", self.spill(table)
