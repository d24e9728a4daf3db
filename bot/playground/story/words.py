"""The words of the story: what its people write, and what the bot must answer, in one language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from bot.kit.formatting import Argument, Money, Rendered, Term, Text, in_digits
from bot.kit.languages import HABITS, Language
from bot.kit.texts import Texts
from bot.playground.markup import parse_html
from engine.money import Currency

DATA: Final = Path(__file__).parents[1] / "data"
GAP: Final = "\ufffc"
ANY: Final = Rendered(GAP)
"""An argument that may come out as anything: a date, a reference, lines that are looked at by themselves."""


def shop_tables() -> dict[str, Any]:
    """The tables of the shop's configuration: its programme and its texts."""
    return tomllib.loads((DATA / "shop.toml").read_text(encoding="utf-8"))


def toman(amount: int) -> Money:
    """An amount in the shop's currency, whose minor unit is the toman itself."""
    return Money(amount, Currency.of("IRT"))


class Words:
    """`catalogue` is the bot's own; the story has one beside it."""

    def __init__(self, language: Language, catalogue: Texts) -> None:
        self.language = language
        self.catalogue = catalogue
        self._story = Texts(DATA / "story", strict=True)
        self._shop: dict[str, str] = shop_tables()["texts"][language]

    def line(self, id: str, **arguments: Argument) -> str:
        """One of the story's own lines."""
        return self._story.plain(self.language, id, **arguments)

    def name(self, who: str) -> Text:
        """A person of the story as the bot shows them."""
        return Text(self.line(f"name-{who}"))

    def shop(self, key: str) -> Text:
        """What the operator wrote: `name`, `welcome` or `share`."""
        return Text(self._shop[key])

    def typed(self, number: int | str) -> str:
        """A number as people of this language type it."""
        return in_digits(str(number), HABITS[self.language])

    def label(self, id: str, **arguments: Argument) -> str:
        """A button's label, or any other plain text of the bot."""
        return self.catalogue.plain(self.language, id, **arguments)

    def parts(self, id: str, **arguments: Argument) -> list[str]:
        """What a message that says this must hold, piece by piece; arguments that are not given may be anything."""
        wanted = self.catalogue.variables(id, self.language)
        given: dict[str, Argument] = {**dict.fromkeys(wanted, ANY), **arguments}
        shown = parse_html(self.catalogue.render(self.language, id, **given)).text
        return [piece for part in shown.split(GAP) if (piece := part.strip())]

    def parts_of(self, term: Term) -> list[str]:
        """The same of a piece of a message, such as a line of a list."""
        return self.parts(term.message_id, **term.arguments)
