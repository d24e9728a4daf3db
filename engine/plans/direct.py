"""Implements direct: only the seller is paid; a member's parent is their sponsor (section 3.3)."""

from engine.facts import Facts


def place(sponsor: str, _facts: Facts) -> tuple[str, int | None]:
    """Returns the sponsor as parent; this plan has no numbered places."""
    return sponsor, None
