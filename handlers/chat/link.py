"""Handles /link and /qr: the member's own link or one with a tag, each with its picture and a text ready to forward."""

from bot.kit.buttons import Copy, Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on_plain
from bot.kit.formatting import Choice, Code, Count, Link, Term, Text
from bot.kit.keyboards import Rows
from bot.kit.links import MemberLink, Purpose, Reach, clean_tag
from handlers.chat.buttons import OpenLink, OpenLinks, OpenReady, OpenShare, back_home
from handlers.chat.joining import costs_something, show_how_to_join
from handlers.chat.sharing import ready_texts, share_button, title_of


async def show_link(ctx: Context) -> None:
    """Shows the link; asking for it makes a person a member where joining is open. /link instagram adds that tag."""
    if not ctx.words:
        await show_own(ctx)
    elif await is_member_now(ctx):
        (link,) = await ctx.links.make(ctx.person.id, [Purpose("tag", clean_tag(" ".join(ctx.words)))], ctx.now)
        await give_made(ctx, link)


async def show_own(ctx: Context) -> None:
    """Shows the member's own link, without a purpose, and a text with it."""
    was_member = await ctx.engine.member(ctx.person.id) is not None
    if was_member or await is_member_now(ctx):
        _give_own(ctx, joined=not was_member)


async def is_member_now(ctx: Context) -> bool:
    """Returns whether the person is a member, possibly since just now; else tells them how to join."""
    if await ctx.engine.member(ctx.person.id) is not None:
        return True
    if await ctx.friends.is_waiting(ctx.person.id):  # joining now would leave the inviter out for good
        ctx.say("aside-before-joining", rows=[back_home()])
        return False
    if costs_something(ctx):
        show_how_to_join(ctx)
        return False
    await ctx.engine.join(ctx.person.id, key=f"join:{ctx.person.id}")
    return True


def _give_own(ctx: Context, *, joined: bool) -> None:
    """Shows the link; who has just become a member reads what to do with it."""
    code = ctx.person.id
    link = ctx.bot.link(code)
    words = ctx.bot.texts[ctx.language].share
    ready = [Press("button-ready", OpenReady(1))] if ready_texts(ctx.bot) else []
    rows: Rows = [
        [share_button(ctx.bot, MemberLink(code, code), words)],
        [Copy("button-copy-link", link), Copy("button-copy-code", code)],
        [Press("button-split", OpenShare())] if ctx.bot.share is not None else [],
        [*ready, Press("button-links", OpenLinks(1))],
        back_home(),
    ]
    picture = {"kind": "qr", "link": link, "code": code}
    text_id = "link-card-joined" if joined else "link-card"
    ctx.say(text_id, rows=rows, picture=picture, link=Link(link), code=Code(code))
    ctx.say("link-to-forward", new=True, words=Text(words), link=Link(link))


async def give_made(ctx: Context, made: MemberLink) -> None:
    """Shows the card of an additional link, with its results so far."""
    assert made.purpose is not None
    link = ctx.bot.link(made.code)
    rows: Rows = [
        [share_button(ctx.bot, made, ctx.bot.texts[ctx.language].share)],
        [Copy("button-copy-link", link), Copy("button-copy-code", made.code)],
        [Press("button-links", OpenLinks(1))],
        back_home(),
    ]
    ctx.say(
        "link-card-made",
        rows=rows,
        picture={"kind": "qr", "link": link, "code": made.code},
        kind=Choice(made.purpose.kind),
        name=Text(title_of(ctx.bot, made.purpose, ctx.language)),
        link=Link(link),
        code=Code(made.code),
        reach=reach_line(await ctx.links.reach(made.code)),
    )


def reach_line(reach: Reach) -> Term:
    """Tells how many came, joined and bought."""
    return Term("link-reach", came=Count(reach.came), joined=Count(reach.joined), bought=Count(reach.bought))


FEATURE = Feature(
    "link",
    commands=(Command("link", show_link), Command("qr", show_link)),
    buttons=(on_plain(OpenLink, show_own),),
)
