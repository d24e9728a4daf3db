"""Combines several notices to an admin in one message: a line each, and the list of what waits.

A new kind that may be combined is one line here; the others are sent alone.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Choice, Code, Count, Lines, Money, Term
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.notices import AdminWithdrawalCancelled, AdminWithdrawalNotice, AdminWithdrawalRequested, Notice
from engine.queries.views import NoticeRow
from handlers.chat.admin.buttons import OpenPending
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import name_of

LINES_MAX: Final = 15

ADMINS_LINES: Final[Mapping[type[Notice], str]] = {
    AdminWithdrawalRequested: "requested",
    AdminWithdrawalCancelled: "cancelled",
}
"""By notice: the new state of a withdrawal."""


async def render_for_admins(rows: Sequence[NoticeRow], to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns one message of several notices. Its reference is that of the last one."""
    reference = notice_reference(rows[-1].number)
    told = [row.notice for row in rows[:LINES_MAX] if isinstance(row.notice, AdminWithdrawalNotice)]
    lines = [await _line(notice, renderer) for notice in told]
    if len(rows) > LINES_MAX:
        lines.append(Term("listed-more", count=Count(len(rows) - LINES_MAX)))
    message = message_to(
        to,
        renderer.texts,
        "notice-admin-gathered",
        rows=[[Press("button-admin-pending", OpenPending(1))]],
        reference=reference,
        count=Count(len(rows)),
        lines=Lines(tuple(lines)),
        reference_line=Term("notice-reference", code=Code(reference)),
    )
    return [message]


async def _line(notice: AdminWithdrawalNotice, renderer: NoticeRenderer) -> Term:
    return Term(
        "gathered-withdrawal",
        state=Choice(ADMINS_LINES[type(notice)]),
        number=Count(notice.number),
        member=await name_of(renderer, notice.member),
        amount=Money(notice.amount, renderer.bot.currency),
    )
