"""Defines the story's stage: its people with their phones, their actions and expectations."""

from __future__ import annotations

from typing import Final

from bot.kit.formatting import Argument, Term
from bot.kit.languages import Language
from bot.kit.texts import Texts
from bot.playground.card import ChatCard, PressAnswer
from bot.playground.client import Playground
from bot.playground.phone import Phone
from bot.playground.story.words import StoryWords

MEMBERS: Final = {"nader": 101, "babak": 102, "sara": 103, "maryam": 104, "karim": 105}
ADMINS: Final = {"hamid": 900, "ali": 901}
CAST: Final = {**MEMBERS, **ADMINS}
"""Telegram ids by name; a person's username is the name."""


class Actor:
    """Acts as one person with a phone and a language. Unmet expectations raise AssertionError."""

    def __init__(self, phone: Phone, words: StoryWords, patience: float) -> None:
        self.phone = phone
        self.words = words
        self._patience = patience

    async def writes(self, text: str) -> None:
        """Sends a text or a command."""
        await self.phone.send(text)

    async def opens(self, link: str) -> None:
        """Opens a deep link and presses START."""
        await self.phone.open(link)

    async def sees(self, id: str, /, *within: Term, **arguments: Argument) -> ChatCard:
        """Waits for a new message or edit with this text and each of the pieces `within`."""
        parts = [*self.words.parts(id, **arguments), *(part for term in within for part in self.words.parts_of(term))]
        return await self.phone.receives(*parts, timeout=self._patience)

    async def presses(self, card: ChatCard, label: str, /, **arguments: Argument) -> PressAnswer | None:
        """Presses a button by the id of its label; returns the answer."""
        return await card.press(self.words.label(label, **arguments), timeout=self._patience)

    async def is_told(self, toast: PressAnswer | None, id: str, /, **arguments: Argument) -> None:
        """Checks that the press was answered with this text."""
        expected = self.words.label(id, **arguments)
        if toast is None or toast.text != expected:
            raise AssertionError(f"{self.phone.name} was told {toast}, not {expected!r}\n\n{self.phone.transcript()}")

    async def has_seen_everything(self) -> None:
        """Checks that no unexpected message has arrived."""
        await self.phone.receives_nothing(within=0)


class Stage:
    """Holds the people once they have entered; their invitation links and codes once they are known."""

    def __init__(self, playground: Playground, language: Language, catalogue: Texts, *, patience: float = 15) -> None:
        """`catalogue` is the bot's; `patience` is the maximum wait for an answer in seconds."""
        self.playground = playground
        self.words = StoryWords(language, catalogue)
        self.links: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self._actors: dict[str, Actor] = {}
        self._patience = patience

    async def enter(self, who: str) -> Actor:
        """Returns a person of the cast; their first call gives them a phone in the story's language."""
        if who not in self._actors:
            name = self.words.line(f"name-{who}")
            phone = await self.playground.phone(CAST[who], name, username=who, language_code=self.words.language)
            self._actors[who] = Actor(phone, self.words, self._patience)
        return self._actors[who]

    async def is_quiet(self) -> None:
        """Checks that no one got an unexpected message."""
        for actor in self._actors.values():
            await actor.has_seen_everything()
