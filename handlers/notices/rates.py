"""Renders the news that the rate of a member's rank has changed."""

from bot.kit.buttons import Press
from bot.kit.context import message_to
from bot.kit.effects import Outgoing
from bot.kit.person import Person
from handlers.chat.buttons import OpenRank
from handlers.notices.renderer import NoticeRenderer
from handlers.phrases import rate


def rate_changed(before: str, after: str, reference: str, to: Person, renderer: NoticeRenderer) -> Outgoing:
    """Tells the rate from now on, and the one before; both as programmes write them."""
    rows = [[Press("button-rank", OpenRank(fresh=True))]]
    shown = {"before": rate(renderer, before), "after": rate(renderer, after)}
    return message_to(to, renderer.texts, "notice-rate-changed", rows=rows, reference=reference, **shown)
