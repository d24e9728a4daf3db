"""Renders notices to admins."""

from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Code, Count, Money, Term
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.notices import AdminWithdrawalCancelled, AdminWithdrawalRequested
from engine.queries.views import NoticeRow
from handlers.chat.admin.buttons import OpenPending
from handlers.chat.admin.withdrawal_card import recipe_of, request_numbered
from handlers.notices.renderer import NoticeRenderer, renders
from handlers.phrases import name_of


async def withdrawal_requested(
    notice: AdminWithdrawalRequested, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Returns the request's card as it stands when it is sent, with this admin's possible decisions."""
    request = await request_numbered(notice.number, renderer.engine)
    reference = notice_reference(row.number)
    recipe = recipe_of(request.number, to, reference=reference)
    return [Outgoing(to.chat_id, "sendMessage", {}, reference=reference, card=recipe)]


async def withdrawal_cancelled(
    notice: AdminWithdrawalCancelled, row: NoticeRow, to: Person, renderer: NoticeRenderer
) -> list[Outgoing]:
    """Tells that a request was cancelled."""
    reference = notice_reference(row.number)
    message = message_to(
        to,
        renderer.texts,
        "notice-admin-cancelled",
        rows=[[Press("button-admin-pending", OpenPending(1))]],
        reference=reference,
        number=Count(notice.number),
        member=await name_of(renderer, notice.member),
        amount=Money(notice.amount, renderer.bot.currency),
        reference_line=Term("notice-reference", code=Code(reference)),
    )
    return [message]


RENDERERS: Final = (
    renders(AdminWithdrawalRequested, withdrawal_requested),
    renders(AdminWithdrawalCancelled, withdrawal_cancelled),
)
