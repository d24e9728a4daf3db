"""The stage: the people of the story with their phones, and what each of them does and must see."""

from __future__ import annotations

from typing import Final

from bot.kit.formatting import Argument, Term
from bot.kit.languages import Language
from bot.kit.texts import Texts
from bot.playground.card import Card, Toast
from bot.playground.client import Playground
from bot.playground.phone import Phone
from bot.playground.story.words import Words

MEMBERS: Final = {"nader": 101, "babak": 102, "sara": 103, "maryam": 104, "karim": 105}
ADMINS: Final = {"hamid": 900, "ali": 901}
CAST: Final = {**MEMBERS, **ADMINS}
"""Telegram ids by name; a person's username is the name."""


class Actor:
    """One person, their phone and their language. Whatever does not come as it must is an AssertionError."""

    def __init__(self, phone: Phone, words: Words, patience: float) -> None:
        self.phone = phone
        self.words = words
        self._patience = patience

    async def writes(self, text: str) -> None:
        """A text or a command."""
        await self.phone.send(text)

    async def opens(self, link: str) -> None:
        """A deep link, and START."""
        await self.phone.open(link)

    async def sees(self, id: str, /, *within: Term, **arguments: Argument) -> Card:
        """A new message, or an edit, that says this and holds each of the pieces `within`."""
        parts = [*self.words.parts(id, **arguments), *(part for term in within for part in self.words.parts_of(term))]
        return await self.phone.receives(*parts, timeout=self._patience)

    async def presses(self, card: Card, label: str, /, **arguments: Argument) -> Toast | None:
        """A button by the id of its label; what the press was answered with."""
        return await card.press(self.words.label(label, **arguments), timeout=self._patience)

    async def is_told(self, toast: Toast | None, id: str, /, **arguments: Argument) -> None:
        """The press was answered with this."""
        expected = self.words.label(id, **arguments)
        if toast is None or toast.text != expected:
            raise AssertionError(f"{self.phone.name} was told {toast}, not {expected!r}\n\n{self.phone.transcript()}")

    async def has_seen_everything(self) -> None:
        """Nothing has come that was not expected."""
        await self.phone.receives_nothing(within=0)


class Stage:
    """The people, as they enter; their invitation links and codes, as they learn them."""

    def __init__(self, playground: Playground, language: Language, catalogue: Texts, *, patience: float = 15) -> None:
        """`catalogue` is the bot's; `patience` is how many seconds an answer may take."""
        self.playground = playground
        self.words = Words(language, catalogue)
        self.links: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self._actors: dict[str, Actor] = {}
        self._patience = patience

    async def enter(self, who: str) -> Actor:
        """A person of the cast; with a phone in the story's language from their first entrance on."""
        if who not in self._actors:
            name = self.words.line(f"name-{who}")
            phone = await self.playground.phone(CAST[who], name, username=who, language_code=self.words.language)
            self._actors[who] = Actor(phone, self.words, self._patience)
        return self._actors[who]

    async def is_quiet(self) -> None:
        """Nobody was sent anything that the story does not know of."""
        for actor in self._actors.values():
            await actor.has_seen_everything()
