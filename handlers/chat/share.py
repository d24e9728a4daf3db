"""Handles links that leave a part of the member's commission to the friend."""

from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Button, Copy, Press, Share
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on, on_plain
from bot.kit.formatting import Code, Link, Percent, Text
from bot.kit.keyboards import Rows
from bot.kit.pagination import in_rows
from bot.kit.rewards import Split
from handlers.chat.buttons import OpenLink, OpenShare, back_home
from handlers.chat.joining import invite_to_join

BUTTONS_A_ROW: Final = 4


@dataclass(frozen=True)
class ChooseSplit(Button, prefix="split"):
    """Creates a link with the split at that index; `discount` is what its button says, in case the budget has
    changed.
    """

    place: int
    discount: str


async def show_splits(ctx: Context) -> None:
    """Shows what there is to split, a button for each step of the friend's part."""
    share = ctx.bot.share
    if share is None:
        raise StaleButton
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "share-of-nobody", new=_under_picture(ctx))
        return
    buttons = [_button(place, split) for place, split in enumerate(share.splits())]
    back = [Press("button-link", OpenLink())]
    ctx.say("share-card", rows=[*in_rows(buttons, BUTTONS_A_ROW), back, back_home()], budget=Percent(share.budget.text))


def _button(place: int, split: Split) -> Press:
    return Press("button-split-part", ChooseSplit(place, split.discount), discount=Percent(split.discount))


def _under_picture(ctx: Context) -> bool:
    return ctx.message is not None and ctx.message.has_picture


async def choose(ctx: Context, button: ChooseSplit) -> None:
    """The link with that split, with its picture; asked for again it is the same link."""
    share = ctx.bot.share
    splits = share.splits() if share is not None else ()
    place = button.place
    if not 0 <= place < len(splits) or splits[place].discount != button.discount:
        raise StaleButton
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "share-of-nobody")
        return
    made = await ctx.friends.share(ctx.person.id, splits[place])
    _give(ctx, made.code, made.split)


def _give(ctx: Context, code: str, split: Split) -> None:
    link, words = ctx.bot.link(code), ctx.bot.texts[ctx.language].share
    rows: Rows = [
        [Share("button-share", words, link)],
        [Copy("button-copy-link", link), Copy("button-copy-code", code)],
        [Press("button-split-another", OpenShare())],
        back_home(),
    ]
    discount = Percent(split.discount)
    picture = {"kind": "qr", "link": link, "code": code}
    ctx.say(
        "share-link-card",
        rows=rows,
        picture=picture,
        discount=discount,
        commission=Percent(split.commission),
        link=Link(link),
        code=Code(code),
    )
    if split.discount == "0%":
        ctx.say("link-to-forward", new=True, words=Text(words), link=Link(link))
    else:
        ctx.say("share-to-forward", new=True, words=Text(words), discount=discount, link=Link(link))


FEATURE = Feature("share", buttons=(on_plain(OpenShare, show_splits), on(ChooseSplit, choose)))
