"""Handles /rank: the member's rank, its benefits, and the next one's requirements."""

from collections.abc import Iterator

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Lines, Money, Term
from bot.kit.home_button import back_home
from engine.programme.model import Rank
from engine.queries.progress import next_rank, rank_needs
from engine.records import Member
from engine.rules.ranks import lifetime_cap
from handlers.chat.buttons import OpenOffers, OpenRank, OpenTeam, ShowProgress
from handlers.chat.joining import invite_to_join
from handlers.phrases import RenderContext, need, rate


async def show_rank(ctx: Context, button: OpenRank | None = None) -> None:
    """Shows the rank, its rate, bonus and caps, and the way to the next one."""
    member = await ctx.engine.member(ctx.person.id)
    fresh = button is not None and button.fresh
    if member is None:
        invite_to_join(ctx, "rank-of-nobody", new=fresh)
        return
    rank = ctx.engine.programme.rank_by_id[member.rank]
    is_last = next_rank(member, ctx.engine.programme) is None
    chart = [] if is_last else [[Press("button-chart", ShowProgress())]]
    ctx.say(
        "rank-card",
        rows=[*chart, [Press("button-team", OpenTeam(1)), Press("button-offers", OpenOffers(1))], back_home()],
        new=fresh,
        rank=ctx.bot.titles.of("rank", rank.id),
        gives=Lines(tuple(_gives(ctx, rank, member))),
        next=Lines(tuple(way_to_next(ctx, member))),
    )


def _gives(ctx: Context, rank: Rank, member: Member) -> Iterator[Term]:
    """Yields the rate, and its limits."""
    yield Term("earns-directly", rate=rate(ctx, rank.commission.text))
    if rank.signup_bonus:
        yield Term("earns-signup", bonus=Money(rank.signup_bonus, ctx.bot.currency))
    if rank.max_commission:
        yield Term("rank-cap-single", cap=Money(rank.max_commission, ctx.bot.currency))
    pairing = ctx.engine.programme.plan.pairing
    period_cap = (rank.pairing_cap or pairing.cap) if pairing is not None else 0
    if period_cap:
        yield Term("rank-cap-period", cap=Money(period_cap, ctx.bot.currency))
    lifetime = lifetime_cap(rank, ctx.engine.programme)
    if lifetime:
        earned = Money(member.earnings, ctx.bot.currency)
        yield Term("rank-cap-lifetime", cap=Money(lifetime, ctx.bot.currency), earned=earned)


def way_to_next(context: RenderContext, member: Member) -> Iterator[Term]:
    """Yields the next rank's requirements, the member's progress, and its benefits."""
    following = next_rank(member, context.engine.programme)
    if following is None:
        only = len(context.engine.programme.ranks) == 1
        yield Term("rank-only") if only else Term("rank-highest")
        return
    yield Term(
        "rank-next", rank=context.bot.titles.of("rank", following.id), rate=rate(context, following.commission.text)
    )
    for asked in rank_needs(member, following):
        yield need(context, asked)
    if following.bonus:
        yield Term("rank-next-bonus", bonus=Money(following.bonus, context.bot.currency))


FEATURE = Feature("rank", commands=(Command("rank", show_rank),), buttons=(on(OpenRank, show_rank),))
