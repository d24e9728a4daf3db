"""Explains the consequences of suspending and reinstating a member under the current programme, a line each."""

from typing import Final

from bot.kit.formatting import Choice, Count, Money, Term
from engine.records import Member
from handlers.phrases import RenderContext

REQUESTS_MAX: Final = 1000


async def what_suspending_means(member: Member, context: RenderContext) -> list[Term]:
    """Returns the effects on orders, the team's commissions, periods, the balance, and open requests."""
    programme, currency = context.engine.programme, context.bot.currency
    lines = [Term("suspension-sales")]
    plan = programme.plan
    if plan.levels:
        chain = Choice("yes" if plan.chain else "no")
        lines.append(Term("suspension-levels", unqualified=Choice(plan.unqualified), chain=chain))
    if plan.pairing is not None:
        lines.append(Term("suspension-pairing"))
    balance = await context.engine.balance(member.id)
    lines.append(
        Term(
            "suspension-balance",
            available=Money(balance.available, currency),
            pending=Money(balance.pending, currency),
            held=Money(balance.held, currency),
        )
    )
    requests, total = await context.engine.open_withdrawals(member=member.id, count=REQUESTS_MAX)
    if total:
        amount = Money(sum(each.amount for each in requests), currency)
        lines.append(Term("suspension-requests", count=Count(total), amount=amount))
    return [*lines, Term("suspension-told", act=Choice("suspend"))]


async def what_reinstating_means(member: Member, context: RenderContext) -> list[Term]:
    """Returns the effects on future orders, commissions held meanwhile, and those missed."""
    currency, balance = context.bot.currency, await context.engine.balance(member.id)
    return [
        Term("reinstating-sales"),
        Term("reinstating-held", held=Money(balance.held, currency)),
        Term("reinstating-available", available=Money(balance.available, currency)),
        Term("suspension-told", act=Choice("reinstate")),
    ]
