"""Handles payments and refunds in the chat: recorded once by their charge, whatever happens meanwhile."""

from bot.kit.context import Context
from bot.kit.feature import Feature
from bot.kit.formatting import Code, Money, Text, Title
from bot.kit.order_numbers import PAID_HERE
from bot.kit.products import NotForSale, Payment
from engine.errors import Conflict, KeyReused, OverRefund, UnknownOrder
from engine.money import Currency


async def paid(ctx: Context, payment: Payment) -> None:
    """Records the order. Failures are reported to the admins, as the money has arrived.

    A repeat is silent, even if its currency's value has changed by now.
    """
    known = await ctx.engine.order(await ctx.order_numbers.id_of(payment.order))
    try:
        order, noted = ctx.bot.catalogue.order(payment, ctx.person.id)
    except NotForSale:
        if known is None:
            await _tell_admins(ctx, payment, "admin-payment-not-recorded")
        return
    try:
        recorded = await ctx.order_numbers.record(
            PAID_HERE, payment.order, order, key=ctx.key_for("order"), actor=ctx.person.id, details=noted
        )
        is_ours = known is None or recorded.outcome.repeated
    except Conflict:
        is_ours = False
    except KeyReused:  # this very update has recorded it, before it was handled again
        is_ours = True
    if is_ours:
        number = Code(await ctx.order_numbers.id_of(payment.order))
        ctx.say("payment-received", product=_title(ctx, payment), amount=_amount(payment), order=number)


async def given_back(ctx: Context, payment: Payment) -> None:
    """Refunds what is left of the order, and takes its commissions back."""
    order = await ctx.order_numbers.id_of(payment.order)
    try:
        await ctx.engine.refund(order, None, key=f"refund:{payment.order}", actor=ctx.person.id)
    except OverRefund:  # an admin has taken it back already
        return
    except UnknownOrder:
        await _tell_admins(ctx, payment, "admin-refund-of-unknown")
        return
    ctx.say("payment-given-back", product=_title(ctx, payment), amount=_amount(payment), order=Code(order))


async def _tell_admins(ctx: Context, payment: Payment, text_id: str) -> None:
    for admin in await ctx.people.admins():
        ctx.tell(admin, text_id, order=Code(payment.order), amount=_amount(payment), buyer=Text(ctx.person.name))


def _title(ctx: Context, payment: Payment) -> Text | Title:
    product = ctx.bot.catalogue.products.get(payment.payload)
    return ctx.bot.titles.of("product", payment.payload) if product is None else Text(product.words[ctx.language].title)


def _amount(payment: Payment) -> Money:
    return Money(payment.amount, Currency.of(payment.currency))


FEATURE = Feature("payments", paid=paid, given_back=given_back)
