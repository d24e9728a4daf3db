"""Runs the web application over a real ledger, without a network: two shops, and people who invite others.

async with open_storefront(tmp_path) as front:
    answer = await front.order(id="1", buyer="7", code=front.nader)
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx
from starlette.applications import Starlette

from bot.config.shops import Http
from bot.kit.bot_facts import BotFacts
from bot.kit.products import Catalogue
from bot.kit.shop import Shop
from bot.kit.texts import LOCALE, Texts
from bot.referrals.links import LinkBook
from bot.referrals.reward_redemption import RewardRedemptions
from bot.runtime.signals import Signal
from bot.shop_kinds import KINDS
from bot.shops.categories import ShopCategories
from bot.shops.clicks import ClickCounts
from bot.shops.service import ShopOrderService
from bot.store.database import Database
from bot.store.outbox import Outbox
from bot.web.application import application
from bot.web.server import HttpServer
from chat import SHOP as SHOP_TEXTS
from chat import UNILEVEL, Clock
from engine.codes import new_code, new_link_code
from engine.exchange import Exchange
from engine.records import PersonRecord
from engine.service import Engine
from handlers.web.services import WebServices
from new_stores import begin_bot
from signalled import Counted

API_SECRET: Final = "the-secret-of-the-api-shop"
WOO_SECRET: Final = "the-secret-of-the-wordpress-shop"
API_SHOP: Final = Shop("main", "api", API_SECRET, "https://shop.example/?ref={code}")
WOO_SHOP: Final = Shop("woo", "woocommerce", WOO_SECRET, "", {"phone-x": "phones", "93": "shoes"})
RATES: Final = {"USD": "58000"}
CONNECTED: Final = {
    "http": {"port": 0, "public_url": "https://moaref.example"},
    "shops": {
        "main": {"kind": "api", "secret": API_SECRET, "page": API_SHOP.page},
        "woo": {"kind": "woocommerce", "secret": WOO_SECRET},
    },
    "exchange": dict(RATES),
}
"""The same shops as tables of a configuration."""
Json = dict[str, Any]


@dataclass
class Storefront:
    """Holds the web application; `nader` and `babak` are members without sponsors, by their codes.

    `clock` stands still.
    """

    engine: Engine
    stores: Database
    order_service: ShopOrderService
    application: Starlette
    web: httpx.AsyncClient
    clock: Clock
    path: Path
    nader: str
    babak: str
    links: LinkBook
    categories: ShopCategories
    troubles: Counted = field(default_factory=Counted)

    async def order(self, *, key: str | None = None, secret: str = API_SECRET, **fields: Any) -> httpx.Response:
        """Sends POST /api/v1/orders; `fields` replace those of a small order, None omits one."""
        return await self.post("/api/v1/orders", {**small_order(), **fields}, key=key, secret=secret)

    async def refund(
        self, order: str, amount: int | None = None, *, key: str | None = None, secret: str = API_SECRET
    ) -> httpx.Response:
        """Sends POST /api/v1/refunds."""
        return await self.post("/api/v1/refunds", {"order": order, "amount": amount}, key=key, secret=secret)

    async def post(self, path: str, fields: Json, *, key: str | None, secret: str) -> httpx.Response:
        given = {name: value for name, value in fields.items() if value is not None}
        headers = {"Authorization": f"Bearer {secret}", **({"Idempotency-Key": key} if key else {})}
        return await self.web.post(path, json=given, headers=headers)

    async def deliver(
        self, body: Json | bytes, *, topic: str = "order.updated", secret: str | None = WOO_SECRET, shop: str = "woo"
    ) -> httpx.Response:
        """Delivers a webhook, signed as WooCommerce signs; `secret` None for a delivery without a signature."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.web.post(f"/shop/woocommerce/{shop}", content=raw, headers=woo_headers(raw, topic, secret))

    async def available(self, member: str) -> int:
        """Returns the available balance in minor units."""
        return (await self.engine.balance(member)).available

    async def buyer(self, order: str) -> PersonRecord:
        """Returns the order's buyer, by the engine's id of the order."""
        view = await self.engine.order(order)
        assert view is not None
        person = await self.engine.person(view.buyer)
        assert person is not None
        return person

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Returns rows of the store, through a connection of its own."""
        with closing(sqlite3.connect(self.path)) as connection:
            return [tuple(row) for row in connection.execute(sql)]

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.stores.writer, self.stores.machine)


def small_order() -> Json:
    """Returns an order of 100,000 for shoes."""
    return {
        "order": "1",
        "buyer": "7",
        "at": "2026-03-21T10:00:00Z",
        "lines": [{"product": "shoes", "amount": 100_000}],
    }


def woo_headers(raw: bytes, topic: str, secret: str | None) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "WooCommerce/10.3.0 Hookshot (WordPress/6.8)",
        "X-WC-Webhook-Source": "https://shop.example/",
        "X-WC-Webhook-Topic": topic,
        "X-WC-Webhook-Resource": topic.partition(".")[0],
        "X-WC-Webhook-Event": topic.partition(".")[2],
        "X-WC-Webhook-ID": "5",
        "X-WC-Webhook-Delivery-ID": "64f9a0b7c6d1e2",
    }
    if secret is not None:
        signature = base64.b64encode(hmac.digest(secret.encode(), raw, hashlib.sha256)).decode()
        headers["X-WC-Webhook-Signature"] = signature
    return headers


def woo_order(id: int = 727, **fields: Any) -> Json:
    """Returns an order as in WooCommerce's documentation: 100,000 toman and 10,000 shipping; `fields` replace."""
    order: Json = {
        "id": id,
        "parent_id": 0,
        "number": str(id),
        "order_key": "wc_order_58d2d042d1d",
        "created_via": "checkout",
        "version": "10.3.0",
        "status": "processing",
        "currency": "IRT",
        "date_created": "2026-03-21T13:28:02",
        "date_created_gmt": "2026-03-21T09:58:02",
        "date_modified": "2026-03-21T13:30:00",
        "date_modified_gmt": "2026-03-21T10:00:00",
        "discount_total": "0",
        "shipping_total": "10000",
        "cart_tax": "0",
        "total": "110000",
        "total_tax": "0",
        "prices_include_tax": False,
        "customer_id": 26,
        "customer_note": "",
        "billing": {"first_name": "Sara", "last_name": "", "email": "sara@example.com", "phone": "0912"},
        "payment_method": "bacs",
        "date_paid": "2026-03-21T13:29:58",
        "date_paid_gmt": "2026-03-21T09:59:58",
        "date_completed": None,
        "meta_data": [{"id": 13106, "key": "_download_permissions_granted", "value": "yes"}],
        "line_items": [woo_line("100000")],
        "tax_lines": [],
        "shipping_lines": [{"id": 317, "method_id": "flat_rate", "total": "10000", "total_tax": "0", "taxes": []}],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [],
    }
    return {**order, **fields}


