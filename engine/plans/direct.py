"""Direct: only the seller is paid; a member's parent is their sponsor (section 3.3)."""

from engine.facts import Facts


def place(sponsor: str, _facts: Facts) -> tuple[str, int | None]:
    """Under the sponsor; there are no places to count."""
    return sponsor, None
