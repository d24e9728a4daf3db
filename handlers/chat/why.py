"""Handles /why and "Why this number?": a member's own commissions; admins may ask about any."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.digits import normalised, whole_number
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Count, Money, When
from engine.errors import UnknownCommission
from handlers.chat.admin.why import explain_for_admin
from handlers.chat.buttons import OpenHistory, OpenWhy, back_home
from handlers.chat.explanation import explanation


async def why(ctx: Context) -> None:
    """Handles /why NUMBER; admins have a form of their own."""
    if ctx.person.is_admin:
        await explain_for_admin(ctx)
    elif ctx.words:
        await _explain(ctx, ctx.words[0], page=0)
    else:
        ctx.say("why-which", rows=[[Press("button-history", OpenHistory(1))], back_home()])


async def why_this(ctx: Context, button: OpenWhy) -> None:
    """The button beside an entry or under a message about a commission: for its own member alone."""
    await _explain(ctx, str(button.number), button.page)


async def _explain(ctx: Context, number: str, page: int) -> None:
    """Explains a commission; another member's is reported as unknown."""
    known = whole_number(number)
    explained = await ctx.engine.explain(known) if known is not None else None
    if explained is None or explained.commission.member != ctx.person.id:
        raise UnknownCommission(normalised(number).lstrip("#"), ctx.person.id)
    commission = explained.commission
    back = [Press("button-back", OpenHistory(page))] if page else []
    ctx.say(
        "why-card",
        rows=[back + back_home()],
        new=page == 0,
        number=Count(commission.number),
        amount=Money(commission.amount, ctx.bot.currency),
        date=When(commission.credited, ctx.bot.zone),
        lines=await explanation(explained, ctx.person, ctx),
    )


FEATURE = Feature("why", commands=(Command("why", why),), buttons=(on(OpenWhy, why_this),))
