"""Handles /claim: a friend's gifts, each issued once, and what a first purchase would bring."""

from typing import Final

from bot.kit.buttons import Copy, Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Lines, Term
from bot.kit.keyboards import Rows
from bot.kit.rewards import Gift
from handlers.chat.buttons import OpenGifts, OpenLink, back_home
from handlers.gifts import gift_lines, title_of

GIFTS_SHOWN: Final = 5


async def show_gifts(ctx: Context, button: OpenGifts | None = None) -> None:
    """The newest gifts, however often it is asked: the same code each time."""
    gifts = (await ctx.friends.gifts(ctx.person.id))[:GIFTS_SHOWN]
    fresh = button is not None and button.fresh
    ahead = await _ahead(ctx)
    if not gifts and not ahead:
        ctx.say("claim-nothing", rows=[[Press("button-link", OpenLink())], back_home()], new=fresh)
        return
    blocks = [gift_lines(ctx, each, ctx.now, ctx.language) for each in gifts]
    blocks += [Lines(tuple(ahead))] if ahead else []
    shown = Lines(tuple(Term("gift-block", lines=each) for each in blocks))
    ctx.say("claim-card", rows=_rows(gifts, ctx.now), new=fresh, gifts=shown)


def _rows(gifts: list[Gift], now: int) -> Rows:
    codes = [each.code for each in gifts if each.state(now) == "given" and each.code is not None]
    return [*([Copy("button-copy-gift", code)] for code in codes), back_home()]


async def what_to_expect(ctx: Context) -> list[Term]:
    """Returns the promises of a friend's welcome: gifts at hand, and what a first purchase brings."""
    expected = await ctx.friends.expected(ctx.person.id)
    titles = [title_of(ctx, each.reward, each.percent, ctx.language) for each in expected.gifts]
    return [*(Term("gift-at-hand", title=title) for title in titles), *_promised(ctx, expected.ahead)]


async def _ahead(ctx: Context) -> list[Term]:
    return _promised(ctx, (await ctx.friends.expected(ctx.person.id)).ahead)


def _promised(ctx: Context, rewards: tuple[str, ...]) -> list[Term]:
    return [Term("gift-ahead", title=title_of(ctx, each, "", ctx.language)) for each in rewards]


FEATURE = Feature("claim", commands=(Command("claim", show_gifts),), buttons=(on(OpenGifts, show_gifts),))
