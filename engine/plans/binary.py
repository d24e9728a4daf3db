"""Implements binary: one or two pairs of places under each member, the first half of them the left leg
(section 3.4).
"""

from engine.facts import Facts


def place(sponsor: str, facts: Facts) -> tuple[str, int | None]:
    """Returns the place that the spill finds under the sponsor: to the left, breadth-first, or in the weaker leg."""
    return facts.tree().place(sponsor)
