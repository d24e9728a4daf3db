"""What people want to be told, when, and in which words: their wishes, quiet hours and language."""

from collections.abc import Sequence
from dataclasses import replace

from bot.kit.context import BotFacts
from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.texts import Texts
from bot.kit.wishes import WishBook
from bot.schedule.quiet import quiet_until
from engine.service import Engine
from engine.views import NoticeRow
from handlers.notices import NoticeDesk, group_of, is_alone, render, render_together


class ChatVoice:
    """The voice of the notice pump in the chat."""

    def __init__(self, engine: Engine, people: People, wishes: WishBook, texts: Texts, facts: BotFacts) -> None:
        self._engine = engine
        self._people = people
        self._wishes = wishes
        self._texts = texts
        self._facts = facts

    @property
    def _zone(self) -> str:
        return self._engine.programme.program.timezone  # it may change while we run

    async def due(self, notice: NoticeRow, person: Person, now: int) -> int | None:
        """Never for a kind that is switched off; at the end of quiet hours for what comes in them."""
        wishes = (await self._wishes.of(person.id)).over(self._facts.defaults, self._zone)
        if group_of(notice) in wishes.muted:
            return None
        return quiet_until(wishes.quiet, wishes.zone, now)

    def alone(self, notice: NoticeRow) -> bool:
        """Receipts and the steps before them are not told between other things."""
        return is_alone(notice)

    async def say(self, notices: Sequence[NoticeRow], person: Person) -> Sequence[Outgoing]:
        """In the person's language, with what the books hold by now."""
        desk = NoticeDesk(self._engine, self._people, self._texts, replace(self._facts, zone=self._zone))
        if len(notices) == 1:
            return await render(notices[0], person, desk)
        return await render_together(notices, person, desk)
