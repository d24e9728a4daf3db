"""Handles /earnings: what came in each of the last days, weeks or months, as a picture that switches in place."""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Count, Lines, Money, Term
from bot.kit.home_button import back_home
from bot.kit.picture_pages import show_picture
from engine.periods import Period, last_periods, since_joining
from handlers.charts import Words, columns, period_label
from handlers.chat.buttons import OpenHistory, ShowEarnings
from handlers.chat.joining import invite_to_join

SHOWN: Final[Mapping[Period, int]] = {"day": 7, "week": 8, "month": 6}
WORDS: Final[Mapping[str, Period]] = {
    "day": "day",
    "days": "day",
    "روز": "day",
    "week": "week",
    "weeks": "week",
    "هفته": "week",
    "month": "month",
    "months": "month",
    "ماه": "month",
}
"""The words behind the command that choose a period."""


async def earnings(ctx: Context) -> None:
    """Handles /earnings [day|week|month]."""
    await _show(ctx, next((WORDS[word] for each in ctx.words if (word := each.casefold()) in WORDS), "week"))


async def switch(ctx: Context, button: ShowEarnings) -> None:
    """Turns to another period in place."""
    await _show(ctx, button.period)


async def _show(ctx: Context, period: Period) -> None:
    member = await ctx.engine.member(ctx.person.id)
    if member is None:
        invite_to_join(ctx, "history-of-nobody")
        return
    program = ctx.engine.programme.program
    begins = since_joining(last_periods(program, period, ctx.now, SHOWN[period]), member.joined)
    amounts = await ctx.engine.gained_by_part(member.id, begins)
    labels = [period_label(each, period, program) for each in begins]
    title = Term("earnings-title", period=Choice(period), count=Count(len(begins)))
    total = Term("earnings-total", amount=Money(sum(amounts), ctx.bot.currency))
    words = Words.of(ctx)
    drawn = [words.term(each) for each in labels]
    show_picture(
        ctx,
        "earnings-card",
        columns(words, words.term(title), words.term(total), drawn, amounts, ctx.bot.currency),
        [[_choice(each, period) for each in get_args(Period)], [Press("button-history", OpenHistory(0))], back_home()],
        **title.arguments,
        **total.arguments,
        lines=Lines(tuple(_lines(ctx, period, labels, amounts))),
    )


def _choice(period: Period, chosen: Period) -> Press:
    is_chosen = Choice("yes" if period == chosen else "no")
    return Press("button-earnings-period", ShowEarnings(period), period=Choice(period), chosen=is_chosen)


def _lines(ctx: Context, period: Period, labels: Sequence[Term], amounts: Sequence[int]) -> list[Term]:
    """Says the columns in words, the newest first."""
    parts = zip(labels, amounts, strict=True)
    return [
        Term("earnings-line", period=Choice(period), label=label, amount=Money(amount, ctx.bot.currency))
        for label, amount in parts
    ][::-1]


FEATURE = Feature("earnings", commands=(Command("earnings", earnings),), buttons=(on(ShowEarnings, switch),))
