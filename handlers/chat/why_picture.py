"""Shows an order as a bar cut into shares: what the reader got of it, what others got, and what the shop keeps."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on
from bot.kit.formatting import Argument, Choice, Code, Lines, Money, Term
from bot.kit.home_button import back_home
from bot.kit.json import Json
from bot.kit.keyboards import Rows
from bot.kit.picture_pages import show_picture
from engine.queries.views import Explained
from engine.records import Commission
from handlers.charts import Words
from handlers.chat.admin.buttons import ExplainCommission, ShowOrderShares, back_to_admin
from handlers.chat.buttons import OpenWhy, ShowShares
from handlers.chat.explanation import commission_numbered
from handlers.phrases import name_of


class Share(NamedTuple):
    """Holds who got how much of an order, minor units; kind: the reader's own, another's, or the rest."""

    name: Argument
    amount: int
    kind: str


async def show_shares(ctx: Context, button: ShowShares) -> None:
    """Shows the order behind the reader's own commission; others in it are not named."""
    explained = await ctx.engine.explain(button.number)
    if explained is None or explained.order is None or explained.commission.member != ctx.person.id:
        raise StaleButton
    paid = await _paid(ctx, explained)
    own = sum(each.net for each in paid if each.member == ctx.person.id)
    others = sum(each.net for each in paid) - own
    shares = [Share(Term("shares-own"), own, "own")]
    shares += [Share(Term("shares-others"), others, "other")] if others else []
    _show(ctx, explained, shares, [[Press("button-back", OpenWhy(button.number, 0))], back_home()])


async def show_order(ctx: Context, button: ShowOrderShares) -> None:
    """Shows an admin the order behind a commission, each earner by name."""
    explained = await commission_numbered(button.number, ctx.engine)
    if explained.order is None:
        raise StaleButton
    earners: dict[str, int] = {}
    for each in await _paid(ctx, explained):
        earners[each.member] = earners.get(each.member, 0) + each.net
    shares = [Share(await name_of(ctx, member), amount, "other") for member, amount in earners.items() if amount]
    _show(ctx, explained, shares, [[Press("button-back", ExplainCommission(button.number))], back_to_admin()])


async def _paid(ctx: Context, explained: Explained) -> list[Commission]:
    """Returns the order's commissions that stand."""
    alike = await ctx.engine.explain_source(explained.commission.source)
    return [each.commission for each in alike if each.commission.state != "rejected"]


def _show(ctx: Context, explained: Explained, paid: Sequence[Share], rows: Rows) -> None:
    left = explained.total - explained.refunded
    rest = left - sum(each.amount for each in paid)
    shares = [*paid, Share(Term("shares-shop"), rest, "rest")]
    title = Term("shares-title", order=Code(explained.order or ""))
    refunded = Choice("yes" if explained.refunded else "no")
    below = Term("shares-total", total=Money(left, ctx.bot.currency), refunded=refunded)
    lines = [Term("shares-line", name=each.name, amount=Money(each.amount, ctx.bot.currency)) for each in shares]
    show_picture(
        ctx,
        "shares-card",
        _recipe(ctx, (title, below), shares),
        rows,
        **title.arguments,
        **below.arguments,
        lines=Lines(tuple(lines)),
    )


def _recipe(ctx: Context, heading: tuple[Term, Term], shares: Sequence[Share]) -> Json:
    words = Words.of(ctx)
    title, below = (words.term(each) for each in heading)
    parts = [
        {
            "name": words.name(each.name),
            "value": words("chart-amount", amount=Money(each.amount, ctx.bot.currency)),
            "amount": max(0, each.amount),
            "kind": each.kind,
        }
        for each in shares
    ]
    return {
        "kind": "shares",
        "language": words.language,
        "title": title,
        "subtitle": below,
        "unnamed": words("shares-member"),
        "shares": parts,
    }


FEATURE = Feature("why-picture", buttons=(on(ShowShares, show_shares), on(ShowOrderShares, show_order)))
