"""Handles /buy: what the bot itself sells, each with an invoice of its own."""

from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Lines, Money, Term, Text
from bot.kit.home_button import back_home
from bot.kit.links import MemberLink
from bot.kit.pagination import paginate
from bot.kit.products import Product
from handlers.chat.buttons import OpenProducts

PRODUCTS_A_PAGE: Final = 6


@dataclass(frozen=True)
class Buy(Button, prefix="inv"):
    """Sends an invoice for the product at that index of the catalogue, if its price is unchanged."""

    place: int
    price: int


async def show_products(ctx: Context) -> None:
    """Handles /buy."""
    _show(ctx, 1)


async def open_page(ctx: Context, button: OpenProducts) -> None:
    """Turns to another page."""
    _show(ctx, button.page)


def _show(ctx: Context, wanted: int) -> None:
    products = list(ctx.bot.catalogue.products.values())
    if not products:
        ctx.say("buy-nothing", rows=[back_home()])
        return
    page = paginate(len(products), wanted, PRODUCTS_A_PAGE)
    shown = page.of(list(enumerate(products)))
    ctx.say(
        "buy-card",
        rows=[*([_buy(place, product, ctx)] for place, product in shown), page.turning(OpenProducts), back_home()],
        products=Lines(tuple(line for _, product in shown for line in _lines(product, ctx))),
    )


def show_landing(ctx: Context, link: MemberLink) -> None:
    """Shows a link's product to the friend who has opened it; nothing if the bot does not sell it."""
    wanted = link.purpose.products if link.purpose is not None else ()
    shown = [(place, each) for place, each in enumerate(ctx.bot.catalogue.products.values()) if each.id in wanted]
    if shown:
        shown = shown[:PRODUCTS_A_PAGE]
        rows = [*([_buy(place, product, ctx)] for place, product in shown), back_home()]
        ctx.say(
            "buy-landing",
            rows=rows,
            new=True,
            products=Lines(tuple(line for _, each in shown for line in _lines(each, ctx))),
        )


def _lines(product: Product, ctx: Context) -> list[Term]:
    """Returns title and price, and the description where it says more than the title."""
    words = product.words[ctx.language]
    lines = [Term("buy-line", title=Text(words.title), price=_price(product))]
    if words.description != words.title:
        lines.append(Term("buy-description", description=Text(words.description)))
    return lines


def _buy(place: int, product: Product, ctx: Context) -> Press:
    title = Text(product.words[ctx.language].title)
    return Press("button-buy", Buy(place, product.price), title=title, price=_price(product))


def _price(product: Product) -> Money:
    return Money(product.price, product.currency)


async def buy(ctx: Context, button: Buy) -> None:
    """Sends the invoice. A button with an outdated price is refused."""
    products = list(ctx.bot.catalogue.products.values())
    if not 0 <= button.place < len(products) or products[button.place].price != button.price:
        raise StaleButton
    ctx.invoice(products[button.place])


FEATURE = Feature(
    "buy",
    commands=(Command("buy", show_products),),
    buttons=(on(OpenProducts, open_page), on(Buy, buy)),
)
