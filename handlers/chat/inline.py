"""Handles inline mode: users who type the bot's name in any chat are offered their own cards to send there."""

from dataclasses import dataclass
from typing import Any, Final

from bot.kit.bot_facts import BotFacts
from bot.kit.buttons import Url
from bot.kit.campaigns import LINK, CampaignWords
from bot.kit.digits import normalised
from bot.kit.formatting import Verbatim
from bot.kit.inline import Asking
from bot.kit.keyboards import keyboard
from bot.kit.languages import Language
from bot.kit.links import Links, MemberLink, Purpose
from bot.kit.person import Person
from bot.kit.texts import Texts
from bot.kit.truncate import cut_plain
from engine.service import Engine
from handlers.chat.sharing import ready_texts, title_of
from handlers.chat.start import ASKS_FOR_LINK

CARDS_MAX: Final = 50
"""Telegram accepts no more."""
CACHE_SECONDS: Final = 10
DESCRIPTION_LENGTH_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class InlineServices:
    """Holds the engine, the links, the texts and the bot's own data."""

    engine: Engine
    links: Links
    texts: Texts
    bot: BotFacts


@dataclass(frozen=True, slots=True)
class _Card:
    purpose: Purpose | None
    words: CampaignWords


async def offer(asking: Asking, services: InlineServices) -> dict[str, Any]:
    """Returns the parameters of answerInlineQuery except the query's id.

    Non-members are offered the way to a link instead.
    """
    answer: dict[str, Any] = {"cache_time": CACHE_SECONDS, "is_personal": True}
    person = asking.person
    if person is None or await services.engine.member(person.id) is None:
        label = services.texts.plain(asking.language, "button-get-link")
        return {**answer, "results": [], "button": {"text": label, "start_parameter": ASKS_FOR_LINK}}
    cards = await _cards(person, asking, services)
    wanted = [each.purpose for each in cards if each.purpose is not None]
    made = iter(await services.links.make(person.id, wanted, asking.now)) if wanted else iter(())
    own = MemberLink(person.id, person.id)
    results = [_article(card, next(made) if card.purpose is not None else own, asking, services) for card in cards]
    return {**answer, "results": results}


async def _cards(person: Person, asking: Asking, services: InlineServices) -> list[_Card]:
    """Returns the own link, named tags, campaigns and products whose name contains the typed text."""
    language, typed = asking.language, normalised(asking.query).casefold()
    cards = [_Card(None, _own_words(language, services))]
    if typed:
        found, _ = await services.links.made(person.id, size=CARDS_MAX)
        tags = [link.purpose for link, _ in found if link.purpose is not None and link.purpose.kind in ("tag", "group")]
        cards += [_Card(each, _titled(each, language, services)) for each in tags]
    cards += [_Card(each.purpose, each.words[language]) for each in ready_texts(services.bot)]
    return [each for each in cards if _is_meant(each, typed)][:CARDS_MAX]


def _is_meant(card: _Card, typed: str) -> bool:
    name = card.purpose.name if card.purpose is not None else ""
    return typed in card.words.title.casefold() or typed in name.casefold()


def _own_words(language: Language, services: InlineServices) -> CampaignWords:
    title = services.texts.plain(language, "inline-own")
    return CampaignWords(title, f"{services.bot.texts[language].share}\n{LINK}")


def _titled(purpose: Purpose, language: Language, services: InlineServices) -> CampaignWords:
    """Returns a link's own words, or else the programme's."""
    return CampaignWords(title_of(services.bot, purpose, language), _own_words(language, services).text)


def _article(card: _Card, link: MemberLink, asking: Asking, services: InlineServices) -> dict[str, Any]:
    """Returns one card: its entry in the list, and the message that it becomes."""
    address = services.bot.link(link.code)
    text = card.words.filled(address, link.code)
    return {
        "type": "article",
        "id": link.code,
        "title": card.words.title,
        "description": cut_plain(card.words.filled("", link.code).strip(), DESCRIPTION_LENGTH_MAX),
        "input_message_content": {
            "message_text": services.texts.render(asking.language, "ready-text", text=Verbatim(text)),
            "parse_mode": "HTML",
        },
        "reply_markup": keyboard([[Url("button-open-link", address)]], asking.language, services.texts),
    }
