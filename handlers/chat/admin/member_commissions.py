"""Handles /commissions WHO: what waits of one member's commissions."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on
from bot.kit.formatting import Choice, Count, Lines, Money, Term, When
from bot.kit.pagination import in_rows
from bot.kit.person import Person
from engine.records import Commission
from handlers.chat.admin.buttons import OpenCommission, OpenCommissionsOf, back_to_admin
from handlers.chat.admin.finding import person_for
from handlers.phrases import name_of, origin

PAGE_SIZE: Final = 6
_BUTTONS_A_ROW: Final = 2


async def show_of(ctx: Context, sought: str) -> None:
    """Finds the member, and shows what waits of theirs."""
    if (person := await person_for(ctx, "commissions", sought)) is not None:
        await show_commissions_of(ctx, person)


async def show_commissions_of(ctx: Context, person: Person, _words: object = ()) -> None:
    """Shows a member's commissions that wait for approval, or with automatic approval can still be rejected."""
    await _show(ctx, person.id, 1)


async def open_page(ctx: Context, button: OpenCommissionsOf) -> None:
    """Turns pages."""
    await _show(ctx, button.member, max(1, button.page))


async def _show(ctx: Context, member: str, page: int) -> None:
    by_itself = ctx.engine.programme.approves_by_itself
    skip = (page - 1) * PAGE_SIZE
    found = await ctx.engine.undecided_of(member, by_itself, skip=skip, count=PAGE_SIZE + 1)
    if not found:
        ctx.say("admin-commissions-none-of", rows=[back_to_admin()], member=await name_of(ctx, member))
        return
    shown = found[:PAGE_SIZE]
    cards = [Press("button-admin-commission", OpenCommission(each.number), number=Count(each.number)) for each in shown]
    turning = [Press("button-admin-previous", OpenCommissionsOf(member, page - 1))] if page > 1 else []
    if len(found) > PAGE_SIZE:
        turning.append(Press("button-admin-next", OpenCommissionsOf(member, page + 1)))
    ctx.say(
        "admin-commissions-of",
        rows=[*in_rows(cards, _BUTTONS_A_ROW), turning, back_to_admin()],
        member=await name_of(ctx, member),
        commissions=Lines(tuple([await commission_line(each, ctx) for each in shown])),
    )


async def commission_line(commission: Commission, ctx: Context) -> Term:
    """Returns the line of a commission that waits."""
    return Term(
        "admin-commissions-line",
        number=Count(commission.number),
        member=await name_of(ctx, commission.member),
        amount=Money(commission.net, ctx.bot.currency),
        origin=origin(ctx, commission),
        state=Choice(commission.state),
        until=When(commission.matures, ctx.bot.zone),
    )


FEATURE = Feature("member-commissions", buttons=(on(OpenCommissionsOf, open_page),))
