"""Renders the engine's notices as messages to people. A new kind is one function and one line in its module."""

import logging
from collections.abc import Mapping
from typing import Final

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from engine.queries.views import NoticeRow
from handlers.notices.admins import RENDERERS as FOR_ADMINS
from handlers.notices.combined import group_of, is_alone, render_together
from handlers.notices.members import RENDERERS as FOR_MEMBERS
from handlers.notices.renderer import NoticeRenderer, Renderer

__all__ = ["RENDERERS", "NoticeRenderer", "Renderer", "group_of", "is_alone", "render", "render_together"]

RENDERERS: Final[Mapping[str, Renderer]] = {**FOR_MEMBERS, **FOR_ADMINS}


async def render(notice: NoticeRow, to: Person, renderer: NoticeRenderer) -> list[Outgoing]:
    """Returns the messages that this person gets of a notice; none for an unknown kind, which is logged."""
    rendered_by = RENDERERS.get(notice.kind)
    if rendered_by is None:
        logging.getLogger(__name__).error("notice not rendered: no text for kind %s", notice.kind)
        return []
    return await rendered_by(notice, to, renderer)
