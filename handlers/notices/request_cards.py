"""Renders a withdrawal's card just before it is sent, from the recipe in the outbox."""

from collections.abc import Mapping
from typing import Any

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import RenderedCard
from bot.kit.formatting import Code, Count, Lines, Term
from bot.kit.keyboards import Rows
from handlers.chat.admin.buttons import OpenRequest
from handlers.chat.admin.withdrawal_card import card_of, owed_by, owed_line, request_numbered
from handlers.notices.renderer import NoticeRenderer


async def render_card(recipe: Mapping[str, Any], renderer: NoticeRenderer) -> RenderedCard:
    """Returns the message of a recipe as things stand now. `shown` is the request's state and its member's debt."""
    admin = await renderer.people.get(recipe["admin"])
    assert admin is not None  # a person who has begun a chat stays known
    request = await request_numbered(recipe["withdrawal"], renderer.engine)
    owed = await owed_by(request, renderer)
    last = [Term("notice-reference", code=Code(recipe["reference"]))] if "reference" in recipe else []
    card = await card_of(request, admin, renderer, *last, owed=owed)
    if recipe["view"] == "payment" and request.state == "approved" and card.decisions:
        back = [Press("button-admin-request", OpenRequest(request.number), number=Count(request.number))]
        repeated = {name: card.arguments[name] for name in ("number", "member", "amount")}
        where = Lines((card.arguments["destination"], *owed_line(owed, renderer)))
        rows: Rows = [card.copy, back]
        message = message_to(admin, renderer.texts, "admin-ask-tracking", rows=rows, destination=where, **repeated)
    else:
        message = message_to(admin, renderer.texts, "admin-request", rows=card.rows, **card.arguments)
    return RenderedCard(message.params, f"{request.state}:{owed}")
