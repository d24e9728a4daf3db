"""A third kind of shop: its class and its line in the registry are all that an order of it needs."""

from __future__ import annotations

import hmac
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from pydantic import SecretStr

from bot.assembly.shops import reconciler_of
from bot.config import Config, ConfigError, build
from bot.kit.shop import Malformed, Purchase, Shop, ShopProduct, Snapshot
from bot.kit.shop_kind import (
    Coupon,
    DeletedOrder,
    Delivered,
    Delivery,
    ShopConnection,
    ShopKind,
    ShopSettings,
    ShopUnreachable,
    TimeLimits,
    Unauthenticated,
    UnreadableOrder,
    Webhooks,
    name_of_body,
)
from bot.playground.client import playground_server
from bot.shop_kinds import KINDS, connection_to
from engine.events.model import Line
from running import running_app
from storefront import CONNECTED, until_it_listens

SECRET: Final = "the-secret-of-the-market-stall"
STALL: Final = {"kind": "stall", "secret": SECRET, "access_key": "ak_1", "street": "Bazaar"}
ORDER: Final = {"number": "A-17", "buyer": "7", "paid": 100_000}


class StallSettings(ShopSettings):
    street: str
    access_key: SecretStr = SecretStr("")

    @property
    def polled(self) -> bool:
        return bool(self.access_key.get_secret_value())


def order_of(raw: Mapping[str, Any], shop: Shop) -> Snapshot | UnreadableOrder:
    if "paid" not in raw:
        return UnreadableOrder(str(raw["number"]), Malformed("paid", "an amount"))
    line = Line("tea", raw["paid"], shop.category_of(["tea"]), 1)
    codes = (raw["code"],) if "code" in raw else ()
    purchase = Purchase(shop, raw["number"], raw["buyer"], (line,), raw["paid"], codes=codes)
    return Snapshot(purchase, "sold", "paid", raw["at"], 0)


class StallWebhooks(Webhooks):
    async def verified_body(self, delivery: Delivery, shop: Shop) -> bytes | None:
        shown = delivery.headers.get("x-stall-signature", "")
        body = await delivery.body(1000)
        if not hmac.compare_digest(hmac.digest(shop.secret.encode(), body, "sha256").hex(), shown):
            raise Unauthenticated("wrong_signature", "X-Stall-Signature does not match the body")
        return body

    def read(self, headers: Mapping[str, str], body: bytes, shop: Shop) -> Delivered | None:
        try:
            raw = json.loads(body)
        except ValueError:
            return UnreadableOrder(name_of_body(body), Malformed("body", "JSON"))
        match headers.get("x-stall-event"):
            case "gone":
                return DeletedOrder(raw["number"])
            case "goods":
                return ShopProduct(("tea",), raw["category"])
            case _:
                return order_of(raw, shop)


class StallConnection(ShopConnection):
    """Answers from a list that the test fills."""

    orders: list[dict[str, Any]] = []  # noqa: RUF012  each connection is to the same stall

    async def orders_modified_after(self, shop: Shop, at_ms: int) -> AsyncIterator[Snapshot | UnreadableOrder]:
        for raw in self.orders:
            if raw["at"] > at_ms:
                yield order_of(raw, shop)

    async def orders_numbered(self, shop: Shop, ids: Sequence[str]) -> list[Snapshot | UnreadableOrder]:
        return [order_of(raw, shop) for raw in self.orders if raw["number"] in ids]

    async def with_refund_lines(self, snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, goods_refunded=0)

    async def products(self) -> AsyncIterator[ShopProduct]:
        yield ShopProduct(("tea",), "groceries")

    async def make_coupon(self, coupon: Coupon) -> None:
        raise AssertionError(f"a stall takes no coupons: {coupon}")


class Stall(ShopKind[StallSettings]):
    name = "stall"
    title = "Stall"
    settings = StallSettings
    webhooks = StallWebhooks()
    needed_for_polling = "access_key"

    def connection(
        self, name: str, settings: StallSettings, limits: TimeLimits
    ) -> AbstractAsyncContextManager[ShopConnection]:
        @asynccontextmanager
        async def connected() -> AsyncIterator[ShopConnection]:
            assert (name, settings.street, limits.total > 0) == ("corner", "Bazaar", True)
            yield StallConnection()

        return connected()


