"""Implements matrix: `width` places under each member, filled first to last, breadth-first or to the left (section
3.4).
"""

from engine.facts import Facts


def place(sponsor: str, facts: Facts) -> tuple[str, int | None]:
    """Returns the place that the spill finds under the sponsor."""
    return facts.tree().place(sponsor)
