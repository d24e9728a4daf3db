"""Says what is kept of orders that cannot be read, and which of them a shop can be asked for again."""

from typing import Final

from bot.kit.shop import Malformed

UNREADABLE: Final = "unreadable"
REASON_LENGTH_MAX: Final = 200


def reason_of(problem: Malformed) -> str:
    """Returns the place and what was expected there, as it is kept and told: nothing of what stood there."""
    return f"{problem.key}: {problem.expected}"[:REASON_LENGTH_MAX]


def can_be_asked_for(order: str) -> bool:
    """Returns whether this is an order's number; a body that shows none is called by a digest."""
    return order.isascii() and order.isdigit()
