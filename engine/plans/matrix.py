"""Implements matrix: `width` places under each member, filled first to last, breadth-first or to the left (section
3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.network.shape import Shape
from engine.plans.places import PlanWithPlaces

if TYPE_CHECKING:
    from engine.programme.model import PlanTable


class Matrix(PlanWithPlaces):
    kind = "matrix"
    default_spill = "breadth"
    template = """kind = "matrix"            # so many places under each member; further recruits are placed below
width = 3
levels = ["15%", "12%", "8%"]   # the nearest first; cut out of the seller's commission"""
    strength = "plan-matrix-strength"
    drawback = "plan-matrix-drawback"

    def shape(self, table: PlanTable) -> Shape:
        """Returns `width` places, which make no legs."""
        return Shape(table.width, table.width, self.spill(table))

    def fixed_key(self, old: PlanTable, new: PlanTable) -> str | None:
        return "plan.width" if old.width != new.width else None
