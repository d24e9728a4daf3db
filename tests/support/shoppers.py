"""Simulates a busy shop server: orders, refunds and webhooks sent at once to a bot that may be killed at any moment."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from storefront import API_SECRET, WOO_SECRET, small_order, with_code, woo_headers, woo_order

AFTER_A_FAILURE_SECONDS = 0.05
Json = dict[str, Any]


@dataclass
class Shoppers:
    """Holds the acknowledged requests: amounts and refunds by order id; `webhooks` are sent once each."""

    address: str
    code: str
    random: Random
    orders: dict[str, int] = field(default_factory=dict)
    refunds: dict[str, int] = field(default_factory=dict)
    webhooks: set[str] = field(default_factory=set)
    sent: int = 0
    failures: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def shop(self, at_once: int) -> None:
        """Runs `at_once` clients until `over` is set; then each finishes its current request."""
        async with httpx.AsyncClient(base_url=self.address, timeout=10) as web:
            await asyncio.gather(*(self._one(web) for _ in range(at_once)))

    async def _one(self, web: httpx.AsyncClient) -> None:
        while not self.over.is_set():
            self.sent += 1
            id = str(self.sent)
            if self.random.random() < 0.4:
                await self._deliver(web, id)
            else:
                await self._buy(web, id)

    async def _buy(self, web: httpx.AsyncClient, id: str) -> None:
        amount = self.random.randint(1, 500) * 1000
        order = {**small_order(), "order": id, "buyer": f"b{int(id) % 9}", "code": self.code}
        order["lines"] = [{"product": "shoes", "amount": amount}]
        await self._until_acknowledged(web, "/api/v1/orders", order, key=None)
        self.orders[id] = amount
        if self.random.random() < 0.3:
            part = self.random.randint(1, amount)
            await self._until_acknowledged(web, "/api/v1/refunds", {"order": id, "amount": part}, key=f"r{id}")
            self.refunds[id] = part

    async def _until_acknowledged(self, web: httpx.AsyncClient, path: str, body: Json, key: str | None) -> None:
        headers = {"Authorization": f"Bearer {API_SECRET}", **({"Idempotency-Key": key} if key else {})}
        while True:
            try:
                answer = await web.post(path, json=body, headers=headers)
            except httpx.HTTPError:
                self.failures += 1
                await asyncio.sleep(AFTER_A_FAILURE_SECONDS)
                continue
            if answer.status_code < 500:
                assert answer.status_code in (200, 201), answer.text
                return

    async def _deliver(self, web: httpx.AsyncClient, id: str) -> None:
        """Delivers once, as WooCommerce does: arrival is known only where it was acknowledged."""
        raw = json.dumps(woo_order(int(id), meta_data=with_code(self.code))).encode()
        try:
            answer = await web.post(
                "/shop/woocommerce/woo", content=raw, headers=woo_headers(raw, "order.created", WOO_SECRET)
            )
        except httpx.HTTPError:
            self.failures += 1
            await asyncio.sleep(AFTER_A_FAILURE_SECONDS)
            return
        if answer.status_code < 500:
            assert answer.status_code == 200, answer.text
            self.webhooks.add(id)
