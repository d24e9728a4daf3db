"""What a member may ask to be paid, before they ask: the same bounds as the rule of section 9, told early."""

from typing import NamedTuple

from engine.errors import BelowMinimum, InsufficientFunds


class Suggested(NamedTuple):
    """Amounts worth a button, in minor units; None where one would be refused or says the same as another."""

    all: int | None
    half: int | None
    minimum: int | None


def suggested_amounts(available: int, minimum: int) -> Suggested:
    """All that can be withdrawn, half of it rounded down, and the least that is paid; all in minor units."""
    if not can_withdraw(available, minimum):
        return Suggested(None, None, None)
    half = available // 2
    return Suggested(
        all=available,
        half=half if half and half >= minimum and half != minimum else None,
        minimum=minimum if 0 < minimum < available else None,
    )


def can_withdraw(available: int, minimum: int) -> bool:
    """Whether there is any amount that would be taken."""
    return available > 0 and available >= minimum


def check_amount(amount: int, available: int, minimum: int) -> None:
    """Raises BelowMinimum or InsufficientFunds, as the withdrawal itself would."""
    least = max(minimum, 1)  # nothing at all is no withdrawal, whatever the programme's minimum
    if amount < least:
        raise BelowMinimum(least)
    if amount > available:
        raise InsufficientFunds(available)
