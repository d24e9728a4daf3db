"""Handles /history: the member's entries by day, six a page, each commission with its calculation a tap away."""

import asyncio
from datetime import date, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from bot.kit.buttons import Press
from bot.kit.context import Context
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term, When
from bot.kit.home_button import back_home
from bot.kit.pagination import paginate
from engine.ledger import BUCKETS
from engine.queries.views import Entry, Page
from engine.timestamps import utc
from handlers.chat.buttons import OpenHistory, OpenLink, OpenWhy, ShowEarnings
from handlers.chat.joining import invite_to_join
from handlers.phrases import known_as, name_for

ENTRIES_A_PAGE: Final = 6
MOVED_ON: Final = ("released", "matured", "paid")
"""Entries that neither bring money nor take it: they have no sign."""


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
    lines = await _lines(ctx, found.entries)
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


async def _lines(ctx: Context, entries: list[Entry]) -> list[Term]:
    """Returns a heading for each day, and the day's entries under it; rows are counted over the whole page."""
    shown = await asyncio.gather(*(_line(ctx, row, entry) for row, entry in enumerate(entries, start=1)))
    zone, lines = ZoneInfo(ctx.bot.zone), list[Term]()
    for day, rows in groupby(zip(entries, shown, strict=True), lambda row: utc(row[0].at).astimezone(zone).date()):
        of_day = list(rows)
        lines += [_heading(ctx, day, of_day[0][0].at), *(line for _, line in of_day)]
    return lines


def _heading(ctx: Context, day: date, at: int) -> Term:
    today = utc(ctx.now).astimezone(ZoneInfo(ctx.bot.zone)).date()
    named = "today" if day == today else "yesterday" if day == today - timedelta(days=1) else "earlier"
    return Term("history-day", day=Choice(named), date=When(at, ctx.bot.zone, year=day.year != today.year))


async def _line(ctx: Context, row: int, entry: Entry) -> Term:
    what = what_of(entry)
    return Term(
        "history-entry",
        row=Count(row),
        what=Choice(what),
        level=Count(entry.level or 0),
        cause=await _cause(ctx, entry),
        amount=Money(entry.signed, ctx.bot.currency, signed=what not in MOVED_ON),
    )


async def _cause(ctx: Context, entry: Entry) -> Term:
    """Returns whose purchase it was, as the member may know them; a buyer whom nobody knows is the order's number."""
    kind, _, name = (entry.source or "").partition(":")
    buyer = entry.buyer if kind == "order" else None
    if buyer is not None and (await ctx.people.get(buyer) is not None or not await _is_friend(ctx, buyer)):
        return Term("history-purchase", buyer=await name_for(ctx, ctx.person, buyer))
    return Term("history-order", order=Code(name if kind == "order" else "-"))


async def _is_friend(ctx: Context, buyer: str) -> bool:
    return await known_as(ctx, ctx.person, buyer) == "named"


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
