"""Detects fixed rates where a percent sign was probably forgotten: "20" is 20 minor units for each unit sold."""

from collections.abc import Iterator
from typing import Final

from engine.exchange import written
from engine.money import Currency
from engine.programme.model import Programme
from engine.rates import Rate

LIKE_A_PERCENTAGE_MAX: Final = 100


def typed_rates(programme: Programme) -> Iterator[tuple[str, Rate]]:
    """Yields each key of the programme file where a fixed rate may stand, with the rate."""
    for position, rank in enumerate(programme.ranks):
        yield f"ranks[{position}].commission", rank.commission
    for position, table in enumerate(programme.rates):
        yield f"rates[{position}].commission", table.commission
    for position, offer in enumerate(programme.offers):
        yield f"offers[{position}].commission", offer.commission


def forgotten_percent(rate: Rate, currency: Currency) -> str | None:
    """Returns the question whether a percentage was meant, or None for a plausible rate."""
    if not 0 < rate.each <= LIKE_A_PERCENTAGE_MAX:
        return None
    fixed = f'"{rate.text}" is {written(rate.each, currency)} for each unit sold, whatever its price'
    return f'{fixed}; was {rate.each}% meant? Then write "{rate.each}%"'