@pytest.fixture
def stall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, Stall.name, Stall())
    monkeypatch.setattr(StallConnection, "orders", [])


def configured(table: Mapping[str, Any]) -> Config:
    programme = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
    return build({**programme, "shops": {"corner": dict(table)}}, {}, Path("/srv"), token_needed=False)


def problem_of(table: Mapping[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        configured(table)
    (problem,) = caught.value.problems
    return str(problem)


@pytest.mark.usefixtures("stall")
def test_the_configuration_knows_the_kind_and_its_keys() -> None:
    config = configured(STALL)
    assert (config.shops["corner"].kind, config.shops["corner"].polled) == ("stall", True)
    assert config.secrets == [SECRET, "ak_1"]
    assert problem_of({**STALL, "kind": "stal"}) == "shops.corner.kind: expected 'api', 'woocommerce' or 'stall'"
    assert problem_of({**STALL, "stret": "x"}) == "shops.corner.stret: expected no such key; did you mean street?"
    assert problem_of({"kind": "stall", "secret": SECRET}).startswith("shops.corner.street: expected a value")


@pytest.mark.usefixtures("stall")
def test_a_key_of_another_kind_is_refused_by_the_kind_that_takes_it() -> None:
    assert problem_of({**STALL, "url": "https://x"}) == (
        'shops.corner: expected url, consumer_key, consumer_secret and categories for kind = "woocommerce" alone'
    )
    api = {"kind": "api", "secret": SECRET}
    assert problem_of({**api, "street": ""}) == 'shops.corner: expected street for kind = "stall" alone'
    assert problem_of({**api, "access_key": "x"}) == 'shops.corner: expected access_key for kind = "stall" alone'


def test_without_the_line_the_kind_is_refused() -> None:
    problem = problem_of({"kind": "stall", "secret": SECRET})
    assert problem == "shops.corner.kind: expected 'api' or 'woocommerce'"


def test_a_kind_that_cannot_be_asked_says_so() -> None:
    settings = ShopSettings(kind="api", secret=SecretStr(SECRET))
    with pytest.raises(ShopUnreachable, match=r"shops\.main: shops of kind api cannot be asked"):
        connection_to("main", settings)


@pytest.mark.usefixtures("stall")
async def test_an_order_of_a_third_kind_arrives_by_webhook_in_the_running_bot(tmp_path: Path) -> None:
    more = {**CONNECTED, "shops": {"corner": STALL}}
    async with playground_server() as playground, running_app(playground, tmp_path / "m.db", more=more) as app:
        assert app.server is not None
        await until_it_listens(app.server.address)
        person, _ = await app.engine.get_or_create_person("telegram", "1")
        await app.engine.join(person, key="join:1")
        async with httpx.AsyncClient(base_url=app.server.address) as web:

            async def deliver(raw: Any, event: str = "sold", secret: str = SECRET, name: str = "corner") -> Any:
                body = json.dumps(raw).encode()
                signature = hmac.digest(secret.encode(), body, "sha256").hex()
                headers = {"X-Stall-Signature": signature, "X-Stall-Event": event}
                answer = await web.post(f"/shop/stall/{name}", content=body, headers=headers)
                return answer.status_code, answer.json().get("change", answer.json().get("detail"))

            sold = {**ORDER, "code": person, "at": app.services.clock.now()}
            assert await deliver(sold, secret="somebody-else-s") == (401, "X-Stall-Signature does not match the body")
            assert await deliver(sold, name="main") == (
                404,
                "there is no Stall shop of that name in the configuration",
            )
            assert await deliver({"category": "groceries"}, "goods") == (200, "nothing")
            assert await deliver({"number": "A-16"}) == (200, "unreadable")
            assert await deliver(sold) == (200, "recorded")
            assert await deliver(sold) == (200, "nothing")
            assert await deliver({"number": "A-17"}, "gone") == (200, "nothing")
        StallConnection.orders.append({**ORDER, "number": "A-16", "at": app.services.clock.now()})
        tally = await reconciler_of(app.config, app.stores, app.engine, app.services.clock).ask("corner")
        assert (tally.looked_at, tally.changes["recorded"]) == (1, 1)
        order = await app.engine.order("corner:A-17")
        assert order is not None
        assert (order.total, order.refunded) == (100_000, 0)
        balance = await app.engine.balance(person)
        assert balance.pending + balance.available > 0
