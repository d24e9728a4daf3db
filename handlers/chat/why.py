"""Handles /why and "Why this number?": a member's own commissions; admins may ask about any."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.digits import normalised, whole_number
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Count, Money, When
from bot.kit.home_button import back_home
from engine.errors import UnknownCommission
from handlers.chat.admin.why import explain_for_admin
from handlers.chat.buttons import OpenHistory, OpenWhy, ShowShares
from handlers.chat.explanation import explanation
from handlers.chat.friend_explained import NoSuchFriend, explain_called


async def why(ctx: Context) -> None:
    """Handles /why NUMBER and /why FRIEND; admins have a form of their own."""
    if ctx.person.is_admin:
        await explain_for_admin(ctx)
    elif ctx.words and _is_number(ctx.words[0]):
        await _explain_number_or_friend(ctx, ctx.words[0])
    elif ctx.words:
        await explain_called(ctx, " ".join(ctx.words))
    else:
        ctx.say("why-which", rows=[[Press("button-history", OpenHistory(1))], back_home()])


def _is_number(word: str) -> bool:
    return normalised(word).lstrip("#").isdecimal()


async def _explain_number_or_friend(ctx: Context, word: str) -> None:
    """Explains the member's commission of that number, or else the friend whose Telegram number it is."""
    try:
        await _explain(ctx, word, page=0)
    except UnknownCommission as unknown:
        try:
            await explain_called(ctx, word)
        except NoSuchFriend:
            raise unknown from None


async def why_this(ctx: Context, button: OpenWhy) -> None:
    """Explains the commission of the button beside an entry or under a notice, to its own member alone."""
    await _explain(ctx, str(button.number), button.page)


async def _explain(ctx: Context, number: str, page: int) -> None:
    """Explains a commission; another member's is reported as unknown."""
    known = whole_number(number)
    explained = await ctx.engine.explain(known) if known is not None else None
    if explained is None or explained.commission.member != ctx.person.id:
        raise UnknownCommission(normalised(number).lstrip("#"), ctx.person.id)
    commission = explained.commission
    chart = [Press("button-chart", ShowShares(commission.number))] if explained.order is not None else []
    back = [Press("button-back", OpenHistory(page))] if page else []
    ctx.say(
        "why-card",
        rows=[chart, back + back_home()],
        new=page == 0,
        number=Count(commission.number),
        amount=Money(commission.amount, ctx.bot.currency),
        date=When(commission.credited, ctx.bot.zone),
        lines=await explanation(explained, ctx.person, ctx),
    )


FEATURE = Feature("why", commands=(Command("why", why),), buttons=(on(OpenWhy, why_this),))
