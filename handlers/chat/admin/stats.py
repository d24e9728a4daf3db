"""Handles /stats: the programme's figures today, this week, this month or last, and who and what brought them."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.figures import TagSales
from bot.kit.formatting import Choice, Count, Lines, Money, Term, Text, When
from bot.kit.pagination import in_rows
from engine.queries.figures import ShopSales, TopMember, bounds
from engine.spans import SPANS, Span
from handlers.chat.admin.buttons import OpenStats, ShowOverview, back_to_admin
from handlers.figures import figure_lines, queue_lines
from handlers.phrases import name_of

TOP: Final = 5
WORDS: Final[Mapping[str, Span]] = {
    "today": "today",
    "امروز": "today",
    "week": "week",
    "هفته": "week",
    "month": "month",
    "ماه": "month",
    "last": "last_month",
    "قبل": "last_month",
}
"""The words behind the command that choose a span."""


async def stats(ctx: Context) -> None:
    """Handles /stats [today|week|month|last]."""
    chosen: Span = next((WORDS[word] for each in ctx.words if (word := each.lower()) in WORDS), "today")
    await _show(chosen, ctx)


async def open_stats(ctx: Context, button: OpenStats) -> None:
    """Turns to another span in place, or opens as a new message under a summary."""
    if button.fresh:
        ctx.message = None
    await _show(button.span, ctx)


async def _show(span: Span, ctx: Context) -> None:
    since, until = bounds(ctx.engine.programme.program, span, ctx.now)
    figures = await ctx.figures.figures(since, until)
    by_itself = ctx.engine.programme.approves_by_itself
    now = queue_lines(await ctx.engine.queue(), ctx.now, ctx.bot.currency, by_itself=by_itself)
    top = await ctx.figures.top_members(since, until, TOP)
    shops = await ctx.figures.sales_by_shop(since, until, ctx.bot.shops)
    tags = await ctx.figures.sales_by_tag(since, until, TOP)
    more = [*await top_lines(top, ctx), *_shops(shops, ctx), *_tags(tags, ctx)]
    chart = [Press("button-stats-chart", ShowOverview())]
    ctx.say(
        "admin-stats",
        rows=[*in_rows([_choice(each, span) for each in SPANS], 2), chart, back_to_admin()],
        span=Choice(span),
        since=When(since, ctx.bot.zone),
        until=When(until - 1, ctx.bot.zone),
        figures=Lines(tuple(figure_lines(figures, ctx.bot.currency))),
        now=Lines(tuple(now)),
        more=Lines(tuple(more)),
    )


def _choice(span: Span, chosen: Span) -> Press:
    is_chosen = Choice("yes" if span == chosen else "no")
    return Press("button-admin-stats-span", OpenStats(span, fresh=False), span=Choice(span), chosen=is_chosen)


async def top_lines(members: Sequence[TopMember], ctx: Context) -> list[Term]:
    """Returns a line for each of those who earned most, under a heading; nothing for nobody."""
    lines = [
        Term(
            "stats-member",
            member=await name_of(ctx, each.member),
            count=Count(each.commissions),
            amount=Money(each.earned, ctx.bot.currency),
        )
        for each in members
    ]
    return [Term("stats-top"), *lines] if lines else []


def _shops(sales: Sequence[ShopSales], ctx: Context) -> list[Term]:
    """Returns a line for each shop; nothing where no shop sold anything: all is in the sum then."""
    if not any(each.shop for each in sales):
        return []
    lines = [
        Term(
            "stats-shop",
            named=Choice("yes" if each.shop else "no"),
            shop=Text(each.shop),
            count=Count(each.orders),
            amount=Money(each.sold, ctx.bot.currency),
        )
        for each in sales
    ]
    return [Term("stats-shops"), *lines]


def _tags(sales: Sequence[TagSales], ctx: Context) -> list[Term]:
    lines = [
        Term(
            "stats-tag",
            tag=Text(each.tag),
            came=Count(each.came),
            count=Count(each.orders),
            amount=Money(each.sold, ctx.bot.currency),
        )
        for each in sales
    ]
    return [Term("stats-tags"), *lines] if lines else []


FEATURE = Feature("stats", commands=(Command("stats", stats, admin=True),), buttons=(on(OpenStats, open_stats),))
