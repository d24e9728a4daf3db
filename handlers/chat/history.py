"""Handles /history: the member's entries, six a page, each commission with its calculation a tap away."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term, When
from bot.kit.pagination import paginate
from engine.ledger import BUCKETS
from engine.queries.views import Entry, Page
from handlers.chat.buttons import OpenHistory, OpenLink, OpenWhy, ShowEarnings, back_home
from handlers.chat.joining import invite_to_join

ENTRIES_A_PAGE: Final = 6


async def newest(ctx: Context) -> None:
    """Handles /history."""
    await _show(ctx, 1)


async def open_page(ctx: Context, button: OpenHistory) -> None:
    """Turns to an older or newer page."""
    await _show(ctx, max(1, button.page), new=button.page == 0)


async def _show(ctx: Context, number: int, *, new: bool = False) -> None:
    skip = (number - 1) * ENTRIES_A_PAGE
    found = await ctx.engine.history(ctx.person.id, skip=skip, count=ENTRIES_A_PAGE)
    if not found.total:
        await _show_empty(ctx, new=new)
        return
    page = paginate(found.total, number, ENTRIES_A_PAGE)
    if page.number != number:
        await _show(ctx, page.number, new=new)
        return
    lines = [_line(ctx, row, entry) for row, entry in enumerate(found.entries, start=1)]
    reasons = _why_buttons(found, number)
    lines += [Term("history-why")] if reasons else []
    turning = page.turning(OpenHistory, back="button-newer", on="button-older")
    ctx.say(
        "history-page",
        rows=[reasons, turning, [Press("button-earnings", ShowEarnings("week"))], back_home()],
        new=new,
        page=Count(number),
        pages=Count(page.pages),
        entries=Lines(tuple(lines)),
    )


async def _show_empty(ctx: Context, *, new: bool) -> None:
    """Shows members their link, and others the way to join."""
    if await ctx.engine.member(ctx.person.id) is None:
        invite_to_join(ctx, "history-of-nobody", new=new)
        return
    ctx.say("history-empty", rows=[[Press("button-link", OpenLink(), style="primary")], back_home()], new=new)


def _line(ctx: Context, row: int, entry: Entry) -> Term:
    kind, _, name = (entry.source or "").partition(":")
    return Term(
        "history-entry",
        row=Count(row),
        what=Choice(what_of(entry)),
        level=Count(entry.level or 0),
        order=Code(name if kind == "order" else "-"),
        amount=Money(entry.signed, ctx.bot.currency),
        date=When(entry.at, ctx.bot.zone),
    )


def what_of(entry: Entry) -> str:
    """Returns the catalogue's word for an entry."""
    if entry.event == "adjust":
        return "adjusted"
    if "reserved" in (entry.debit, entry.credit):
        return {"reserved": "requested", "paid": "paid"}.get(entry.credit, "given-back")
    if entry.credit == "programme":
        return "rejected" if entry.event == "reject" else "reversed"
    if entry.debit in BUCKETS:
        return "released" if entry.debit == "held" else "matured"
    return entry.kind or "other"


def _why_buttons(page: Page, number: int) -> list[Press]:
    return [
        Press("button-why-row", OpenWhy(entry.commission, number), row=Count(row))
        for row, entry in enumerate(page.entries, start=1)
        if entry.commission is not None
    ]


FEATURE = Feature("history", commands=(Command("history", newest),), buttons=(on(OpenHistory, open_page),))
