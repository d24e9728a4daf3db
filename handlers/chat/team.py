"""Handles /team: members below, level by level and leg by leg, and who blocks how much of their commissions."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Count, Lines, Money, Term, When
from bot.kit.home_button import back_home
from bot.kit.pagination import Pagination, paginate
from engine.plans.team import CloseRow, LegRow, LevelRow, NobodyRow, RecruitsRow, Side, TeamFacts, TeamRow
from engine.programme.model import PlanTable
from engine.queries.progress import HeldBehind, next_close
from handlers.chat.buttons import OpenFriends, OpenHistory, OpenTeam, ShowLegs, ShowTeam
from handlers.chat.joining import invite_to_join
from handlers.phrases import missing, name_for, need, volume

HELD_A_PAGE: Final = 6


async def show_team(ctx: Context) -> None:
    """Handles /team."""
    await _show(ctx, 1)


async def open_page(ctx: Context, button: OpenTeam) -> None:
    """Opens a page, by the button of the home card and by those that turn pages."""
    await _show(ctx, max(1, button.page), new=button.page == 0)


async def _show(ctx: Context, number: int, *, new: bool = False) -> None:
    """Shows a page: page 1 has the network; blockers continue over as many pages as needed."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "team-of-nobody", new=new)
        return
    skip = (number - 1) * HELD_A_PAGE
    held, total = await ctx.engine.held_behind(ctx.person.id, skip=skip, count=HELD_A_PAGE)
    page = paginate(total, number, HELD_A_PAGE)
    if page.number != number:
        await _show(ctx, page.number)
        return
    parts = [*await _network(ctx), *await _own_needs(ctx)] if number == 1 else []
    parts += await _held(ctx, held)
    charts = await _charts(ctx) if number == 1 else []
    ctx.say("team-page", rows=[charts, *_rows(page, any_held=total > 0)], new=new, parts=Lines(tuple(parts)))


async def _charts(ctx: Context) -> list[Press]:
    """Returns the buttons of pictures that have something to show."""
    plan, me = ctx.engine.programme.plan, ctx.person.id
    tree = [Press("button-tree", ShowTeam(me, 1))] if await ctx.engine.levels(me, 1) else []
    legs = [Press("button-legs", ShowLegs())] if plan.legs and plan.pairing is not None else []
    return tree + legs


def _rows(page: Pagination, *, any_held: bool) -> list[list[Press]]:
    history = [Press("button-history", OpenHistory(1))] if any_held else []
    return [page.turning(OpenTeam), [Press("button-friends", OpenFriends(1)), *history], back_home()]


# The network


async def _network(ctx: Context) -> list[Term]:
    """Returns the rows that the plan shows of the members below: levels, and legs if it has any."""
    plan = ctx.engine.programme.plan
    return [_row(ctx, each) for each in plan.rules.team(plan, await _counted(ctx, plan))]


async def _counted(ctx: Context, plan: PlanTable) -> TeamFacts:
    """Counts the members below: by level as deep as the plan pays, and by leg."""
    me = ctx.person.id
    member = await ctx.engine.member(me)
    legs = await ctx.engine.legs(me) if plan.legs else None
    return TeamFacts(
        levels=await ctx.engine.levels(me, max(1, plan.depth)),
        recruits=member.recruits if member is not None else 0,
        legs=tuple(zip(legs.members, legs.volumes, strict=True)) if legs is not None else (),
        closes=next_close(ctx.engine.programme, ctx.now),
    )


def _row(ctx: Context, row: TeamRow) -> Term:
    match row:
        case NobodyRow():
            return Term("team-empty")
        case LevelRow(level, members):
            return Term("team-level", level=Count(level), members=Count(members))
        case RecruitsRow(members):
            return Term("team-below", members=Count(members))
        case LegRow(side, members, amount):
            return _leg(ctx, side, members, amount)
        case CloseRow(at):
            return Term("team-period-closes", at=When(at, ctx.bot.zone, time=True))


def _leg(ctx: Context, side: Side, members: int, amount: int | None) -> Term:
    """Returns a leg's members, and its volume where pairing pays for volume."""
    pairing = ctx.engine.programme.plan.pairing
    if pairing is None or amount is None:
        return Term("team-leg", side=Choice(side), members=Count(members))
    counted = volume(ctx, pairing, amount)
    return Term("team-leg-with-volume", side=Choice(side), members=Count(members), volume=counted)


# Blockers


async def _own_needs(ctx: Context) -> list[Term]:
    """Returns the plan's requirements for the member, and their progress."""
    needs = await ctx.engine.needs(ctx.person.id)
    if not needs:
        return []
    met = Choice("yes" if all(each.met for each in needs) else "no")
    return [Term("team-needs", met=met), *(need(ctx, each) for each in needs)]


async def _held(ctx: Context, held: list[HeldBehind]) -> list[Term]:
    """Returns, for each blocker, how much they block and the requirements that they lack."""
    lines = [Term("team-held")] if held else []
    for each in held:
        waits = Term(
            "team-held-by",
            member=await name_for(ctx, ctx.person, each.blocker),
            amount=Money(each.amount, ctx.bot.currency),
            commissions=Count(each.commissions),
        )
        lines += [waits, *await missing(ctx, each.blocker)]
    return lines


FEATURE = Feature("team", commands=(Command("team", show_team),), buttons=(on(OpenTeam, open_page),))
