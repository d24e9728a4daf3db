"""Stores the category of each product of a shop, and caches them for reading deliveries."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.kit.shop import Shop, ShopProduct
from bot.store import load_queries
from engine.store.driver import Connection
from engine.store.reader import Reader
from engine.store.writer import Writer

_NO_CATEGORIES: Final[Mapping[str, str]] = {}


class ShopCategories:
    """Implements the kit's Categories on the table `shop_products`. The mapping of `of` is updated by `put`."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._queries = load_queries("shops")
        self._known: dict[str, dict[str, str]] = {}

    def of(self, shop: str) -> Mapping[str, str]:
        """Returns a shop's categories by SKU and product number: a live view of loaded and stored ones."""
        return self._known.setdefault(shop, {})

    async def load(self) -> None:
        """Loads the stored categories, including those of other processes."""
        found: dict[str, dict[str, str]] = {}
        for row in await self._reader.fetch(self._queries.categories.sql, {}):
            found.setdefault(row["shop"], {})[row["name"]] = row["category"]
        for shop in {*self._known, *found}:
            known = self._known.setdefault(shop, {})
            known.clear()
            known.update(found.get(shop, _NO_CATEGORIES))

    async def put(self, shop: Shop, products: Iterable[ShopProduct]) -> None:
        """Stores the products' current categories.

        Others stay: an order may contain a product that is no longer sold.
        """
        said = [(name, each.category) for each in products for name in each.names]
        known = self._known.setdefault(shop.name, {})
        news = {name: category for name, category in said if known.get(name) != category}
        if not news:
            return

        def write(connection: Connection) -> None:
            for name, category in news.items():
                if category is None:
                    self._queries.forget_category(connection, shop=shop.name, name=name)
                else:
                    self._queries.put_category(connection, shop=shop.name, name=name, category=category)

        await self._writer.run(write)
        for name, category in news.items():
            if category is None:
                known.pop(name, None)
            else:
                known[name] = category
