"""Shows the way to the next rank as bars, one for each requirement."""

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Feature, on_plain
from bot.kit.formatting import Choice, Compact, Count, Lines, Term, Unit
from bot.kit.home_button import back_home
from bot.kit.json import Json
from bot.kit.picture_pages import show_picture
from engine.programme.model import Rank
from engine.queries.progress import Need, next_rank, rank_needs
from handlers.charts import Words, thousandths
from handlers.chat.buttons import OpenRank, ShowProgress
from handlers.chat.rank import show_rank, way_to_next


async def show_progress(ctx: Context) -> None:
    """Shows the requirements of the next rank; where there is none, the rank's page."""
    member = await ctx.engine.member(ctx.person.id)
    following = next_rank(member, ctx.engine.programme) if member is not None else None
    if member is None or following is None:
        await show_rank(ctx)
        return
    show_picture(
        ctx,
        "climb-card",
        _recipe(ctx, following, member.rank, rank_needs(member, following)),
        [[Press("button-refresh", ShowProgress()), Press("button-rank", OpenRank(fresh=True))], back_home()],
        rank=ctx.bot.titles.of("rank", member.rank),
        lines=Lines(tuple(way_to_next(ctx, member))),
    )


def _recipe(ctx: Context, following: Rank, rank: str, needs: list[Need]) -> Json:
    words = Words.of(ctx)
    met = sum(each.met for each in needs)
    return {
        "kind": "progress",
        "language": words.language,
        "title": words("climb-title", rank=ctx.bot.titles.of("rank", following.id)),
        "subtitle": words("climb-from", rank=ctx.bot.titles.of("rank", rank)),
        "bars": [_bar(ctx, words, each) for each in needs],
        "foot": [words("climb-met", met=Count(met), all=Count(len(needs)))],
    }


def _bar(ctx: Context, words: Words, need: Need) -> Json:
    share = thousandths(need.has, need.asks)
    label = words("climb-need", kind=Choice(need.kind))
    return {"label": label, "value": words.term(_value(ctx, need)), "share": share, "marked": share}


def _value(ctx: Context, need: Need) -> Term:
    if need.kind not in ("sales", "earnings"):
        return Term("chart-members", has=Count(need.has), asks=Count(need.asks))
    has, asks = Compact(need.has, ctx.bot.currency), Compact(need.asks, ctx.bot.currency)
    return Term("chart-progress", has=has, asks=asks, unit=Unit(ctx.bot.currency))


FEATURE = Feature("rank-picture", buttons=(on_plain(ShowProgress, show_progress),))
