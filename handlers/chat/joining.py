"""Explains joining to non-members: how to join, what it costs, and what it brings."""

from typing import Any, Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.formatting import Count, Lines, Term
from bot.kit.home_button import back_home
from handlers.chat.buttons import OpenLink, OpenOffers
from handlers.earnings import earnings_of
from handlers.phrases import RenderContext

PRODUCTS_SHOWN: Final = 8


def costs_something(context: RenderContext) -> bool:
    """Returns whether joining requires a purchase."""
    return context.engine.programme.program.join.mode == "purchase"


def show_how_to_join(ctx: Context, *, new: bool = False) -> None:
    """Shows what joining costs and brings, to non-members who ask for a member's page."""
    rows = [[Press("button-offers", OpenOffers(1))], back_home()]
    ctx.say("join-costs", rows=rows, new=new, **_costs(ctx))


def invite_to_join(ctx: Context, text_id: str, *, new: bool = False) -> None:
    """Shows non-members a member's page: its own text with the button if joining is free, else what joining costs."""
    if costs_something(ctx):
        show_how_to_join(ctx, new=new)
    else:
        rows = [[Press("button-get-link", OpenLink(), style="primary")], back_home()]
        ctx.say(text_id, rows=rows, new=new)


def joining(context: RenderContext) -> Term:
    """Returns the costs and benefits of joining as a part of another page."""
    return Term("join-costs", **_costs(context))


def _costs(context: RenderContext) -> dict[str, Any]:
    """Returns the products that join, and a new member's earnings."""
    programme = context.engine.programme
    brings = Lines(tuple(earnings_of(context, programme.ranks[0])))
    return {"products": products(context, programme.program.join.products), "brings": brings}


def products(context: RenderContext, names: list[str]) -> Lines:
    """Returns a line for each; a long list ends with the number of further ones."""
    if not names:
        return Lines((Term("join-no-product"),))
    shown = [Term("join-product", product=context.bot.titles.of("product", each)) for each in names[:PRODUCTS_SHOWN]]
    left = len(names) - PRODUCTS_SHOWN
    return Lines((*shown, Term("listed-more", count=Count(left))) if left > 0 else tuple(shown))
