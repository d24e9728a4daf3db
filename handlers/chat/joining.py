"""Explains joining to non-members: how to join, what it costs, and what it brings."""

from collections.abc import Iterator
from typing import Any, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.formatting import Choice, Count, Lines, Money, Term
from engine.programme.model import Pairing, Rank
from handlers.chat.buttons import OpenLink, OpenOffers, back_home
from handlers.phrases import RenderContext, rate, volume

PRODUCTS_SHOWN: Final = 8


def costs_something(context: RenderContext) -> bool:
    """Returns whether joining requires a purchase."""
    return context.engine.programme.program.join.mode == "purchase"


def show_how_to_join(ctx: Context, *, new: bool = False) -> None:
    """Shows what joining costs and brings, to non-members who ask for a member's page."""
    rows = [[Press("button-offers", OpenOffers(1))], back_home()]
    ctx.say("join-costs", rows=rows, new=new, **_costs(ctx))


def invite_to_join(ctx: Context, text_id: str, *, new: bool = False) -> None:
    """Shows non-members a member's page: its own text with the button if joining is free, else what joining costs."""
    if costs_something(ctx):
        show_how_to_join(ctx, new=new)
    else:
        rows = [[Press("button-get-link", OpenLink(), style="primary")], back_home()]
        ctx.say(text_id, rows=rows, new=new)


def joining(context: RenderContext) -> Term:
    """Returns the costs and benefits of joining as a part of another page."""
    return Term("join-costs", **_costs(context))


def _costs(context: RenderContext) -> dict[str, Any]:
    """Returns the products that join, and a new member's earnings."""
    programme = context.engine.programme
    brings = Lines(tuple(earnings_of(context, programme.ranks[0])))
    return {"products": products(context, programme.program.join.products), "brings": brings}


def products(context: RenderContext, names: list[str]) -> Lines:
    """Returns a line for each; a long list ends with the number of further ones."""
    if not names:
        return Lines((Term("join-no-product"),))
    shown = [Term("join-product", product=context.bot.titles.of("product", each)) for each in names[:PRODUCTS_SHOWN]]
    left = len(names) - PRODUCTS_SHOWN
    return Lines((*shown, Term("listed-more", count=Count(left))) if left > 0 else tuple(shown))


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
        yield _pairing(context, plan.pairing)
    if rank.signup_bonus:
        yield Term("earns-signup", bonus=Money(rank.signup_bonus, context.bot.currency))


def _pairing(context: RenderContext, pairing: Pairing) -> Term:
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
