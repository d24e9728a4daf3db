"""Handles /refund: pays back a buyer, and takes back the order's part of every commission."""

from dataclasses import dataclass
from typing import ClassVar

from bot.kit.amounts import parse_amount
from bot.kit.context import Context
from bot.kit.digits import identifier
from bot.kit.errors import UserError
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Code, Money, Text
from bot.kit.products import star_charge
from engine.errors import UnknownOrder
from engine.queries.previews import preview_refund
from engine.queries.views import OrderView
from handlers.chat.admin.buttons import ConfirmRefund, back_to_admin, confirmation
from handlers.chat.admin.orders import credits_of
from handlers.chat.admin.parsing import NAME_LENGTH_MAX, order_of, short
from handlers.phrases import name_of


async def refund(ctx: Context) -> None:
    """Handles /refund ORDER [AMOUNT]: shows what it takes back, and waits for confirmation."""
    if not ctx.words:
        ctx.say(
            "admin-usage-refund", rows=[back_to_admin()], example=Code("/refund o-17"), part=Code("/refund o-17 50000")
        )
        return
    order = await _order_called(ctx.words[0], ctx)
    amount = parse_amount(" ".join(ctx.words[1:]), ctx.bot.currency) if len(ctx.words) > 1 else None
    cause = await ctx.order_numbers.cause_of(order.id)
    if star_charge(cause) is not None and amount not in (None, order.total):
        raise StarsInParts
    explained = await ctx.engine.explain_source(f"order:{order.id}")
    preview = preview_refund(order, amount, [each.commission for each in explained])
    token = ctx.draft("refund", order=order.id, amount=preview.amount)
    ctx.say(
        "admin-refund-confirm",
        rows=confirmation(ConfirmRefund(token), "refund", token),
        order=Code(order.id),
        buyer=await name_of(ctx, order.buyer),
        total=Money(order.total, ctx.bot.currency),
        left=Money(preview.left, ctx.bot.currency),
        amount=Money(preview.amount, ctx.bot.currency),
        taken=Money(preview.taken_back, ctx.bot.currency),
    )


@dataclass(eq=False)
class StarsInParts(UserError):
    """Raised for a part of a Stars payment: Telegram refunds Stars in full or not at all."""

    code: ClassVar[str] = "stars_in_parts"


async def _order_called(word: str, ctx: Context) -> OrderView:
    id = short(identifier(word) or word, NAME_LENGTH_MAX)
    order = await order_of(id, ctx)
    if order is None:
        raise UnknownOrder(id)
    return order


async def confirm(ctx: Context, button: ConfirmRefund) -> None:
    """Refunds the card's amount, or refuses if less than that is left by now."""
    draft = await ctx.open(button.token, "refund")
    order, amount = draft.values["order"], draft.values["amount"]
    if (charge := star_charge(await ctx.order_numbers.cause_of(order))) is not None:
        await _give_back(order, charge, ctx)
        ctx.use(draft)
        return
    await ctx.engine.refund(order, amount, key=f"refund:{draft.token}", actor=ctx.person.id)
    ctx.use(draft)
    ctx.say(
        "admin-refund-recorded",
        rows=[back_to_admin()],
        order=Code(order),
        amount=Money(amount, ctx.bot.currency),
        commissions=await credits_of(order, ctx),
    )


async def _give_back(order: str, charge: str, ctx: Context) -> None:
    """Refunds Stars through Telegram; commissions are taken back once Telegram confirms it."""
    view = await ctx.engine.order(order)
    buyer = await ctx.people.get(view.buyer) if view is not None else None
    if buyer is None:
        raise UnknownOrder(order)
    ctx.give_back(buyer, charge)
    for admin in await ctx.people.admins():  # the journal will name Telegram as actor, not the admin who asked for it
        if admin.id != ctx.person.id:
            ctx.tell(
                admin, "admin-refund-asked-by", actor=Text(ctx.person.name), order=Code(order), buyer=Text(buyer.name)
            )
    ctx.say("admin-refund-asked", rows=[back_to_admin()], order=Code(order), buyer=Text(buyer.name))


FEATURE = Feature(
    "refund",
    commands=(Command("refund", refund, admin=True),),
    buttons=(on(ConfirmRefund, confirm),),
)
