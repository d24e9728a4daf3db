"""Asks for a purchase step by step: who bought, for how much, and what; the last step is the card to confirm.

Each question is answered by a button or typed, leads back to the one before it, and is stored: it is still open after a
restart.
"""

import json
from typing import ClassVar, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.formatting import Code, Money, Text
from bot.kit.keyboards import Rows
from bot.kit.pagination import in_rows
from bot.kit.truncate import cut_plain
from handlers.chat.admin.buttons import AskAmount, ChooseAmount, ChooseProduct, LeavePurchase, OpenPurchase
from handlers.chat.admin.finding import ask_whom
from handlers.chat.admin.orders import examples
from handlers.phrases import name_of

PRODUCT: Final = "purchase"
"""The product's name if none is given."""
EXAMPLES: Final = ("/purchase @sara 100000", "/purchase 123456789 100000 running shoes o-17")
PRODUCT_DRAFT: Final = "purchase-product"
AMOUNTS_SHOWN: Final = 4
PRODUCTS_SHOWN: Final = 8
_EVENTS_LOOKED_AT: Final = 300
_A_ROW: Final = 2
_TITLE_LENGTH_MAX: Final = 30


class PurchaseAmountAsked(Step, frozen=True, tag="purchase-amount"):
    """Waits for what the buyer paid; `buyer` is a code."""

    admin: ClassVar[bool] = True
    buyer: str


class PurchaseProductAsked(Step, frozen=True, tag="purchase-product"):
    """Waits for the product of a purchase; `amount` is in minor units."""

    admin: ClassVar[bool] = True
    buyer: str
    amount: int


async def ask_buyer(ctx: Context) -> None:
    """Asks who bought; recent buyers are buttons."""
    ctx.say("admin-purchase-buyer", rows=await ask_whom(ctx, "purchase"), examples=examples(EXAMPLES))


async def ask_amount(ctx: Context, buyer: str) -> None:
    """Asks for the amount; what the buyer, and after them others, paid last are buttons."""
    ctx.ask(PurchaseAmountAsked(buyer))
    amounts = [
        Press("button-purchase-amount", ChooseAmount(buyer, each), amount=Money(each, ctx.bot.currency))
        for each in await _recent_amounts(ctx, buyer)
    ]
    ctx.say(
        "admin-purchase-amount",
        rows=[*in_rows(amounts, _A_ROW), [Press("button-back", OpenPurchase()), *leaving()]],
        buyer=await name_of(ctx, buyer),
        code=Code(buyer),
    )


async def _recent_amounts(ctx: Context, buyer: str) -> list[int]:
    own = [order.total for order in await ctx.engine.orders_of(buyer, AMOUNTS_SHOWN)]
    others = [order.total for order in await ctx.engine.last_orders(_EVENTS_LOOKED_AT)]
    return list(dict.fromkeys((*own, *others)))[:AMOUNTS_SHOWN]


async def ask_product(ctx: Context, buyer: str, amount: int) -> None:
    """Asks for the product; those that are sold here, have a rate of their own, or were bought last are buttons."""
    products = await _known_products(ctx)
    token = ctx.draft(PRODUCT_DRAFT, buyer=buyer, amount=amount, products=json.dumps(list(products)))
    ctx.ask(PurchaseProductAsked(buyer, amount))
    ctx.say(
        "admin-purchase-product",
        rows=_product_rows(token, buyer, list(products.values())),
        buyer=await name_of(ctx, buyer),
        amount=Money(amount, ctx.bot.currency),
    )


def _product_rows(token: str, buyer: str, titles: list[str]) -> Rows:
    buttons = [
        Press("button-purchase-choose", ChooseProduct(token, place), product=Text(cut_plain(title, _TITLE_LENGTH_MAX)))
        for place, title in enumerate(titles)
    ]
    return [
        *in_rows(buttons, _A_ROW),
        [Press("button-purchase-no-product", ChooseProduct(token, -1))],
        [Press("button-back", AskAmount(buyer)), *leaving()],
    ]


async def _known_products(ctx: Context) -> dict[str, str]:
    """Returns titles by the names under which products are recorded."""
    sold = {each.id: each.words[ctx.language].title for each in ctx.bot.catalogue.products.values()}
    programme = ctx.engine.programme
    rated = (each.product for each in programme.rates if each.product is not None)
    offered = (name for offer in programme.offers for name in offer.products or ())
    bought = (line.product for order in await ctx.engine.last_orders(_EVENTS_LOOKED_AT) for line in order.lines)
    names = dict.fromkeys((*sold, *programme.program.join.products, *rated, *offered, *bought))
    shown = [name for name in names if name != PRODUCT and name.strip()][:PRODUCTS_SHOWN]
    return {name: sold.get(name, name) for name in shown}


def leaving() -> list[Press]:
    """Returns the button that leaves the questions."""
    return [Press("button-leave", LeavePurchase())]
