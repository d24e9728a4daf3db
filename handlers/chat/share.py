"""Handles links that leave a part of the member's commission to the friend."""

from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Button, Copy, Press, Share
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on, on_plain
from bot.kit.formatting import Choice, Code, Link, Percent
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.pagination import in_rows
from bot.kit.rewards import Split
from handlers.chat.buttons import OpenLink, OpenShare
from handlers.chat.joining import invite_to_join
from handlers.chat.sharing import poster_of, to_forward

BUTTONS_A_ROW: Final = 2


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
    discount, commission = Percent(split.discount), Percent(split.commission)
    return Press("button-split-part", ChooseSplit(place, split.discount), discount=discount, commission=commission)


def _under_picture(ctx: Context) -> bool:
    return ctx.message is not None and ctx.message.has_picture


async def choose(ctx: Context, button: ChooseSplit) -> None:
    """Shows the link with that split and its picture; asked for again it is the same link."""
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
    """Sends the poster with a text to forward, and below it the link's card."""
    link = ctx.bot.link(code)
    rows: Rows = [
        [Share("button-share", ctx.bot.texts[ctx.language].share, link)],
        [Copy("button-copy-link", link), Copy("button-copy-code", code)],
        [Press("button-split-another", OpenShare())],
        back_home(),
    ]
    picture = poster_of(ctx, code, split.discount)
    ctx.say("link-to-forward", picture=picture, **to_forward(ctx, code, split.discount))
    ctx.say(
        "share-link-card",
        rows=rows,
        new=True,
        kind=Choice("some" if split.leaves_something else "none"),
        discount=Percent(split.discount),
        commission=Percent(split.commission),
        link=Link(link),
        code=Code(code),
    )


FEATURE = Feature("share", buttons=(on_plain(OpenShare, show_splits), on(ChooseSplit, choose)))
