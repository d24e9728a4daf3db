"""Tells of messages to and from support that did not arrive: their writers, and the admins where it is the chat."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.support import PassedOn
from bot.notifications.relay import Letters, PendingNotification
from bot.store.support import SupportMessages
from engine.store.driver import Connection


@dataclass(frozen=True, slots=True)
class Renderers:
    """Renders each kind of news for its reader."""

    question_lost: Callable[[Person], Outgoing]
    answer_lost: Callable[[PassedOn], Awaitable[Outgoing]]
    chat_fails: Callable[[str, Person], Outgoing]


class SupportNews:
    """Reads what is to be told; it is a relay's Source. `chat` is the configured one."""

    def __init__(self, messages: SupportMessages, people: People, renderers: Renderers, chat: int) -> None:
        self._messages = messages
        self._people = people
        self._renderers = renderers
        self._chat = chat

    async def untold(self, size: int) -> Sequence[PendingNotification]:
        """Returns news of answers one by one, of a person's questions together, and of the chat until it is told."""
        rows = await self._messages.untold(size)
        answers = [each for each in rows if each.way == "answer"]
        asked: dict[str, list[PassedOn]] = {}
        for row in rows:
            if row.way != "answer":
                asked.setdefault(row.person, []).append(row)
        return [
            *(self._of_answer(each) for each in answers),
            *(self._of_questions(person, lost) for person, lost in asked.items()),
            *await self._of_chat(),
        ]

    def _of_answer(self, row: PassedOn) -> PendingNotification:
        async def letters() -> Letters:
            return [(f"support-lost:{row.id}", [await self._renderers.answer_lost(row)])]

        return PendingNotification(f"answer {row.id}", letters, self._noting([row.id]))

    def _of_questions(self, person_id: str, lost: Sequence[PassedOn]) -> PendingNotification:
        async def letters() -> Letters:
            person = await self._people.get(person_id)
            is_theirs = any(each.way == "question" for each in lost)  # otherwise only the card is lost
            return [(cause, [self._renderers.question_lost(person)])] if person is not None and is_theirs else []

        cause = f"support-lost:{lost[0].id}"
        return PendingNotification(f"questions of {person_id}", letters, self._noting([each.id for each in lost]))

    async def _of_chat(self) -> list[PendingNotification]:
        """Returns the news that nothing reaches the support chat, once there is an admin to hear it."""
        failing = await self._messages.failing_chat(self._chat)
        admins = await self._people.admins()
        if failing is None or not admins:
            return []
        problem, since = failing

        async def letters() -> Letters:
            return [(f"support-chat:{since}/{each.id}", [self._renderers.chat_fails(problem, each)]) for each in admins]

        def noted(connection: Connection, now: int) -> None:
            self._messages.note_chat_told(connection, self._chat, now)

        return [PendingNotification("support chat", letters, noted)]

    def _noting(self, ids: list[int]) -> Callable[[Connection, int], None]:
        def noted(connection: Connection, now: int) -> None:
            self._messages.note_told(connection, ids, now)

        return noted
