"""Renders the engine's notices as messages to people. A new kind is one function and one line in its module."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from engine.notices import Notice
from engine.queries.views import NoticeRow
from handlers.notices.admins import RENDERERS as FOR_ADMINS
from handlers.notices.combined import group_of, is_alone, render_together
from handlers.notices.members import RENDERERS as FOR_MEMBERS
from handlers.notices.milestones import is_milestone
from handlers.notices.renderer import NoticeRenderer, Renderer
from handlers.notices.withdrawals import RENDERERS as OF_WITHDRAWALS

__all__ = [
    "RENDERERS",
    "NoticeRenderer",
    "Renderer",
    "group_of",
    "is_alone",
    "is_milestone",
    "render",
    "render_together",
]

RENDERERS: Final[Mapping[type[Notice], Renderer[Any]]] = dict((*FOR_MEMBERS, *OF_WITHDRAWALS, *FOR_ADMINS))


async def render(row: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns the messages that this person gets of a notice; none for one that cannot be read, which is logged."""
    rendered_by = RENDERERS.get(type(row.notice))
    if rendered_by is None:
        logging.getLogger(__name__).error("notice not rendered: no text for kind %s", row.kind)
        return []
    return await rendered_by(row.notice, row, to, renderer)
