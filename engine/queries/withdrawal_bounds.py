"""Computes the bounds of a withdrawal before it is requested, by the rule of section 9."""

from typing import NamedTuple

from engine.errors import BelowMinimum, InsufficientFunds


class Suggested(NamedTuple):
    """Holds amounts for buttons, in minor units; None where one would be refused or duplicate another."""

    all: int | None
    half: int | None
    minimum: int | None


def suggested_amounts(available: int, minimum: int) -> Suggested:
    """Suggests all that can be withdrawn, half of it rounded down, and the minimum; all in minor units."""
    if not can_withdraw(available, minimum):
        return Suggested(None, None, None)
    half = available // 2
    return Suggested(
        all=available,
        half=half if half and half >= minimum and half != minimum else None,
        minimum=minimum if 0 < minimum < available else None,
    )


def can_withdraw(available: int, minimum: int) -> bool:
    """Returns whether any amount would be accepted."""
    return available > 0 and available >= minimum


def check_amount(amount: int, available: int, minimum: int) -> None:
    """Raises BelowMinimum or InsufficientFunds, as the withdrawal itself would."""
    least = max(minimum, 1)  # a withdrawal of 0 is refused, whatever the programme's minimum
    if amount < least:
        raise BelowMinimum(least)
    if amount > available:
        raise InsufficientFunds(available)
