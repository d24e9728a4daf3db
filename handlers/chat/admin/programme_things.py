"""Reads what owners write about offers and rates: rates, and what the programme has rates for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.amounts import parse_amount
from bot.kit.bot_facts import BotFacts
from bot.kit.digits import identifier, normalised, whole_number
from bot.kit.errors import UserError
from bot.kit.titles import TitledKind
from engine.money import Currency
from engine.programme.edits import RateOf
from engine.programme.model import Programme
from engine.rates import parse_percent

Thing = tuple[RateOf, str]
"""What a rate is of, and its id."""

ID_LENGTH_MAX: Final = 64
_PERCENT: Final = re.compile(r"([0-9]+(?:[.٫/][0-9]+)?)\s*(?:%|٪|percent|درصد)")
_EVERYTHING: Final = ("all", "everything", "همه", "همه چیز", "همه محصولات", "همهٔ محصولات", "همه کالاها", "همهٔ کالاها")
_BARE_NUMBER_MAX: Final = 100
_PREFIXES: Final[dict[str, RateOf]] = {
    "rank": "rank",
    "رتبه": "rank",
    "product": "product",
    "کالا": "product",
    "محصول": "product",
    "category": "category",
    "دسته": "category",
}


@dataclass(eq=False)
class NotARate(UserError):
    """Raised for what is neither a percentage nor an amount for each unit."""

    code: ClassVar[str] = "not_a_rate"


@dataclass(eq=False)
class RateUnclear(UserError):
    """Raised for a small bare number: a percentage, or money for each unit?"""

    code: ClassVar[str] = "rate_unclear"
    number: int
    currency: Currency


@dataclass(eq=False)
class UnknownThing(UserError):
    """Raised for what neither a table nor a title names."""

    code: ClassVar[str] = "unknown_thing"
    word: str


@dataclass(eq=False)
class MixedThings(UserError):
    """Raised for products and categories in one offer."""

    code: ClassVar[str] = "mixed_things"


def rate_of(text: str, currency: Currency) -> str:
    """Parses a rate as the programme writes it: "30%", or minor units for each unit sold, "5000".

    Raises NotARate, RateUnclear, and what `parse_amount` raises.
    """
    plain = normalised(text).casefold()
    if found := _PERCENT.fullmatch(plain):
        try:
            return parse_percent(f"{found[1].replace('٫', '.').replace('/', '.')}%").text
        except ValueError:
            raise NotARate from None
    number = whole_number(plain)
    if number is not None and number <= _BARE_NUMBER_MAX:
        raise RateUnclear(number, currency)
    return str(parse_amount(text, currency))


def known_things(programme: Programme, bot: BotFacts) -> list[Thing]:
    """Returns the products and categories that the configuration knows, products first."""
    sold = bot.catalogue.products.values()
    products = [
        *(each.id for each in sold),
        *programme.rates_by_product,
        *(id for offer in programme.offers for id in offer.products or ()),
        *programme.program.join.products,
        *bot.titles.words.get("product", ()),
    ]
    categories = [
        *(each.category for each in sold if each.category is not None),
        *programme.rates_by_category,
        *(id for offer in programme.offers for id in offer.categories or ()),
        *bot.titles.words.get("category", ()),
    ]
    found: list[Thing] = [("product", id) for id in dict.fromkeys(products)]
    return [*found, *(("category", id) for id in dict.fromkeys(categories))]


def thing_called(word: str, known: Iterable[Thing], bot: BotFacts) -> Thing:
    """Returns what an owner calls by its id or title, or as "product:ID", which may be new. Raises UnknownThing."""
    name = identifier(word)
    kind, colon, id = name.partition(":")
    of = _PREFIXES.get(normalised(kind).casefold())
    known = list(known)
    if colon and of is not None:
        return of, _prefixed(of, id.strip(), known, bot)
    for each in known:
        if each[1] == name:
            return each
    for titled_kind, of in _TITLED:
        if (titled := bot.titles.named(titled_kind, name)) is not None and (of, titled) in known:
            return of, titled
    folded = [each for each in known if each[1].casefold() == name.casefold()]
    if len(folded) == 1:
        return folded[0]
    raise UnknownThing(word[:40])


def _prefixed(of: RateOf, id: str, known: list[Thing], bot: BotFacts) -> str:
    """Returns the id behind "product:", which may be new where it is one word. Raises UnknownThing."""
    titled = bot.titles.named(of, id)
    if titled is not None or (of, id) in known:
        return titled or id
    if of == "rank" or len(id) > ID_LENGTH_MAX or len(id.split()) != 1 or id.endswith(("%", "٪")):
        raise UnknownThing(id[:40])
    return id


_TITLED: Final[tuple[tuple[TitledKind, RateOf], ...]] = (
    ("rank", "rank"),
    ("product", "product"),
    ("category", "category"),
)


def things_called(text: str, known: list[Thing], bot: BotFacts) -> tuple[list[str] | None, list[str] | None]:
    """Returns the products and the categories of an offer: one of them, or neither for everything.

    Raises UnknownThing and MixedThings.
    """
    if normalised(text).replace("\u200c", " ").casefold() in _EVERYTHING:
        return None, None
    parts = [each.strip() for each in re.split(r"[,،\n;؛]", text) if each.strip()]
    if not parts:
        raise UnknownThing(text[:40])
    found = [thing_called(each, known, bot) for each in parts]
    kinds = {kind for kind, _ in found}
    if len(kinds) > 1:
        raise MixedThings
    if "rank" in kinds:
        raise UnknownThing(text[:40])
    ids = list(dict.fromkeys(id for _, id in found))
    return (ids, None) if "product" in kinds else (None, ids)
