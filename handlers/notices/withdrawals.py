"""Renders notices to members about their withdrawals."""

from typing import Final

from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Code, Count, Lines, Term, Text
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.notices import (
    WithdrawalApproved,
    WithdrawalCancelled,
    WithdrawalNotice,
    WithdrawalPaid,
    WithdrawalRejected,
    WithdrawalRequested,
)
from engine.queries.views import NoticeRow, WithdrawalView
from handlers.notices.parts import balance_line, balance_row, message, money
from handlers.notices.renderer import NoticeRenderer, renders
from handlers.phrases import masked

_Step = tuple[WithdrawalView, dict[str, Argument]]
"""A request, and what all messages about it say."""


async def _step(notice: WithdrawalNotice, to: Person, renderer: NoticeRenderer) -> _Step:
    request = await renderer.engine.withdrawal(notice.number)
    assert request is not None  # the notice is of its own journal row
    arguments: dict[str, Argument] = {
        "number": Count(request.number),
        "amount": money(notice.amount, renderer),
        "foot": Lines((balance_line(await renderer.engine.balance(to.id), renderer),)),
    }
    return request, arguments


async def withdrawal_approved(
    notice: WithdrawalApproved, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a withdrawal was approved."""
    request, arguments = await _step(notice, to, renderer)
    arguments["destination"] = masked(request.destination_kind, request.last_four)
    return [message(row, to, renderer, "notice-withdrawal-approved", [balance_row()], **arguments)]


async def withdrawal_rejected(
    notice: WithdrawalRejected, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a withdrawal was rejected, and why."""
    request, arguments = await _step(notice, to, renderer)
    arguments["reason"] = Text(request.reason) if request.reason else Term("no-reason")
    return [message(row, to, renderer, "notice-withdrawal-rejected", [balance_row()], **arguments)]


async def withdrawal_paid(
    notice: WithdrawalPaid, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a withdrawal was paid: this is the receipt."""
    request, arguments = await _step(notice, to, renderer)
    arguments["destination"] = masked(request.destination_kind, request.last_four)
    arguments["tracking"] = Code(request.tracking or "-")
    arguments["reference_line"] = Term("notice-reference", code=Code(notice_reference(row.number)))
    return [message(row, to, renderer, "notice-withdrawal-paid", [balance_row()], **arguments)]


async def own_doing(
    _notice: WithdrawalNotice, _row: NoticeRow, _to: Person, _renderer: NoticeRenderer
) -> list[Outgoing]:
    """Returns nothing: the member's own act was answered in the chat."""
    return []


RENDERERS: Final = (
    renders(WithdrawalRequested, own_doing),
    renders(WithdrawalCancelled, own_doing),
    renders(WithdrawalApproved, withdrawal_approved),
    renders(WithdrawalRejected, withdrawal_rejected),
    renders(WithdrawalPaid, withdrawal_paid),
)
