"""Decides which notices a person gets and when, and renders them: preferences, quiet hours and language."""

from collections.abc import Callable, Sequence

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.kit.preferences import PreferenceRepository
from bot.kit.quiet_hours import quiet_until
from engine.queries.views import NoticeRow
from handlers.notices import NoticeRenderer, group_of, is_alone, render, render_together


class ChatNotificationPolicy:
    """Implements the dispatcher's NotificationPolicy for the chat. `renderer` returns the current NoticeRenderer."""

    def __init__(self, preferences: PreferenceRepository, renderer: Callable[[], NoticeRenderer]) -> None:
        self._preferences = preferences
        self._renderer = renderer

    async def due(self, notice: NoticeRow, person: Person, now: int) -> int | None:
        """Returns when the notice is due (ms, UTC): now or after quiet hours; None for a kind switched off."""
        bot = self._renderer().bot
        preferences = (await self._preferences.of(person.id)).over(bot.defaults, bot.zone)
        if group_of(notice) in preferences.muted:
            return None
        return quiet_until(preferences.quiet, preferences.zone, now)

    def alone(self, notice: NoticeRow) -> bool:
        """Returns whether the notice is sent by itself: receipts and the steps before them are not combined."""
        return is_alone(notice)

    async def say(self, notices: Sequence[NoticeRow], person: Person) -> Sequence[Outgoing]:
        """Renders the notices in the person's language, with the ledger's current values."""
        renderer = self._renderer()
        if len(notices) == 1:
            return await render(notices[0], person, renderer)
        return await render_together(notices, person, renderer)
