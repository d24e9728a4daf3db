"""Says what a member earns, worked out from the programme in force, so that no text repeats a rate."""

from collections.abc import Iterator

from bot.kit.formatting import Choice, Count, Money, Term
from engine.programme.model import Pairing, Rank
from engine.queries.progress import general_rate
from handlers.phrases import RenderContext, rate, volume


def promise(context: RenderContext, person: str, rank: Rank, at: int) -> Iterator[Term]:
    """Yields what this person earns with a rank, a sentence for each way; a way that pays nothing is left out."""
    programme = context.engine.programme
    plan, text = programme.plan, general_rate(person, rank.id, programme, at).text
    if text not in ("0", "0%"):
        yield _directly(context, text)
    if plan.levels:
        nearest = rate(context, plan.levels[0].text)
        yield Term("promise-levels", levels=Count(len(plan.levels)), rate=nearest, of=Choice(plan.base))
    if plan.pairing is not None:
        yield pairing_line(context, plan.pairing)
    if rank.signup_bonus:
        yield Term("earns-signup", bonus=Money(rank.signup_bonus, context.bot.currency))


def _directly(context: RenderContext, text: str) -> Term:
    """Says what a purchase pays: a share of it, or an amount for each unit."""
    plan = context.engine.programme.plan
    most = Choice("most" if plan.levels and plan.seller_funds else "all")  # levels above take their part out of it
    if text.endswith("%"):
        return Term("promise-share", most=most, rate=rate(context, text))
    return Term("promise-each", most=most, amount=Money(int(text), context.bot.currency))


def earnings_of(context: RenderContext, rank: Rank) -> Iterator[Term]:
    """Yields what a member of this rank earns: on friends' purchases, on those further down, and for friends
    who join.
    """
    plan = context.engine.programme.plan
    yield Term("earns-directly", rate=rate(context, rank.commission.text))
    for level, share in enumerate(plan.levels, start=1):
        yield Term("earns-level", level=Count(level), rate=rate(context, share.text), of=Choice(plan.base))
    if plan.levels and plan.seller_funds:
        yield Term("earns-less-levels")
    if plan.pairing is not None:
        yield pairing_line(context, plan.pairing)
    if rank.signup_bonus:
        yield Term("earns-signup", bonus=Money(rank.signup_bonus, context.bot.currency))


def pairing_line(context: RenderContext, pairing: Pairing) -> Term:
    """Describes pairing: a share of the smaller leg, or a bonus for each pair of units (section 7)."""
    period = Choice(pairing.period)
    if pairing.rate is not None:
        return Term("earns-pairing-share", rate=rate(context, pairing.rate.text), period=period)
    return Term(
        "earns-pairing-bonus",
        bonus=Money(pairing.bonus or 0, context.bot.currency),
        unit=volume(context, pairing, pairing.unit or 1),
        ratio=Choice("equal" if pairing.ratio in (None, "1:1") else "double"),
        period=period,
    )
