"""What people want to be told, when, and in which words: their wishes, quiet hours and language."""

from collections.abc import Callable, Sequence

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.kit.preferences import WishBook
from bot.kit.quiet_hours import quiet_until
from engine.queries.views import NoticeRow
from handlers.notices import NoticeRenderer, group_of, is_alone, render, render_together


class ChatNotificationPolicy:
    """The voice of the notice pump in the chat. `desk` is what messages are made with at the moment."""

    def __init__(self, wishes: WishBook, desk: Callable[[], NoticeRenderer]) -> None:
        self._wishes = wishes
        self._desk = desk

    async def due(self, notice: NoticeRow, person: Person, now: int) -> int | None:
        """Never for a kind that is switched off; at the end of quiet hours for what comes in them."""
        bot = self._desk().bot
        wishes = (await self._wishes.of(person.id)).over(bot.defaults, bot.zone)
        if group_of(notice) in wishes.muted:
            return None
        return quiet_until(wishes.quiet, wishes.zone, now)

    def alone(self, notice: NoticeRow) -> bool:
        """Receipts and the steps before them are not told between other things."""
        return is_alone(notice)

    async def say(self, notices: Sequence[NoticeRow], person: Person) -> Sequence[Outgoing]:
        """In the person's language, with what the books hold by now."""
        desk = self._desk()
        if len(notices) == 1:
            return await render(notices[0], person, desk)
        return await render_together(notices, person, desk)
