"""Runs the real bot with two connected shops, called over HTTP beside the chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.app import App
from bot.playground.client import Playground, playground_server
from bot.playground.phone import Phone
from bot.runtime.clock import Clock
from running import running_app
from storefront import API_SECRET, CONNECTED, small_order, until_it_listens

AUTHORIZATION = {"Authorization": f"Bearer {API_SECRET}"}


@dataclass
class Connected:
    app: App
    playground: Playground
    web: httpx.AsyncClient

    async def phone(self, id: int, name: str) -> Phone:
        return await self.playground.phone(id, name, language_code="en")

    async def person(self, phone: Phone) -> str:
        return (await self.app.engine.get_or_create_person("telegram", str(phone.id)))[0]

    async def order(self, **fields: Any) -> httpx.Response:
        return await self.web.post("/api/v1/orders", json={**small_order(), **fields}, headers=AUTHORIZATION)


@asynccontextmanager
async def connected(
    folder: Path, *, clock: Clock | None = None, programme: Mapping[str, Any] | None = None
) -> AsyncIterator[Connected]:
    async with (
        playground_server() as playground,
        running_app(playground, folder / "moaref.db", programme, more=CONNECTED, clock=clock) as app,
    ):
        assert app.server is not None
        await until_it_listens(app.server.address)
        async with httpx.AsyncClient(base_url=app.server.address) as web:
            yield Connected(app, playground, web)
