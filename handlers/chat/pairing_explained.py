"""Explains a pairing commission: the period, both legs, what was matched, and what is left of it."""

from typing import Any

from bot.kit.formatting import Choice, Count, Exact, Money, Term
from engine.programme.model import Pairing
from engine.queries.progress import exact_share
from engine.records import Commission
from engine.rules.pairing import units_of_a_pair
from handlers.phrases import RenderContext, period, rate, volume


async def pairing_lines(commission: Commission, context: RenderContext) -> list[Term]:
    """Returns the lines, by the programme that closed the period, which may have been changed since."""
    programme = await context.engine.programme_before(commission.credited)
    assert programme is not None  # a period only closes under a programme,
    pairing = programme.plan.pairing
    assert pairing is not None  # and one with pairing
    trace = commission.trace
    left, right = trace["legs"]
    left_over = trace["left_over"]
    return [
        Term("why-period", first_day=period(context, commission.source.partition(":")[2]), kind=Choice(pairing.period)),
        Term("why-legs", left=volume(context, pairing, left), right=volume(context, pairing, right)),
        _matched(trace, pairing, context),
        Term(
            "why-left-over",
            left=volume(context, pairing, left_over[0]),
            right=volume(context, pairing, left_over[1]),
            carry=Choice(pairing.carry),
            limit=volume(context, pairing, pairing.carry_limit),
        ),
    ]


def _matched(trace: dict[str, Any], pairing: Pairing, context: RenderContext) -> Term:
    if pairing.rate is not None:
        exact = exact_share(pairing.rate.text, trace["matched"])
        return Term(
            "why-matched",
            rate=rate(context, pairing.rate.text),
            matched=volume(context, pairing, trace["matched"]),
            rounded=Choice("yes" if exact else "no"),
            exact=Exact(exact or "0", context.bot.currency),
        )
    left, right = trace["legs"]
    of_left, of_right = units_of_a_pair(left, right, pairing)
    return Term(
        "why-pairs",
        pairs=Count(trace["matched"]),
        bonus=Money(pairing.bonus or 0, context.bot.currency),
        unit=volume(context, pairing, pairing.unit or 1),
        of_left=Count(of_left),
        of_right=Count(of_right),
    )
