"""Implements protocols of the kit in memory: people, drafts and preferences."""

from dataclasses import dataclass, field

from bot.kit.effects import Draft
from bot.kit.name_search import Needle, folded_name, is_in
from bot.kit.person import Person
from bot.kit.preferences import ChosenPreferences


@dataclass
class KnownPeople:
    """Implements the kit's People in memory."""

    known: dict[str, Person] = field(default_factory=dict)
    linked: dict[str, list[str]] = field(default_factory=dict)
    sponsors: dict[str, str] = field(default_factory=dict)

    async def find(self, word: str) -> Person | None:
        if word.startswith("@"):
            return next((each for each in self.known.values() if each.username == word[1:]), None)
        if word.isdecimal() and (found := next((p for p in self.known.values() if p.chat_id == int(word)), None)):
            return found
        return self.known.get(word)

    async def get(self, person_id: str) -> Person | None:
        return self.known.get(person_id)

    async def by_telegram_id(self, telegram_id: int) -> Person | None:
        return next((each for each in self.known.values() if each.chat_id == telegram_id), None)

    async def search(self, needle: Needle, *, skip: int, size: int) -> list[Person]:
        found = [each for each in self.known.values() if is_in(needle, folded_name(each.name, each.username))]
        begins = [each for each in found if folded_name(each.name).startswith(needle.whole)]
        return [*begins, *(each for each in found if each not in begins)][skip : skip + size]

    async def search_friends(self, member: str, needle: Needle, size: int) -> list[Person]:
        return [each for each in await self.search(needle, skip=0, size=1000) if self.sponsors.get(each.id) == member][
            :size
        ]

    async def newest(self, size: int) -> list[Person]:
        return list(self.known.values())[::-1][:size]

    async def earlier(self, person_id: str) -> list[str]:
        return self.linked.get(person_id, [])

    async def admins(self) -> list[Person]:
        return sorted((each for each in self.known.values() if each.is_admin), key=lambda each: each.chat_id)


@dataclass
class KeptDrafts:
    """Implements the kit's Drafts in memory."""

    kept: dict[str, Draft] = field(default_factory=dict)

    async def find(self, token: str) -> Draft | None:
        return self.kept.get(token)


@dataclass
class KeptWishes:
    """Implements the kit's PreferenceRepository in memory."""

    kept: dict[str, ChosenPreferences] = field(default_factory=dict)

    async def of(self, person_id: str) -> ChosenPreferences:
        return self.kept.get(person_id, ChosenPreferences())