def woo_line(total: str, **fields: Any) -> Json:
    line: Json = {
        "id": 315,
        "name": "Woo Single #1",
        "product_id": 93,
        "variation_id": 0,
        "quantity": 1,
        "tax_class": "",
        "subtotal": total,
        "subtotal_tax": "0",
        "total": total,
        "total_tax": "0",
        "taxes": [],
        "meta_data": [],
        "sku": "",
        "price": 100000,
    }
    return {**line, **fields}


def with_code(code: str, key: str = "moaref_code") -> list[Json]:
    """Returns an order's meta_data with a code or token."""
    return [{"id": 1, "key": "is_vat_exempt", "value": {"no": 1}}, {"id": 2, "key": key, "value": code}]


@cache
def _texts() -> Texts:
    return Texts(LOCALE, strict=True)


@asynccontextmanager
async def open_storefront(
    folder: Path, tables: Mapping[str, Any] = UNILEVEL, rates: Mapping[str, str] = RATES
) -> AsyncIterator[Storefront]:
    """Opens the storefront on a new store in the folder, or on the existing one."""
    clock, random = Clock(), Random(3)
    path = folder / "moaref.db"
    begin_bot(path)
    stores = await Database.open(path)
    troubles = Counted()
    try:
        engine = await Engine.open(
            stores.writer, stores.books, vault=None, now=clock, new_code=lambda: new_code(random), tables=tables
        )
        facts = BotFacts(
            "moaref_bot",
            "https://t.me/{bot}?start={code}",
            frozenset(),
            SHOP_TEXTS,
            engine.programme.currency,
            engine.programme.program.timezone,
            Catalogue(Exchange(engine.programme.currency, rates)),
        )
        order_service = ShopOrderService(engine, rates, now=clock, failed=troubles)
        clicks, categories = (
            ClickCounts(stores.writer, stores.machine, clock),
            ShopCategories(stores.writer, stores.machine),
        )
        woo_shop = replace(WOO_SHOP, said=categories.of(WOO_SHOP.name))
        shops = {shop.name: shop for shop in (API_SHOP, woo_shop)}
        links = LinkBook(engine, stores.writer, stores.machine, lambda: new_link_code(random), followed=Signal())
        redemptions = RewardRedemptions(engine, clock)
        services = WebServices(
            engine, order_service, links, clicks, categories, redemptions, KINDS, shops, _texts(), facts
        )
        app = application(services)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        nader, babak = await _member(engine, "1"), await _member(engine, "2")
        async with httpx.AsyncClient(transport=transport, base_url="http://moaref.test") as web:
            yield Storefront(
                engine, stores, order_service, app, web, clock, path, nader, babak, links, categories, troubles
            )
    finally:
        await stores.close()


@asynccontextmanager
async def listening(front: Storefront) -> AsyncIterator[str]:
    """Serves the storefront over the network; yields its address."""
    server = HttpServer(Http(port=0))
    serving = asyncio.ensure_future(server.run(front.application))
    try:
        await until_it_listens(server.address)
        yield server.address
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def until_it_listens(address: str, seconds: float = 90) -> None:
    """Waits until the address accepts connections. Raises TimeoutError after `seconds`."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    async with asyncio.timeout(seconds):
        while True:
            try:
                _, writer = await asyncio.open_connection(host, int(port))
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return


async def _member(engine: Engine, telegram_id: str) -> str:
    person, _ = await engine.get_or_create_person("telegram", telegram_id)
    if await engine.member(person) is None:
        await engine.join(person, key=f"join:{person}")
    return person
