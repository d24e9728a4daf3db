"""Takes the answers to the questions about a purchase, by button or typed, and goes on to the next one."""

import json

from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on, on_answer, on_plain
from handlers.chat.admin.buttons import (
    AskAmount,
    ChangePurchase,
    ChooseAmount,
    ChooseProduct,
    LeavePurchase,
    OpenPurchase,
    back_to_admin,
)
from handlers.chat.admin.parsing import leading_amount, marked_order
from handlers.chat.admin.purchase import DRAFT, show_card
from handlers.chat.admin.purchase_questions import (
    PRODUCT_DRAFT,
    PurchaseAmountAsked,
    PurchaseProductAsked,
    ask_amount,
    ask_buyer,
    ask_product,
)


async def open_amount(ctx: Context, button: AskAmount) -> None:
    """Leads back from the product to the amount."""
    await _expect_buyer(ctx, button.buyer)
    await ask_amount(ctx, button.buyer)


async def choose_amount(ctx: Context, button: ChooseAmount) -> None:
    """Takes the amount of the button. Raises StaleButton for one that no question offered."""
    await _expect_buyer(ctx, button.buyer)
    if button.amount <= 0:
        raise StaleButton
    await ask_product(ctx, button.buyer, button.amount)


async def _expect_buyer(ctx: Context, buyer: str) -> None:
    if await ctx.people.get(buyer) is None:
        raise StaleButton


async def take_amount(ctx: Context, step: PurchaseAmountAsked) -> None:
    """Takes a typed amount, and a product that stands behind it; unreadable input is asked for again."""
    amount, rest = leading_amount(ctx.words, ctx.bot.currency)
    if not rest:
        await ask_product(ctx, step.buyer, amount)
        return
    ctx.end()
    await show_card(ctx, step.buyer, amount, *marked_order(rest), was_asked=True)


async def choose_product(ctx: Context, button: ChooseProduct) -> None:
    """Takes the product of the button, or none. Raises StaleButton for one that the question did not list."""
    draft = await ctx.open(button.token, PRODUCT_DRAFT)
    products = json.loads(draft.values["products"])
    if not -1 <= button.place < len(products):
        raise StaleButton
    product = products[button.place] if button.place >= 0 else ""
    await show_card(ctx, draft.values["buyer"], draft.values["amount"], product, was_asked=True)


async def take_product(ctx: Context, step: PurchaseProductAsked) -> None:
    """Takes a typed product of any words; only what follows a "#" is the order's number."""
    await show_card(ctx, step.buyer, step.amount, *marked_order(ctx.words), was_asked=True)
    ctx.end()


async def change(ctx: Context, button: ChangePurchase) -> None:
    """Leads back from the card, which cannot be confirmed any more, to the product."""
    draft = await ctx.open(button.token, DRAFT)
    ctx.use(draft)
    await ask_product(ctx, draft.values["buyer"], draft.values["amount"])


async def leave(ctx: Context) -> None:
    """Leaves the questions; nothing is recorded."""
    ctx.say("admin-card-dropped", rows=[back_to_admin()])


FEATURE = Feature(
    "purchase-questions",
    buttons=(
        on_plain(OpenPurchase, ask_buyer),
        on(AskAmount, open_amount),
        on(ChooseAmount, choose_amount),
        on(ChooseProduct, choose_product),
        on(ChangePurchase, change),
        on_plain(LeavePurchase, leave),
    ),
    steps=(on_answer(PurchaseAmountAsked, take_amount), on_answer(PurchaseProductAsked, take_product)),
)
