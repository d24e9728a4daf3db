"""Puts the programme's figures into words: the same lines in the morning's summary and in /stats."""

from collections.abc import Iterator
from typing import Final

from bot.kit.formatting import Count, Money, Percent, Term
from engine.money import Currency
from engine.queries.figures import Figures
from engine.queries.reports import Queue

_MINUTE_MS: Final = 60_000


def figure_lines(figures: Figures, currency: Currency) -> Iterator[Term]:
    """Yields a line for each sum; what was refunded or taken back only where something was."""
    yield Term("figures-friends", came=Count(figures.came), joined=Count(figures.joined))
    yield Term("figures-orders", count=Count(figures.orders), amount=Money(figures.sold, currency))
    if figures.refunded:
        yield Term("figures-refunded", amount=Money(figures.refunded, currency))
    yield Term("figures-commissions", count=Count(figures.commissions), amount=Money(figures.credited, currency))
    if figures.taken_back:
        yield Term("figures-taken-back", amount=Money(figures.taken_back, currency))
    if figures.cost_share is not None:
        yield Term("figures-cost", share=Percent(figures.cost_share))
    yield Term("figures-payouts", count=Count(figures.payouts), amount=Money(figures.paid_out, currency))


def queue_lines(queue: Queue, now: int, currency: Currency, *, by_itself: bool) -> Iterator[Term]:
    """Yields a line for the requests that wait, and one for the commissions where they need approval."""
    amount = Money(queue.amount, currency)
    waited = age(now - (queue.oldest or now))
    yield Term("admin-summary-requests", count=Count(queue.requests), amount=amount, age=waited)
    if not by_itself:
        yield Term("admin-summary-undecided", count=Count(queue.commissions))


def age(elapsed_ms: int) -> Term:
    """Formats an age in its largest unit."""
    minutes = max(elapsed_ms, 0) // _MINUTE_MS
    hours, days = minutes // 60, minutes // (24 * 60)
    return Term("admin-age", days=Count(days), hours=Count(hours), minutes=Count(minutes))
