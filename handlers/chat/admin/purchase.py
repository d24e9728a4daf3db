"""Handles /purchase: an admin records a purchase, and sees who is credited with it.

All of it may be typed in one line; what is missing is asked for (handlers/chat/admin/purchase_questions.py).
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.effects import Draft
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Argument, Choice, Code, Money, Term, Text
from bot.kit.keyboards import Rows
from bot.kit.order_numbers import BY_HAND, refuse_number_of_shop
from bot.kit.person import Person
from engine.errors import OwnSale, UnknownPerson
from engine.events.model import Line, Order
from handlers.chat.admin.buttons import ChangePurchase, ConfirmPurchase, TakeAsProduct, back_to_admin, confirmation
from handlers.chat.admin.finding import person_for
from handlers.chat.admin.orders import credits_of
from handlers.chat.admin.parsing import (
    NAME_LENGTH_MAX,
    is_doubtful,
    leading_amount,
    product_and_order,
    short,
    who_and_the_rest,
)
from handlers.chat.admin.purchase_questions import PRODUCT, ask_amount, ask_buyer
from handlers.phrases import name_of

DRAFT: Final = "purchase"


async def purchase(ctx: Context) -> None:
    """Handles /purchase [FRIEND AMOUNT [PRODUCT ...] [ORDER]]: repeats it all and waits for confirmation."""
    if not ctx.words:
        await ask_buyer(ctx)
        return
    who, words = who_and_the_rest(ctx.words, ctx.bot.currency)
    if (buyer := await person_for(ctx, "purchase", who, words)) is not None:
        await purchase_of(ctx, buyer, words)


async def purchase_of(ctx: Context, buyer: Person, words: Sequence[str]) -> None:
    """Shows the card of a buyer's purchase; without an amount asks for it."""
    if not words:
        await ask_amount(ctx, buyer.id)
        return
    amount, rest = leading_amount(words, ctx.bot.currency)
    product, order = product_and_order(rest)
    await show_card(ctx, buyer.id, amount, product, order, doubtful=is_doubtful(rest, product, order))


async def show_card(
    ctx: Context,
    buyer: str,
    amount: int,
    product: str,
    order: str = "",
    *,
    doubtful: bool = False,
    was_asked: bool = False,
) -> None:
    """Shows what would be recorded, and waits for confirmation.

    Of `product` and `order` either may be empty. doubtful: whether the order may be a part of the product's name.
    was_asked: whether the product was asked for, and may be asked for again.
    """
    kept = short(product, NAME_LENGTH_MAX) if product else PRODUCT
    number = short(order, NAME_LENGTH_MAX) if order else ""
    refuse_number_of_shop(number, ctx.bot.shops)
    if ctx.person.id in await ctx.engine.earners(number, buyer, amount, kept):
        raise OwnSale(number)  # the engine refuses it too, but only after the confirmation
    token = ctx.draft(DRAFT, buyer=buyer, amount=amount, product=kept, order=number)
    ctx.say(
        "admin-purchase-confirm",
        rows=_rows(token, number, doubtful=doubtful, was_asked=was_asked),
        buyer=await name_of(ctx, buyer),
        code=Code(buyer),
        amount=Money(amount, ctx.bot.currency),
        product=ctx.bot.titles.with_id("product", product) if product else Term("admin-unnamed-product"),
        order=Code(number) if number else Term("admin-order-numbered"),
        credited=await _credited(buyer, ctx),
    )


def _rows(token: str, order: str, *, doubtful: bool, was_asked: bool) -> Rows:
    record, leave = confirmation(ConfirmPurchase(token), "purchase", token)
    doubt = [[Press("button-purchase-product", TakeAsProduct(token), order=Text(order))]] if doubtful else []
    back = [Press("button-back", ChangePurchase(token))] if was_asked else []
    return [record, *doubt, [*back, *leave]]


async def take_as_product(ctx: Context, button: TakeAsProduct) -> None:
    """Shows the card anew, with the number as the product's last word."""
    draft = await ctx.open(button.token, DRAFT)
    ctx.use(draft)
    values = draft.values
    await show_card(ctx, values["buyer"], values["amount"], f"{values['product']} {values['order']}")


async def confirm(ctx: Context, button: ConfirmPurchase) -> None:
    """Records it. The order's id counts once: a repeat is reported and changes nothing, other content is a Conflict."""
    draft = await ctx.open(button.token, DRAFT)
    buyer = draft.values["buyer"]
    (order, was_known), name = await asyncio.gather(_record(ctx, draft), name_of(ctx, buyer))
    ctx.use(draft)
    await _show_recorded(ctx, draft, order, name, was_known=was_known)


async def _record(ctx: Context, draft: Draft) -> tuple[str, bool]:
    """Returns the order's id, and whether it had been recorded before. Without an id of a shop it gets a number."""
    buyer, amount, product = draft.values["buyer"], draft.values["amount"], draft.values["product"]
    order, key = draft.values["order"], f"purchase:{draft.token}"
    if not order:
        if await ctx.engine.person(buyer) is None:
            raise UnknownPerson(buyer)
        line = Line(product, amount)
        recorded = await ctx.order_numbers.record(
            BY_HAND, f"m-{draft.token}", lambda id: Order(id, buyer, (line,)), key=key, actor=ctx.person.id
        )
        return recorded.id, False
    refuse_number_of_shop(order, ctx.bot.shops)
    known = await ctx.engine.order(order)
    outcome = await ctx.engine.purchase(order, buyer, amount, product, actor=ctx.person.id, key=key)
    return order, known is not None and not outcome.repeated


async def _show_recorded(ctx: Context, draft: Draft, order: str, buyer: Argument, *, was_known: bool) -> None:
    ctx.say(
        "admin-purchase-recorded",
        rows=[back_to_admin()],
        before=Choice("yes" if was_known else "no"),
        order=Code(order),
        buyer=buyer,
        amount=Money(draft.values["amount"], ctx.bot.currency),
        commissions=await credits_of(order, ctx),
    )


async def _credited(buyer: str, ctx: Context) -> Term:
    person = await ctx.engine.person(buyer)
    if person is None or person.sponsor is None:
        return Term("admin-credited-nobody")
    return Term("admin-credited", sponsor=await name_of(ctx, person.sponsor))


FEATURE = Feature(
    "purchase",
    commands=(Command("purchase", purchase, admin=True),),
    buttons=(on(ConfirmPurchase, confirm), on(TakeAsProduct, take_as_product)),
)
