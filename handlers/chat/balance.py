"""Handles /balance: the member's balance, state by state, and their friends' results."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Count, Lines, Money, Term
from bot.kit.home_button import back_home
from engine.queries.views import Balance
from handlers.chat.buttons import OpenBalance, OpenHistory, OpenWithdraw
from handlers.chat.joining import invite_to_join
from handlers.phrases import RenderContext


async def show_balance(ctx: Context, button: OpenBalance | None = None) -> None:
    """Shows the balance; a non-member is offered the link, or told what joining costs."""
    fresh = button is not None and button.fresh
    account = await ctx.engine.account(ctx.person.id)
    if account is None:
        invite_to_join(ctx, "balance-of-nobody", new=fresh)
        return
    rows = [
        [Press("button-history", OpenHistory(1)), Press("button-withdraw", OpenWithdraw())],
        back_home(),
    ]
    ctx.say(
        "balance-card",
        rows=rows,
        new=fresh,
        lines=balance_lines(ctx, account.balance),
        came=Count(account.came),
        joined=Count(account.joined),
        bought=Count(account.bought),
    )


def balance_lines(context: RenderContext, balance: Balance) -> Lines:
    """Returns the withdrawable amount always, the other states where they are not 0."""
    available = Term("balance-available", amount=Money(balance.available, context.bot.currency))
    others = {
        "balance-pending": balance.pending,
        "balance-held": balance.held,
        "balance-reserved": balance.reserved,
        "balance-paid": balance.paid,
    }
    lines = [available]
    if balance.available < 0:
        lines.append(Term("balance-below-zero"))
    lines += [Term(id, amount=Money(amount, context.bot.currency)) for id, amount in others.items() if amount]
    return Lines(tuple(lines))


FEATURE = Feature("balance", commands=(Command("balance", show_balance),), buttons=(on(OpenBalance, show_balance),))
