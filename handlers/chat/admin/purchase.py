"""Handles /purchase: an admin records a purchase, and sees who is credited with it."""

import asyncio
from collections.abc import Iterable
from typing import Final

from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Code, Lines, Money, Term, Text
from bot.kit.order_numbers import refuse_number_of_shop
from engine.errors import OwnSale
from engine.queries.views import Explained
from handlers.chat.admin.buttons import ConfirmPurchase, back_to_admin, confirmation
from handlers.chat.admin.parsing import NAME_LENGTH_MAX, leading_amount, person_of, product_and_order, short
from handlers.phrases import name_of

PRODUCT: Final = "purchase"
"""The product's name if none is given."""
EXAMPLES: Final = ("/purchase @sara 100000", "/purchase 123456789 100000 running shoes o-17")


async def purchase(ctx: Context) -> None:
    """Handles /purchase FRIEND AMOUNT [PRODUCT ...] [ORDER]: repeats it all and waits for confirmation."""
    if len(ctx.words) < 2:
        _show_usage(ctx)
        return
    buyer = await person_of(ctx.words[0], ctx.people)
    amount, rest = leading_amount(ctx.words[1:], ctx.bot.currency)
    named, numbered = product_and_order(rest)
    product = short(named, NAME_LENGTH_MAX) if named else PRODUCT
    order = short(numbered, NAME_LENGTH_MAX) if numbered else ""
    refuse_number_of_shop(order, ctx.bot.shops)
    if ctx.person.id in await ctx.engine.earners(order, buyer.id, amount, product):
        raise OwnSale(order)  # the engine refuses it too, but only after the confirmation
    token = ctx.draft("purchase", buyer=buyer.id, amount=amount, product=product, order=order)
    ctx.say(
        "admin-purchase-confirm",
        rows=confirmation(ConfirmPurchase(token), "purchase", token),
        buyer=Text(buyer.name),
        code=Code(buyer.id),
        amount=Money(amount, ctx.bot.currency),
        product=ctx.bot.titles.with_id("product", product) if named else Term("admin-unnamed-product"),
        order=Code(_order_id(order, token)),
        credited=await _credited(buyer.id, ctx),
    )


async def confirm(ctx: Context, button: ConfirmPurchase) -> None:
    """Records it. The order's id counts once: a repeat is reported and changes nothing, other content is a Conflict."""
    draft = await ctx.open(button.token, "purchase")
    buyer, amount, product = draft.values["buyer"], draft.values["amount"], draft.values["product"]
    order = _order_id(draft.values["order"], draft.token)
    refuse_number_of_shop(order, ctx.bot.shops)
    known, buyer_name = await asyncio.gather(ctx.engine.order(order), name_of(ctx, buyer))
    key = f"purchase:{draft.token}"
    outcome = await ctx.engine.purchase(order, buyer, amount, product, actor=ctx.person.id, key=key)
    ctx.use(draft)
    ctx.say(
        "admin-purchase-recorded",
        rows=[back_to_admin()],
        before=Choice("yes" if known is not None and not outcome.repeated else "no"),
        order=Code(order),
        buyer=buyer_name,
        amount=Money(amount, ctx.bot.currency),
        commissions=await credits_of(order, ctx),
    )


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


async def _credited(buyer: str, ctx: Context) -> Term:
    person = await ctx.engine.person(buyer)
    if person is None or person.sponsor is None:
        return Term("admin-credited-nobody")
    return Term("admin-credited", sponsor=await name_of(ctx, person.sponsor))


def _order_id(order: str, token: str) -> str:
    """Returns the shop's own id, or one of ours that no other card can have."""
    return order or f"m-{token}"


def _show_usage(ctx: Context) -> None:
    ctx.say("admin-usage-purchase", examples=examples(EXAMPLES))


def examples(commands: Iterable[str]) -> Lines:
    """Returns a line for each command as it may be typed."""
    return Lines(tuple(Term("admin-example", command=Code(command)) for command in commands))


FEATURE = Feature(
    "purchase",
    commands=(Command("purchase", purchase, admin=True),),
    buttons=(on(ConfirmPurchase, confirm),),
)
