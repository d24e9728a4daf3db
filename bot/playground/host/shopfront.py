"""Simulates the demo's shop: a site with a server of its own, which reports purchases and refunds to the bot.

It uses only the bot's purchase API, as any shop does: over HTTP, with a secret that no browser sees.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Final

from bot.kit.json import Json
from bot.kit.languages import Language
from bot.playground.host.catalogue import DemoCatalogue
from bot.playground.host.exchanges import ApiExchange, PurchaseApi

NAME: Final = "demo"
FIRST_ORDER: Final = 1001
ORDERS: Final = "/api/v1/orders"
REFUNDS: Final = "/api/v1/refunds"


class UnknownGoods(ValueError):
    """Reports an id that is not on the shelf."""


class UnknownSale(ValueError):
    """Reports an unknown sale."""


@dataclass(slots=True)
class DemoOrder:
    """Holds an order as the shop has it: its request, and the bot's answers."""

    id: str
    person: int
    at: int
    basket: Mapping[str, int]
    request: Json
    answer: Json
    refunds: int = field(default=0)

    def as_json(self) -> Json:
        """Returns the sale as the page's JSON; amounts in minor units of the programme's currency."""
        shown = asdict(self)
        return {name: shown[name] for name in ("id", "person", "at", "basket", "answer")}


def customer_of(person: int) -> str:
    """Returns the shop's own number for the phone's owner."""
    return f"c-{person}"


class Shopfront:
    """Simulates the shop of one session. `now` returns milliseconds UTC; names of goods are in `language`, a field."""

    def __init__(self, catalogue: DemoCatalogue, language: Language, now: Callable[[], int]) -> None:
        self.api = PurchaseApi(now)
        self.sales: dict[str, DemoOrder] = {}
        self._catalogue = catalogue
        self.language = language
        self._now = now
        self._secret = secrets.token_urlsafe(24)
        self._next = FIRST_ORDER

    @property
    def tables(self) -> Json:
        """Returns the bot's configuration tables for this shop, and for products sold in the chat."""
        shop = {"kind": "api", "secret": self._secret}
        return {**self._catalogue.tables, "http": {"port": 0}, "shops": {NAME: shop}}

    def open(self, url: str) -> None:
        """Starts selling; the bot accepts purchases at `url`."""
        self.api.open(url, self._secret)

    async def close(self) -> None:
        """Stops selling."""
        await self.api.close()

    async def buy(self, person: int, basket: Mapping[str, int], code: str) -> ApiExchange:
        """Sells a basket (pieces by the goods' id) and reports it to the bot. Raises UnknownGoods, Unanswered."""
        lines = [self._line(id, pieces) for id, pieces in basket.items()]
        id, at = str(self._next), self._now()
        self._next += 1
        request = {
            "order": id,
            "buyer": customer_of(person),
            **({"code": code} if code else {}),
            "at": datetime.fromtimestamp(at // 1000, UTC).isoformat().replace("+00:00", "Z"),
            "lines": lines,
        }
        exchange = await self.api.post(ORDERS, request)
        if exchange.taken:
            self.sales[id] = DemoOrder(id, person, at, dict(basket), request, exchange.answer)
        return exchange

    async def send_again(self, id: str) -> ApiExchange:
        """Sends the same order to the bot once more. Raises UnknownSale, Unanswered."""
        sale = self._sale(id)
        return self._heard(sale, await self.api.post(ORDERS, sale.request))

    async def refund(self, id: str, amount: int | None) -> ApiExchange:
        """Refunds an amount in minor units, or all that is left. Raises UnknownSale, Unanswered."""
        sale = self._sale(id)
        sale.refunds += 1
        request: Json = {"order": id} if amount is None else {"order": id, "amount": amount}
        return self._heard(sale, await self.api.post(REFUNDS, request, key=f"refund-{id}-{sale.refunds}"))

    def _heard(self, sale: DemoOrder, exchange: ApiExchange) -> ApiExchange:
        if exchange.taken:
            sale.answer = exchange.answer
        return exchange

    def _sale(self, id: str) -> DemoOrder:
        try:
            return self.sales[id]
        except KeyError:
            raise UnknownSale(f"no order {id}") from None

    def _line(self, id: str, pieces: int) -> Json:
        if id not in self._catalogue.goods:
            raise UnknownGoods(f"no goods {id}")
        goods = self._catalogue.goods[id]
        line = {"product": goods.names[self.language], "category": goods.category}
        return {**line, "amount": goods.price * pieces, "quantity": pieces}
