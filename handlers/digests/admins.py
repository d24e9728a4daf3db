"""Renders admins' scheduled messages: the day's summary, and requests that have waited too long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Choice, Code, Count, Lines, Term, When
from bot.kit.keyboards import keyboard, picture_message, text_message
from bot.kit.person import Person
from bot.kit.truncate import CAPTION_LENGTH_MAX
from engine.queries.audit import Act
from engine.queries.figures import Figures, Overview
from engine.queries.reports import Queue
from engine.queries.views import WithdrawalView
from handlers.charts import Words
from handlers.chat.admin.buttons import OpenCommissions, OpenOverview, OpenPending
from handlers.chat.admin.pending import request_line
from handlers.digests.by_hand import done_by_hand, totals
from handlers.figures import figure_lines, queue_lines
from handlers.notices.renderer import NoticeRenderer
from handlers.overview import overview_recipe

LISTED: Final = 8
"""The number of requests that a reminder names."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Holds a day, the seven days that end with it, and the current queue. Times in ms, UTC; `holds` says that
    verification passed, `acts` what was done by hand.
    """

    day: Figures
    queue: Queue
    now: int
    holds: bool
    by_itself: bool
    acts: Sequence[Act] = ()
    days: Overview | None = None


async def summary(told: Summary, to: Person, renderer: NoticeRenderer) -> Outgoing:
    """Returns the day's summary, with a picture of the last seven days if anything was sold or earned in them."""
    queue, rows = told.queue, [[Press("button-admin-overview", OpenOverview())]]
    if not told.by_itself and queue.commissions:
        rows.insert(0, [Press("button-admin-commissions", OpenCommissions(0))])
    if queue.requests:
        rows.insert(0, [Press("button-admin-open-requests", OpenPending(0), count=Count(queue.requests))])
    html = renderer.texts.render(
        to.language,
        "admin-summary",
        day=When(told.day.since, renderer.bot.zone),
        figures=Lines(tuple(figure_lines(told.day, renderer.bot.currency))),
        now=Lines((*_now(told, renderer), *await _by_hand(told, renderer))),
    )
    buttons = keyboard(rows, to.language, renderer.texts)
    if told.days is None or not _worth_a_picture(told.days) or len(html) > CAPTION_LENGTH_MAX:
        return text_message(to.chat_id, html, buttons)
    recipe = await overview_recipe(told.days, renderer, Words(renderer.texts, to.language))
    return picture_message(to.chat_id, html, buttons, recipe)


def _worth_a_picture(days: Overview) -> bool:
    return bool(days.total.orders or days.total.commissions or days.total.payouts)


def _now(told: Summary, renderer: NoticeRenderer) -> Iterator[Term]:
    yield from queue_lines(told.queue, told.now, renderer.bot.currency, by_itself=told.by_itself)
    yield Term("admin-summary-books", holds=Choice("yes" if told.holds else "no"))


async def _by_hand(told: Summary, renderer: NoticeRenderer) -> list[Term]:
    lines = await totals(await done_by_hand(told.acts, renderer), renderer)
    return [Term("admin-summary-by-hand"), *lines] if lines else []


async def reminder(
    requests: Sequence[WithdrawalView], total: int, now: int, to: Person, renderer: NoticeRenderer
) -> Outgoing:
    """Returns the oldest waiting requests, and the way to all."""
    lines = [await request_line(request, renderer, now) for request in requests]
    if total > len(requests):
        lines.append(Term("listed-more", count=Count(total - len(requests))))
    rows = [[Press("button-admin-pending", OpenPending(0))]]
    return message_to(to, renderer.texts, "admin-reminder", rows=rows, total=Count(total), requests=Lines(tuple(lines)))


def job_failed(job: str, to: Person, renderer: NoticeRenderer) -> Outgoing:
    """Reports that a scheduled job failed."""
    return message_to(to, renderer.texts, "job-failed", job=Code(job))
