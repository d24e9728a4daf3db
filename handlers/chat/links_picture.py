"""Shows how far friends came through each of a member's links: clicks, who came, who joined, who bought."""

from collections.abc import Sequence
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on
from bot.kit.formatting import Count, Lines, Term
from bot.kit.home_button import back_home
from bot.kit.json import Json
from bot.kit.links import MemberLink, Reach
from bot.kit.pagination import paginate
from bot.kit.picture_pages import show_picture
from handlers.charts import Words
from handlers.chat.buttons import OpenLinks, ShowFunnel
from handlers.chat.joining import invite_to_join
from handlers.chat.link import own_reach, reach_line
from handlers.chat.links import link_line
from handlers.chat.sharing import title_of

LINKS_A_PICTURE: Final = 4


async def show_funnel(ctx: Context, button: ShowFunnel) -> None:
    """Shows a page of links, the own one first."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "team-of-nobody")
        return
    _, total = await ctx.links.made(ctx.person.id, size=0)
    page = paginate(total, button.page, LINKS_A_PICTURE)
    found, _ = await ctx.links.made(ctx.person.id, skip=page.skip, size=page.size)
    own = await own_reach(ctx, ctx.person.id) if page.number == 1 else None
    lines = [Term("links-own", reach=reach_line(own))] if own is not None else []
    lines += [link_line(ctx, link, reach) for link, reach in found]
    links = [Press("button-links", OpenLinks(1))]
    show_picture(
        ctx,
        "funnel-card",
        _recipe(ctx, own, found),
        [page.turning(ShowFunnel), links, back_home()],
        lines=Lines(tuple(lines)),
    )


def _recipe(ctx: Context, own: Reach | None, found: Sequence[tuple[MemberLink, Reach]]) -> Json:
    words = Words.of(ctx)
    reaches = [*((words("funnel-own"), each) for each in (own,) if each is not None)]
    for link, reach in found:
        assert link.purpose is not None  # additional links have one
        reaches.append((title_of(ctx.bot, link.purpose, ctx.language), reach))
    with_clicks = any(each.clicks for _, each in reaches)
    links = [{"name": name, "steps": _steps(words, each, with_clicks=with_clicks)} for name, each in reaches]
    return {
        "kind": "funnel",
        "language": words.language,
        "title": words("funnel-title"),
        "subtitle": words("funnel-all", came=Count(sum(each.came for _, each in reaches))),
        "unnamed": words("funnel-unnamed"),
        "links": links,
    }


def _steps(words: Words, reach: Reach, *, with_clicks: bool) -> list[Json]:
    counts = {"funnel-came": reach.came, "funnel-joined": reach.joined, "funnel-bought": reach.bought}
    if with_clicks:
        counts = {"funnel-clicks": reach.clicks, **counts}
    return [
        {"label": words(step), "value": words("chart-count", count=Count(count)), "count": count}
        for step, count in counts.items()
    ]


FEATURE = Feature("links-picture", buttons=(on(ShowFunnel, show_funnel),))
