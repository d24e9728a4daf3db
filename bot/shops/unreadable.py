"""Defines the stored reason of unreadable orders, and which of them can be requested from the shop."""

from typing import Final

from bot.kit.shop import Malformed
from bot.kit.shop_kind import UNNAMED

UNREADABLE: Final = "unreadable"
REASON_LENGTH_MAX: Final = 200


def reason_of(problem: Malformed) -> str:
    """Returns the place and the expected value, as stored and reported, without the actual content."""
    return f"{problem.key}: {problem.expected}"[:REASON_LENGTH_MAX]


def can_be_asked_for(order: str) -> bool:
    """Returns whether this is an order's number; a body without one is named by a digest."""
    return bool(order) and order.isascii() and not order.startswith(UNNAMED)
