"""/link and /qr: the member's own link with its picture, and a text ready to forward."""

from bot.kit.buttons import Copy, Press, Share
from bot.kit.context import Context
from bot.kit.display import Code, Link, Text
from bot.kit.feature import Command, Feature
from bot.kit.screen import Rows
from handlers.chat.buttons import OpenLink, OpenShare, back_home
from handlers.chat.joining import costs_something, show_how_to_join


async def show_link(ctx: Context) -> None:
    """Asking for a link is what makes a person a member where joining is open."""
    if await ctx.engine.member(ctx.person.id) is None:
        if await ctx.friends.is_waiting(ctx.person.id):  # joining now would leave the inviter out for good
            ctx.say("aside-before-joining", rows=[back_home()])
            return
        if costs_something(ctx):
            show_how_to_join(ctx)
            return
        await ctx.engine.join(ctx.person.id, key=f"join:{ctx.person.id}")
    _give_link(ctx)


def _give_link(ctx: Context) -> None:
    code = ctx.person.id
    link = ctx.bot.link(code)
    words = ctx.bot.texts[ctx.language].share
    rows: Rows = [
        [Share("button-share", words, link)],
        [Copy("button-copy-link", link), Copy("button-copy-code", code)],
        [Press("button-split", OpenShare())] if ctx.bot.share is not None else [],
        back_home(),
    ]
    picture = {"kind": "qr", "link": link, "code": code}
    ctx.say("link-card", rows=rows, picture=picture, link=Link(link), code=Code(code))
    ctx.say("link-to-forward", new=True, words=Text(words), link=Link(link))


FEATURE = Feature(
    "link",
    commands=(Command("link", show_link), Command("qr", show_link)),
    buttons={OpenLink: show_link},
)
