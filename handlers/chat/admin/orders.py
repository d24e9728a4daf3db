"""Shows admins what became of an order, and commands as they may be typed."""

import asyncio
from collections.abc import Iterable

from bot.kit.context import Context
from bot.kit.formatting import Choice, Code, Lines, Money, Term
from engine.queries.views import Explained
from handlers.phrases import name_of


async def credits_of(order: str, ctx: Context) -> Lines:
    """Returns a line for each member who earned from the order; or why nobody did."""
    explained = await ctx.engine.explain_source(f"order:{order}")
    if explained:
        return Lines(tuple(await asyncio.gather(*(_credit(each, ctx) for each in explained))))
    view = await ctx.engine.order(order)
    return Lines((Term("admin-order-nobody", why=Choice((view and view.no_seller) or "nothing")),))


async def _credit(explained: Explained, ctx: Context) -> Term:
    commission = explained.commission
    return Term(
        "admin-commission-line",
        member=await name_of(ctx, commission.member),
        amount=Money(commission.amount, ctx.bot.currency),
        state=Choice(commission.state),
        part=Choice("part" if commission.reversed else "none"),
        reversed=Money(commission.reversed, ctx.bot.currency),
    )


def examples(commands: Iterable[str]) -> Lines:
    """Returns a line for each command as it may be typed."""
    return Lines(tuple(Term("admin-example", command=Code(command)) for command in commands))
