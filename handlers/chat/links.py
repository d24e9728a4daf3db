"""Handles a member's additional links: their results, and new ones for a tag, a product or a group of products."""

from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on, on_plain, on_plain_answer
from bot.kit.formatting import Choice, Count, Lines, Term, Text
from bot.kit.home_button import back_home
from bot.kit.links import MemberLink, NoTag, Purpose, Reach, clean_tag
from bot.kit.pagination import Pagination, in_rows, paginate
from handlers.chat.buttons import OpenLink, OpenLinks, OpenMade, ShowFunnel
from handlers.chat.joining import invite_to_join
from handlers.chat.link import give_made, is_member_now, own_reach, reach_line
from handlers.chat.sharing import groups_of, purpose_of, title_of

LINKS_A_PAGE: Final = 6
GOODS_A_PAGE: Final = 8


class TagAsked(Step, frozen=True, tag="tag"):
    """Waits for the name of a new tag."""


@dataclass(frozen=True)
class AskTag(Button, prefix="tag"):
    """Asks for the name of a new tag."""


@dataclass(frozen=True)
class OpenGoods(Button, prefix="linkfor"):
    """Opens a page of the products and groups that a link can be for."""

    page: int


@dataclass(frozen=True)
class LinkFor(Button, prefix="lfor"):
    """Creates a link for the item at that index of the list."""

    place: int


async def open_links(ctx: Context, button: OpenLinks) -> None:
    """Shows a page: the own link first, then additional ones, the most successful first."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "team-of-nobody")
        return
    _, total = await ctx.links.made(ctx.person.id, size=0)
    page = paginate(total, button.page, LINKS_A_PAGE)
    found, _ = await ctx.links.made(ctx.person.id, skip=page.skip, size=page.size)
    own = [Term("links-own", reach=reach_line(await own_reach(ctx, ctx.person.id)))] if page.number == 1 else []
    lines = [*own, *(link_line(ctx, link, reach) for link, reach in found)]
    ctx.say("links-page", rows=_rows(ctx, found, page), lines=Lines(tuple(lines)))


def _rows(ctx: Context, found: list[tuple[MemberLink, Reach]], page: Pagination) -> list[list[Press]]:
    cards = [Press("button-link-made", OpenMade(link.code), name=_name(ctx, link)) for link, _ in found]
    goods = [Press("button-link-for", OpenGoods(1))] if _things(ctx) else []
    return [
        *in_rows(cards, 2),
        page.turning(OpenLinks),
        [Press("button-new-tag", AskTag()), *goods],
        [Press("button-link", OpenLink()), Press("button-chart", ShowFunnel(1))],
        back_home(),
    ]


def link_line(ctx: Context, link: MemberLink, reach: Reach) -> Term:
    """Returns a link's name, purpose and results."""
    assert link.purpose is not None
    return Term(
        "links-line",
        kind=Choice(link.purpose.kind),
        name=_name(ctx, link),
        reach=reach_line(reach),
        clicks=Count(reach.clicks),
    )


def _name(ctx: Context, link: MemberLink) -> Text:
    assert link.purpose is not None
    return Text(title_of(ctx.bot, link.purpose, ctx.language))


async def open_made(ctx: Context, button: OpenMade) -> None:
    """Shows the card of one link, to its own member alone."""
    link = await ctx.links.owner_of(button.code)
    if link is None or link.purpose is None or link.member != ctx.person.id:
        raise StaleButton
    await give_made(ctx, link)


# A new tag


async def ask_tag(ctx: Context) -> None:
    """Asks for the tag's name, such as instagram."""
    if await is_member_now(ctx):
        ctx.ask(TagAsked())
        ctx.say("links-ask-tag", rows=[[Press("button-links", OpenLinks(1))], back_home()])


async def take_tag(ctx: Context) -> None:
    """Takes the tag's name; an invalid one is asked for again."""
    try:
        tag = clean_tag(ctx.text or "")
    except NoTag:
        ctx.say("refused-no_tag")
        return
    ctx.end()
    (link,) = await ctx.links.make(ctx.person.id, [Purpose("tag", tag)], ctx.now)
    await give_made(ctx, link)


# Links for a product or a group of products


async def open_goods(ctx: Context, button: OpenGoods) -> None:
    """Shows what a link can be for."""
    things = _things(ctx)
    page = paginate(len(things), button.page, GOODS_A_PAGE)
    rows = [[_thing(ctx, place, each)] for place, each in page.of(list(enumerate(things)))]
    links = [Press("button-links", OpenLinks(1))]
    ctx.say("links-goods", rows=[*rows, page.turning(OpenGoods), links, back_home()])


def _thing(ctx: Context, place: int, purpose: Purpose) -> Press:
    name = Text(title_of(ctx.bot, purpose, ctx.language))
    return Press("button-thing", LinkFor(place), kind=Choice(purpose.kind), name=name)


def _things(ctx: Context) -> list[Purpose]:
    return [*map(purpose_of, ctx.bot.catalogue.products.values()), *groups_of(ctx.bot)]


async def link_for(ctx: Context, button: LinkFor) -> None:
    """Creates the link for an item, and shows its card."""
    things = _things(ctx)
    if not 0 <= button.place < len(things):
        raise StaleButton
    if await is_member_now(ctx):
        (link,) = await ctx.links.make(ctx.person.id, [things[button.place]], ctx.now)
        await give_made(ctx, link)


FEATURE = Feature(
    "links",
    buttons=(
        on(OpenLinks, open_links),
        on(OpenMade, open_made),
        on_plain(AskTag, ask_tag),
        on(OpenGoods, open_goods),
        on(LinkFor, link_for),
    ),
    steps=(on_plain_answer(TagAsked, take_tag),),
)
