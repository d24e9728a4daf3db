"""Provides the story's texts: people's messages, and the bot's expected answers, in one language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from bot.kit.formatting import Argument, Money, Rendered, Term, Text, in_digits
from bot.kit.json import Json
from bot.kit.languages import HABITS, LANGUAGES, Language
from bot.kit.texts import Texts
from bot.playground.markup import parse_html
from engine.money import Currency

DATA: Final = Path(__file__).parents[1] / "data"
GAP: Final = "\ufffc"
ANY: Final = Rendered(GAP)
"""An argument that matches anything: a date, a reference, lines that are checked separately."""


def shop_tables() -> Json:
    """Returns the tables of the shop's configuration: its programme and its texts."""
    return tomllib.loads((DATA / "shop.toml").read_text(encoding="utf-8"))


def story_languages() -> list[Language]:
    """Returns the languages of the demo: those of the table whose story is told in a file."""
    return [each for each in LANGUAGES if (DATA / "story" / f"{each}.ftl").exists()]


def story_texts() -> Texts:
    """Returns the story's own texts."""
    return Texts(DATA / "story", strict=True, languages=story_languages())


def toman(amount: int) -> Money:
    """Returns an amount in the shop's currency, whose minor unit is the toman itself."""
    return Money(amount, Currency.of("IRT"))


class StoryWords:
    """Combines the bot's `catalogue` with the story's own."""

    def __init__(self, language: Language, catalogue: Texts) -> None:
        self.language = language
        self.catalogue = catalogue
        self._story = story_texts()
        self._shop: dict[str, str] = shop_tables()["texts"][language]

    def line(self, id: str, **arguments: Argument) -> str:
        """Returns one of the story's own lines."""
        return self._story.plain(self.language, id, **arguments)

    def name(self, who: str) -> Text:
        """Returns a person of the story as the bot shows them."""
        return Text(self.line(f"name-{who}"))

    def shop(self, key: str) -> Text:
        """Returns the operator's text: `name`, `welcome` or `share`."""
        return Text(self._shop[key])

    def typed(self, number: int | str) -> str:
        """Returns a number as people of this language type it."""
        return in_digits(str(number), HABITS[self.language])

    def label(self, id: str, **arguments: Argument) -> str:
        """Returns a button's label, or any other plain text of the bot."""
        return self.catalogue.plain(self.language, id, **arguments)

    def parts(self, id: str, **arguments: Argument) -> list[str]:
        """Returns the pieces that a message with this text must contain; omitted arguments match anything."""
        wanted = self.catalogue.variables(id, self.language)
        given: dict[str, Argument] = {**dict.fromkeys(wanted, ANY), **arguments}
        shown = parse_html(self.catalogue.render(self.language, id, **given)).text
        return [piece for part in shown.split(GAP) if (piece := part.strip())]

    def parts_of(self, term: Term) -> list[str]:
        """Returns the pieces of a part of a message, such as a line of a list."""
        return self.parts(term.message_id, **term.arguments)
