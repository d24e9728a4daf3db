"""Computes the highest rate that any seller can have on any line, by the order of precedence of section 4."""

from collections.abc import Iterable, Iterator

from engine.programme.model import Offer, Programme
from engine.rates import MILLION, Rate

EVERYBODY_ELSE = ""
"""A seller named by no offer: the empty text is no id."""


def dearest_rate(programme: Programme) -> Rate:
    """Returns the rate that takes most of an order. A fixed one may take all of it, so it ranks above any percentage.

    Ignores rates that a more specific one always overrides.
    """
    return max((rate for running in _together(programme) for rate in _reachable(programme, running)), key=_dearness)


def _dearness(rate: Rate) -> tuple[int, int]:
    return (MILLION if rate.each else rate.millionths), rate.each


def _together(programme: Programme) -> Iterator[list[Offer]]:
    """Yields the offers in force at once, for each seller and each moment at which that changes."""
    sellers = {EVERYBODY_ELSE, *(member for offer in programme.offers for member in offer.members or ())}
    moments = {0, *_changes(programme.offers)}
    seen: set[tuple[int, ...]] = set()
    for at in moments:
        for seller in sellers:
            holding = tuple(n for n, offer in enumerate(programme.offers) if offer.holds(seller, at))
            if holding not in seen:
                seen.add(holding)
                yield [programme.offers[n] for n in holding]


def _changes(offers: Iterable[Offer]) -> Iterator[int]:
    for offer in offers:
        yield from (moment for moment in (offer.starts, offer.ends) if moment is not None)


def _reachable(programme: Programme, running: list[Offer]) -> Iterator[Rate]:
    """Yields each rate that wins for some line while these offers run.

    Some product is named by no rule and in no category, so an offer on everything hides the less specific rates.
    """
    yield from (offer.commission for offer in running if offer.products or offer.categories)
    everything = [offer.commission for offer in running if offer.products is None and offer.categories is None]
    if everything:
        yield max(everything, key=_dearness)
        return
    products = {product for offer in running for product in offer.products or ()}
    categories = {category for offer in running for category in offer.categories or ()}
    for rate in programme.rates:
        if rate.product not in products and rate.category not in categories:
            yield rate.commission
    yield from (rank.commission for rank in programme.ranks)
