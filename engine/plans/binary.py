"""Implements binary: one or two pairs of places under each member, the first half of them the left leg
(section 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.network.shape import Shape
from engine.plans.places import PlanWithPlaces

if TYPE_CHECKING:
    from engine.programme.model import PlanTable


class Binary(PlanWithPlaces):
    kind = "binary"
    own_keys = frozenset({"pairs", "requires.legs", "pairing"})
    default_spill = "left"
    template = """kind = "binary"            # a left and a right leg under each member
pairing = { period = "week", rate = "10%" }   # of what both legs have sold alike, once a week"""
    strength = "plan-binary-strength"
    drawback = "plan-binary-drawback"

    def shape(self, table: PlanTable) -> Shape:
        """Returns two legs of `pairs` places each."""
        pairs = _pairs(table)
        return Shape(2 * pairs, pairs, self.spill(table))

    def defaults(self, table: PlanTable) -> Iterator[tuple[str, str | int]]:
        yield from super().defaults(table)
        yield "plan.pairs", _pairs(table)

    def fixed_key(self, old: PlanTable, new: PlanTable) -> str | None:
        return "plan.pairs" if _pairs(old) != _pairs(new) else None


def _pairs(table: PlanTable) -> int:
    return table.pairs or 1
