"""Handles /offers: current rates, the most specific first, as the rules choose (section 4)."""

from collections.abc import Iterator
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Count, Lines, Term, When
from bot.kit.home_button import back_home
from bot.kit.pagination import paginate
from bot.kit.titles import TitledKind
from engine.programme.model import Offer
from engine.queries.progress import offers_for
from engine.rates import Rate
from handlers.chat.buttons import OpenLink, OpenOffers
from handlers.chat.joining import PRODUCTS_SHOWN, costs_something
from handlers.earnings import earnings_of
from handlers.phrases import rate, until

OFFERS_A_PAGE: Final = 8


async def show_offers(ctx: Context) -> None:
    """Handles /offers."""
    await _show(ctx, 1)


async def open_page(ctx: Context, button: OpenOffers) -> None:
    """Turns to another page."""
    await _show(ctx, button.page)


async def _show(ctx: Context, wanted: int) -> None:
    """Shows a page of offers and special rates, with the general rate under each."""
    member = await ctx.engine.member(ctx.person.id)
    programme = ctx.engine.programme
    rank = programme.rank_by_id[member.rank] if member is not None else programme.ranks[0]
    special = [*_offers(ctx), *_rates(ctx)]
    page = paginate(len(special), wanted, OFFERS_A_PAGE)
    lines = [line for lines in page.of(special) for line in lines] or [Term("offers-none")]
    joins = [Press("button-get-link", OpenLink(), style="primary")] if member is None else []
    ctx.say(
        "offers-card",
        rows=[page.turning(OpenOffers), [] if costs_something(ctx) else joins, back_home()],
        special=Lines(tuple(lines)),
        ranks=Choice("one" if len(programme.ranks) == 1 else "several"),
        rank=ctx.bot.titles.of("rank", rank.id),
        otherwise=Lines(tuple(earnings_of(ctx, rank))),
    )


def _offers(ctx: Context) -> Iterator[list[Term]]:
    """Yields each offer valid for this person now or later: its rate, start, end and items."""
    for offer in offers_for(ctx.person.id, ctx.engine.programme, ctx.now):
        paid = {"offer": ctx.bot.titles.of("offer", offer.id), "rate": rate(ctx, offer.commission.text)}
        yield [Term("offers-offer", **paid), *_time_of(offer, ctx), *_things_of(ctx, offer)]


def _time_of(offer: Offer, ctx: Context) -> Iterator[Term]:
    if offer.starts is not None and offer.starts > ctx.now:
        yield Term("offers-starts", at=When(offer.starts, ctx.bot.zone, time=True))
    if offer.ends is not None:
        yield until(ctx, offer.ends)


def _things_of(ctx: Context, offer: Offer) -> list[Term]:
    if offer.products is None and offer.categories is None:
        return [Term("offers-everything")]
    kind: TitledKind = "product" if offer.products is not None else "category"
    names = (offer.products if offer.products is not None else offer.categories) or []
    titles = [ctx.bot.titles.of(kind, name) for name in names[:PRODUCTS_SHOWN]]
    lines = [Term("offers-thing", kind=Choice(kind), name=each) for each in titles]
    left = len(names) - PRODUCTS_SHOWN
    return [*lines, Term("listed-more", count=Count(left))] if left > 0 else lines


def _rates(ctx: Context) -> Iterator[list[Term]]:
    """Yields the rates of products before those of categories, as the rules choose."""
    programme = ctx.engine.programme
    by_kind: dict[TitledKind, dict[str, list[Rate]]] = {
        "product": programme.rates_by_product,
        "category": programme.rates_by_category,
    }
    for kind, id, each in ((k, id, each) for k, grouped in by_kind.items() for id, r in grouped.items() for each in r):
        name = ctx.bot.titles.of(kind, id)
        yield [Term("offers-rate", kind=Choice(kind), name=name, rate=rate(ctx, each.text))]


FEATURE = Feature("offers", commands=(Command("offers", show_offers),), buttons=(on(OpenOffers, open_page),))
