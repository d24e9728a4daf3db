"""Defines the tables `[[products]]` of the configuration: what the bot itself sells in the chat."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config.tables import CurrencyCode, TableByLanguage, at_most, no_id_twice
from bot.kit.config_tables import ConfigTable, http_address
from bot.kit.products import STARS, Product, ProductWords, in_each_language
from engine.money import Currency

PRODUCTS_MAX = 50
STARS_MAX = 100_000
"""Telegram accepts no invoice above."""


def _picture(url: str) -> str:
    return http_address(url) if url else url


class ProductTextsTable(ConfigTable):
    """Holds a product's texts in one language, as an invoice shows them. Empty: another language's."""

    title: Annotated[str, at_most(32)] = ""
    description: Annotated[str, at_most(255)] = ""


class ProductTable(TableByLanguage[ProductTextsTable]):
    """Holds a product. `price` is in minor units of `currency`; Stars have none smaller."""

    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
    price: Annotated[int, Field(gt=0, le=10**12)]
    currency: CurrencyCode = STARS
    category: Annotated[str, at_most(64)] = ""
    picture: Annotated[str, AfterValidator(_picture)] = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not any(each.title for each in self.words.values()):
            raise ValueError("a title in one language at least")
        if self.currency == STARS and self.price > STARS_MAX:
            raise ValueError(f"at most {STARS_MAX} Stars")
        return self


def for_sale(tables: Iterable[ProductTable]) -> dict[str, Product]:
    """Returns the products for handlers, by id, in the configuration's order."""
    return {each.id: _product(each) for each in tables}


def _product(table: ProductTable) -> Product:
    words = {language: ProductWords(each.title, each.description) for language, each in table.words.items()}
    return Product(
        table.id,
        table.price,
        Currency.of(table.currency),
        table.category or None,
        table.picture,
        in_each_language(words),
    )


Products = Annotated[
    tuple[ProductTable, ...], Field(strict=False, max_length=PRODUCTS_MAX), AfterValidator(no_id_twice)
]
