"""Shows a member's team as a tree: three levels at a time, who sold this month lit up, a button for each branch."""

from collections.abc import Mapping, Sequence

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import Feature, on
from bot.kit.formatting import Argument, Choice, Count, Lines, Term
from bot.kit.home_button import back_home
from bot.kit.json import Json
from bot.kit.keyboards import Rows
from bot.kit.pagination import Pagination, in_rows, paginate
from bot.kit.picture_pages import show_picture
from engine.periods import last_periods
from engine.queries.branches import CHILDREN_A_PAGE, BranchMember, branch, is_placed_below
from engine.records import Member
from handlers.charts import Words
from handlers.chat.buttons import OpenTeam, ShowTeam
from handlers.chat.joining import invite_to_join
from handlers.phrases import name_for


async def show_team(ctx: Context, button: ShowTeam) -> None:
    """Shows a page of a branch, to those alone who stand above it."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "team-of-nobody")
        return
    root = await ctx.engine.member(button.root)
    if root is None or not await _is_below(ctx, button.root):
        raise StaleButton
    levels = await ctx.engine.levels(root.id, 1)
    page = paginate(sum(levels), button.page, CHILDREN_A_PAGE)
    members = await branch(ctx.engine, root.id, skip=page.skip)
    (month,) = last_periods(ctx.engine.programme.program, "month", ctx.now, 1)
    sold = await ctx.engine.sold_since([each.id for each in members], month)
    names = {each.id: await name_for(ctx, ctx.person, each.id) for each in members}
    title = await _title(ctx, root, page)
    below = Term("tree-sold", sold=Count(len(sold)))
    show_picture(
        ctx,
        "tree-card",
        _recipe(Words.of(ctx), (title, below), members, names, sold),
        _rows(ctx, root, page, members, names),
        **title.arguments,
        **below.arguments,
        lines=Lines(tuple(_lines(members, names, sold))),
    )


async def _is_below(ctx: Context, id: str) -> bool:
    me = ctx.person.id
    if not ctx.engine.programme.has_places:
        return await ctx.engine.is_sponsored_below(id, me)
    return await ctx.engine.in_network(lambda tree: is_placed_below(tree, id, me))


async def _title(ctx: Context, root: Member, page: Pagination) -> Term:
    whose = Choice("own" if root.id == ctx.person.id else "other")
    name = await name_for(ctx, ctx.person, root.id)
    return Term("tree-title", whose=whose, name=name, page=Count(page.number), pages=Count(page.pages))


def _recipe(
    words: Words,
    heading: tuple[Term, Term],
    members: Sequence[BranchMember],
    names: Mapping[str, Argument],
    sold: frozenset[str],
) -> Json:
    """Returns the recipe of a tree; the nearest members have the numbers of their buttons."""
    numbers = iter(range(1, len(members) + 1))
    rows = [
        {
            "level": each.level,
            "mark": words("chart-mark", row=Count(next(numbers))) if each.level == 1 else "",
            "name": words.name(names[each.id]),
            "note": words("tree-below", below=Count(each.below)) if each.below else "",
            "lit": each.id in sold,
        }
        for each in members
    ]
    title, below = (words.term(each) for each in heading)
    unnamed = words("person-of-team")
    return {
        "kind": "team",
        "language": words.language,
        "title": title,
        "subtitle": below,
        "unnamed": unnamed,
        "rows": rows,
    }


def _lines(members: Sequence[BranchMember], names: Mapping[str, Argument], sold: frozenset[str]) -> list[Term]:
    """Says the tree in words, a line for each member."""
    if not members:
        return [Term("team-empty")]
    return [
        Term(
            "tree-line",
            level=Count(each.level),
            name=names[each.id],
            below=Count(each.below),
            sold=Choice("yes" if each.id in sold else "no"),
        )
        for each in members
    ]


def _rows(
    ctx: Context, root: Member, page: Pagination, members: Sequence[BranchMember], names: Mapping[str, Argument]
) -> Rows:
    nearest = [each for each in members if each.level == 1]
    branches = [
        Press("button-branch", ShowTeam(each.id, 1), row=Count(row), name=names[each.id])
        for row, each in enumerate(nearest, start=1)
        if each.below
    ]
    above = root.parent if ctx.engine.programme.has_places else root.sponsor
    up = [Press("button-up", ShowTeam(above, 1))] if root.id != ctx.person.id and above is not None else []
    turning = page.turning(lambda number: ShowTeam(root.id, number))
    return [*in_rows(branches, 2), turning, [*up, Press("button-team", OpenTeam(0))], back_home()]


FEATURE = Feature("team-picture", buttons=(on(ShowTeam, show_team),))
