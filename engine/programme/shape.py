"""Derives from a plan how its network grows."""

from __future__ import annotations

from dataclasses import dataclass

from engine.programme.model import Plan


@dataclass(frozen=True, slots=True)
class Shape:
    """Holds a plan's growth rules: the places under each member, how many of them are the left leg, and the spill."""

    places: int
    left: int
    spill: str

    @classmethod
    def of(cls, plan: Plan) -> Shape | None:
        """Returns the shape of a plan; None for plans in which a member's parent is their sponsor."""
        if plan.kind == "matrix":
            return cls(plan.width, plan.width, plan.spill or "breadth")
        if plan.kind == "binary":
            pairs = plan.pairs or 1
            return cls(2 * pairs, pairs, plan.spill or "left")
        return None
