"""Handles /link: the member's own link or one with a tag, each with its poster and a text ready to forward."""

from bot.kit.buttons import Copy, Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on_plain
from bot.kit.formatting import Choice, Code, Count, Lines, Link, Money, Term, Text
from bot.kit.home_button import back_home
from bot.kit.keyboards import Rows
from bot.kit.links import MemberLink, Purpose, Reach, clean_tag
from engine.queries.progress import general_rate
from engine.records import Member
from handlers.chat.buttons import OpenLink, OpenLinks, OpenReady, OpenShare, PosterForm, SendPoster
from handlers.chat.joining import costs_something, show_how_to_join
from handlers.chat.sharing import poster_of, ready_texts, share_button, title_of, to_forward
from handlers.phrases import rate


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
        await give_own(ctx, joined=not was_member)


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


async def give_own(ctx: Context, *, joined: bool = False) -> None:
    """Sends the poster with a text to forward, and below it, to stay in sight, the link's card; who has just become a
    member reads what to do with it.
    """
    member = await ctx.engine.member(ctx.person.id)
    assert member is not None
    code = ctx.person.id
    link = ctx.bot.link(code)
    words = ctx.bot.texts[ctx.language].share
    ready = [Press("button-ready", OpenReady(1))] if ready_texts(ctx.bot) else []
    rows: Rows = [
        [share_button(ctx.bot, MemberLink(code, code), words)],
        [Copy("button-copy-link", link), Copy("button-copy-code", code)],
        [Press("button-split", OpenShare())] if ctx.bot.share is not None else [],
        [*ready, Press("button-links", OpenLinks(1)), Press("button-story", SendPoster("story"))],
        back_home(),
    ]
    send_poster(ctx)
    results = Lines(tuple(await _results(ctx, member, joined=joined)))
    ctx.say("link-card", rows=rows, new=True, link=Link(link), code=Code(code), results=results)


def send_poster(ctx: Context, form: PosterForm = "post", rows: Rows = ()) -> None:
    """Sends the poster of the own link, with a text to forward it with."""
    code = ctx.person.id
    ctx.say("link-to-forward", picture=poster_of(ctx, code, form=form), rows=rows, **to_forward(ctx, code))


async def _results(ctx: Context, member: Member, *, joined: bool) -> list[Term]:
    """Returns what the link pays, who came through it (to a new member the next step), and the commissions so far."""
    reach = Term("link-so-far", reach=reach_line(await own_reach(ctx, member.id)))
    lines = [Term("link-hint") if joined else reach]
    if not member.suspended:
        paid = general_rate(member.id, member.rank, ctx.engine.programme, ctx.now)
        lines.insert(0, Term("link-rate", kind=Choice("each" if paid.each else "part"), rate=rate(ctx, paid.text)))
    if member.earnings > 0:
        lines.append(Term("link-earned", amount=Money(member.earnings, ctx.bot.currency)))
    return lines


async def give_made(ctx: Context, made: MemberLink) -> None:
    """Shows the card of an additional link, with its results so far, under its poster."""
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
        picture=poster_of(ctx, made.code),
        kind=Choice(made.purpose.kind),
        name=Text(title_of(ctx.bot, made.purpose, ctx.language)),
        link=Link(link),
        code=Code(made.code),
        reach=reach_line(await ctx.links.reach(made.code)),
    )


async def own_reach(ctx: Context, member: str) -> Reach:
    """Returns the results of a member's own code: all their friends except those from additional links."""
    came, joined, bought = await ctx.engine.friends(member)
    made = await ctx.links.through_made(member)
    return Reach(came - made.came, joined - made.joined, bought - made.bought)


def reach_line(reach: Reach) -> Term:
    """Tells how many came, joined and bought."""
    return Term("link-reach", came=Count(reach.came), joined=Count(reach.joined), bought=Count(reach.bought))


FEATURE = Feature("link", commands=(Command("link", show_link),), buttons=(on_plain(OpenLink, show_own),))
