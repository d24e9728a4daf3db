"""Loads the demo's products: goods of the shop's own site, and configuration tables of products sold in the chat."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.kit.json import Json, JsonView
from bot.kit.languages import Language
from bot.playground.story.words import DATA, story_languages

OWN: Final = frozenset({"categories", "goods"})
"""Keys of the shop's own goods; the others are tables of the bot's configuration."""


@dataclass(frozen=True, slots=True)
class Goods:
    """Holds an item on the shop's shelf.

    `price` is in minor units of the programme's currency; `mark` is its picture.
    """

    id: str
    category: str
    price: int
    mark: str
    names: Mapping[Language, str]

    def as_json(self) -> Json:
        """Returns the item as the page's JSON."""
        shown = {"id": self.id, "category": self.category, "price": self.price, "mark": self.mark}
        return {**shown, "name": dict(self.names)}


@dataclass(frozen=True, slots=True)
class DemoCatalogue:
    """Holds the shelf by id, category names by id and language, and the `tables` of products sold in the chat."""

    goods: Mapping[str, Goods]
    categories: Mapping[str, Mapping[str, str]]
    tables: JsonView


def load_catalogue(path: Path = DATA / "catalogue.toml") -> DemoCatalogue:
    """Returns the catalogue of the playground's data."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    goods = [_goods(table) for table in content["goods"]]
    tables = {name: table for name, table in content.items() if name not in OWN}
    return DemoCatalogue({each.id: each for each in goods}, content["categories"], tables)


def _goods(table: JsonView) -> Goods:
    names: dict[Language, str] = {language: table[language] for language in story_languages()}
    return Goods(table["id"], table["category"], table["price"], table["mark"], names)
