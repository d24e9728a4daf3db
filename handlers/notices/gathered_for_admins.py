"""Combines several notices to an admin in one message: a line each, and the list of what waits.

A new kind that may be combined is one line here; the others are sent alone.
"""

from collections.abc import Sequence
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.queries.views import NoticeRow
from handlers.chat.admin.buttons import OpenPending
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import name_of

LINES_MAX: Final = 15

ADMINS_LINES: Final = {"admin_withdrawal_requested": "requested", "admin_withdrawal_cancelled": "cancelled"}
"""By kind: the new state of a withdrawal."""


async def render_for_admins(notices: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns one message of several notices. Its reference is that of the last one."""
    reference = notice_reference(notices[-1].number)
    lines = [await _line(notice, renderer) for notice in notices[:LINES_MAX]]
    if len(notices) > LINES_MAX:
        lines.append(Term("listed-more", count=Count(len(notices) - LINES_MAX)))
    message = message_to(
        to,
        renderer.texts,
        "notice-admin-gathered",
        rows=[[Press("button-admin-pending", OpenPending(1))]],
        reference=reference,
        count=Count(len(notices)),
        lines=Lines(tuple(lines)),
        reference_line=Term("notice-reference", code=Code(reference)),
    )
    return [message]


async def _line(notice: NoticeRow, renderer: NoticeRenderer) -> Term:
    return Term(
        "gathered-withdrawal",
        state=Choice(ADMINS_LINES[notice.kind]),
        number=Count(notice.values["number"]),
        member=await name_of(renderer, notice.values["member"]),
        amount=Money(notice.values["amount"], renderer.bot.currency),
    )
