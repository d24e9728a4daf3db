"""Renders notices to admins."""

from collections.abc import Mapping
from typing import Final

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.formatting import Code, Count, Money, Term
from bot.kit.person import Person
from bot.kit.references import notice_reference
from engine.queries.views import NoticeRow
from handlers.chat.admin.buttons import OpenPending
from handlers.chat.admin.withdrawal_card import recipe_of, request_numbered
from handlers.notices.renderer import NoticeRenderer, Renderer
from handlers.phrases import name_of


async def withdrawal_requested(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns the request's card as it stands when it is sent, with this admin's possible decisions."""
    request = await request_numbered(notice.values["number"], renderer.engine)
    reference = notice_reference(notice.number)
    recipe = recipe_of(request.number, to, reference=reference)
    return [Outgoing(to.chat_id, "sendMessage", {}, reference=reference, card=recipe)]


async def withdrawal_cancelled(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Tells that a request was cancelled."""
    reference = notice_reference(notice.number)
    message = message_to(
        to,
        renderer.texts,
        "notice-admin-cancelled",
        rows=[[Press("button-admin-pending", OpenPending(1))]],
        reference=reference,
        number=Count(notice.values["number"]),
        member=await name_of(renderer, notice.values["member"]),
        amount=Money(notice.values["amount"], renderer.bot.currency),
        reference_line=Term("notice-reference", code=Code(reference)),
    )
    return [message]


RENDERERS: Final[Mapping[str, Renderer]] = {
    "admin_withdrawal_requested": withdrawal_requested,
    "admin_withdrawal_cancelled": withdrawal_cancelled,
}
