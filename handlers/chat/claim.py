"""Handles /claim: a friend's gifts, each issued once, and what a first purchase would bring."""

from typing import Final

from bot.kit.buttons import Copy, Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Lines, Term
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.rewards import Gift
from bot.kit.support_button import support_row
from handlers.chat.buttons import OpenGifts, OpenLink
from handlers.gifts import asks_for_it, gift_lines, title_of

GIFTS_SHOWN: Final = 5


async def show_gifts(ctx: Context, button: OpenGifts | None = None) -> None:
    """Shows the newest gifts; repeated calls show the same codes."""
    gifts = (await ctx.friends.gifts(ctx.person.id))[:GIFTS_SHOWN]
    fresh = button is not None and button.fresh
    ahead = await _ahead(ctx)
    if not gifts and not ahead:
        ctx.say("claim-nothing", rows=[[Press("button-link", OpenLink())], back_home()], new=fresh)
        return
    blocks = [gift_lines(ctx, each, ctx.now, ctx.language) for each in gifts]
    blocks += [Lines(tuple(ahead))] if ahead else []
    shown = Lines(tuple(Term("gift-block", lines=each) for each in blocks))
    ctx.say("claim-card", rows=_rows(ctx, gifts), new=fresh, gifts=shown)


def _rows(ctx: Context, gifts: list[Gift]) -> Rows:
    usable = [each for each in gifts if each.state(ctx.now) == "given"]
    codes = [each.code for each in usable if each.code is not None]
    asks = any(asks_for_it(ctx, each, ctx.language) for each in usable)
    to_support = support_row(ctx.bot, fresh=True) if asks else []
    return [*([Copy("button-copy-gift", code)] for code in codes), to_support, back_home()]


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
