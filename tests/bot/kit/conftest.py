"""A context to handle one update in, with people and drafts kept in dictionaries."""

from collections.abc import Callable
from random import Random
from typing import Any, cast

import pytest

from bot.kit.bot_facts import BotFacts, ProgrammeTexts
from bot.kit.context import Context
from bot.kit.effects import Draft, Effects
from bot.kit.languages import Language
from bot.kit.person import Person
from bot.kit.preferences import ChosenPreferences
from bot.kit.products import Catalogue
from bot.kit.services import ChatServices
from bot.kit.texts import LOCALE, Texts
from engine.exchange import Exchange
from engine.money import Currency

NOW = 1_774_051_200_000


class DraftsInMemory(dict[str, Draft]):
    async def find(self, token: str) -> Draft | None:
        return self.get(token)


class PeopleInMemory:
    def __init__(self, *people: Person) -> None:
        self._people = people

    async def find(self, word: str) -> Person | None:
        return next((each for each in self._people if word in (str(each.chat_id), each.id)), None)

    async def get(self, person_id: str) -> Person | None:
        return next((each for each in self._people if each.id == person_id), None)

    async def admins(self) -> list[Person]:
        return [each for each in self._people if each.is_admin]


class NoPreferences:
    async def of(self, person_id: str) -> ChosenPreferences:  # noqa: ARG002  nobody has chosen anything
        return ChosenPreferences()


def person(name: str = "nader", *, chat_id: int = 101, language: Language = "en", is_admin: bool = False) -> Person:
    return Person(
        id=name.upper(),
        chat_id=chat_id,
        name=name.title(),
        username=name,
        language=language,
        is_admin=is_admin,
        blocked=False,
    )


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts(LOCALE, strict=True)


@pytest.fixture
def drafts() -> DraftsInMemory:
    return DraftsInMemory()


@pytest.fixture
def make_context(texts: Texts, drafts: DraftsInMemory) -> Callable[..., Context]:
    def make(**changes: Any) -> Context:
        who = changes.pop("person", person())
        facts = BotFacts(
            username="moaref_shop_bot",
            link_url="https://t.me/{bot}?start={code}",
            admins=frozenset({900}),
            texts={
                "en": ProgrammeTexts("Shop", "Welcome", "Come"),
                "fa": ProgrammeTexts("فروشگاه", "خوش آمدید", "بیا"),
            },
            currency=Currency.of("IRT"),
            zone="Asia/Tehran",
            catalogue=Catalogue(Exchange(Currency.of("IRT"), {})),
        )
        services: dict[str, Any] = {
            "engine": cast(Any, None),
            "people": PeopleInMemory(who),
            "admins": cast(Any, None),
            "programme_file": cast(Any, None),
            "drafts": drafts,
            "broadcasts": cast(Any, None),
            "delivery_statuses": cast(Any, None),
            "preferences": NoPreferences(),
            "friends": cast(Any, None),
            "links": cast(Any, None),
            "figures": cast(Any, None),
            "order_numbers": cast(Any, None),
            "shop_problems": cast(Any, None),
            "support": cast(Any, None),
            "texts": texts,
        }
        other = {name: changes.pop(name) for name in services if name in changes}
        given: dict[str, Any] = {
            "services": ChatServices(**{**services, **other}),
            "bot": facts,
            "random": Random(7),
            "now": NOW,
            "key": "update:123",
            "person": who,
            "chat_id": who.chat_id,
            "effects": Effects(),
        }
        return Context(**{**given, **changes})

    return make
