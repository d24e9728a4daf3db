"""Whatever stands before the platform may answer in its place: the bot goes on, and nobody loses a message or money."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from aftermath import opened, until_settled
from bot.app import App
from bot.botapi.protocol import TokenRefused
from bot.config import build
from bot.playground.client import Playground, playground_server
from bot.playground.faults import GatewayAnswer
from bot.playground.server import ServerAddress
from engine.verify.ledger import verify_file
from gate import gate_to
from quick_clock import QuickClock
from running import ADMIN, proved_here, running_app, tables, until_ready
from storefront import API_SECRET, CONNECTED, small_order, until_it_listens

JSON = "application/json"
PAGE_404 = GatewayAnswer(404, "text/html", "<html><title>404 Not Found</title><body>nginx</body></html>")
PAGE_403 = GatewayAnswer(403, "text/html", "<html><title>Access denied</title></html>")
OWN_401 = GatewayAnswer(401, JSON, '{"ok":false,"error_code":401,"description":"Unauthorized"}')
OWN_404 = GatewayAnswer(404, JSON, '{"ok":false,"error_code":404,"description":"Not Found"}')
OWN_409 = GatewayAnswer(409, JSON, '{"ok":false,"error_code":409,"description":"Conflict: x"}')
HELLOS = [
    PAGE_404,
    PAGE_403,
    OWN_401,
    OWN_404,
    OWN_409,
    GatewayAnswer(200, JSON, "null"),
    GatewayAnswer(200, JSON, "{}"),
]
OTHER_TOKEN = "7000000001:AAnobodyhaseverseenthistokenbefore00"


@dataclass(slots=True)
class Running:
    """A bot with shops in this loop. `task` is done when it has ended by itself."""

    app: App
    task: asyncio.Future[None]
    web: httpx.AsyncClient

    async def order(self, number: str) -> int:
        headers = {"Authorization": f"Bearer {API_SECRET}"}
        return (
            await self.web.post("/api/v1/orders", json=small_order() | {"order": number}, headers=headers)
        ).status_code

    async def health(self) -> dict[str, Any]:
        return dict((await self.web.get("/health")).json())


@asynccontextmanager
async def started(
    playground: Playground, database: Path, *, speed: int = 50, token: str = ""
) -> AsyncIterator[Running]:
    """On a clock that runs faster than the world's; whether the platform answers or not."""
    whole = tables(playground, database, more=CONNECTED)
    whole["telegram"]["token"] = token or playground.token
    app = await App.open(build(whole, {}, database.parent), QuickClock(speed), proved_here)
    task = asyncio.ensure_future(app.run())
    assert app.server is not None
    try:
        await until_it_listens(app.server.address)
        async with httpx.AsyncClient(base_url=app.server.address, timeout=30) as web:
            yield Running(app, task, web)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await app.close()


def rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with opened(database) as store:
        return store.execute(sql).fetchall()


async def until_true(condition: Any, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def test_shops_are_served_before_the_platform_has_ever_answered(tmp_path: Path) -> None:
    async with (
        playground_server() as playground,
        gate_to(playground.address.url) as gate,
        Playground.connect(ServerAddress(gate.url, playground.token, playground.bot_username)) as behind_the_gate,
    ):
        await gate.close()
        async with started(behind_the_gate, tmp_path / "moaref.db") as bot:
            assert await bot.order("1") == 201
            await until_true(lambda: bot.app.services.identity.away)
            assert await bot.health() == {"status": "ok", "telegram": "unreachable"}
            assert (await bot.web.get("/r/2222222")).status_code == 503, "it has never heard what it is called"
            await gate.open()
            await until_ready(playground)
            await until_true(lambda: not bot.app.services.identity.away)
            assert await bot.health() == {"status": "ok"}
            nader = await playground.phone(101, "Nader", language_code="en")
            await nader.send("/link")
            card = await nader.receives("Your link", timeout=15)
            link = f"https://t.me/{playground.bot_username}?start="
            code = next(each for each in card.copy_texts if "://" not in each)
            assert any(each.startswith(link) for each in card.copy_texts)
            assert (await bot.web.get(f"/r/{code}")).headers["location"].startswith(link)
        await gate.close()
        async with started(behind_the_gate, tmp_path / "moaref.db") as bot:
            assert (await bot.web.get(f"/r/{code}")).headers["location"].startswith(link), "it is remembered"
            assert await bot.order("2") == 201
    assert rows(tmp_path / "moaref.db", "SELECT id FROM orders ORDER BY id") == [("main:1",), ("main:2",)]


@pytest.mark.parametrize("answer", HELLOS, ids=lambda each: f"{each.status}-{each.body[:20]}")
async def test_an_odd_answer_to_the_first_question_ends_nothing(
    tmp_path: Path, answer: GatewayAnswer, caplog: pytest.LogCaptureFixture
) -> None:
    async with playground_server() as playground:
        await playground.fault("answer_before", "getMe", count=2, answer=answer)
        async with started(playground, tmp_path / "moaref.db") as bot:
            assert await bot.order("1") == 201
            nader = await playground.phone(101, "Nader", language_code="en")
            await nader.send("/help")
            await nader.receives("What I can do", timeout=15)
    assert "Traceback" not in caplog.text
    assert "<html>" not in caplog.text


async def test_a_token_that_was_never_taken_ends_the_start_and_one_that_was_does_not(tmp_path: Path) -> None:
    database = tmp_path / "moaref.db"
    async with playground_server() as playground:
        async with started(playground, database, speed=500, token=OTHER_TOKEN) as bot:
            with pytest.raises(TokenRefused):
                await asyncio.wait_for(asyncio.shield(bot.task), 10)
        async with started(playground, database, speed=500):
            await until_ready(playground)
            await until_true(lambda: rows(database, "SELECT username FROM bot_account"))
        await playground.fault("answer_before", "get*", count=40, answer=OWN_401)
        async with started(playground, database, speed=500) as bot:
            await until_true(lambda: bot.app.services.identity.refused)
            assert await bot.order("1") == 201
            assert await bot.health() == {"status": "ok", "telegram": "refused"}
            await playground.clear_faults()
            await until_true(lambda: not bot.app.services.identity.trouble())
            assert not bot.task.done()


async def test_a_token_that_was_never_taken_may_be_refused_for_some_seconds(tmp_path: Path) -> None:
    database = tmp_path / "moaref.db"
    async with playground_server() as playground:
        await playground.fault("answer_before", "getMe", count=4, answer=OWN_401)
        async with started(playground, database, speed=5) as bot:  # a faster clock makes much of a busy machine
            assert await bot.order("1") == 201
            await until_ready(playground)
            await until_true(lambda: not bot.app.services.identity.trouble())
            assert not bot.task.done()


async def test_a_token_that_is_refused_for_minutes_stops_polling_alone_and_admins_hear_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = tmp_path / "moaref.db"
    async with playground_server() as playground, started(playground, database, speed=500) as bot:
        admin = await playground.phone(ADMIN, "Hamid", language_code="en")
        await admin.send("/start")
        await admin.receives(timeout=15)
        with caplog.at_level(logging.ERROR):
            await playground.fault("answer_before", "*", count=100_000, answer=OWN_401)
            await until_true(lambda: "refuses the bot's token: polling paused" in caplog.text)
        asked = (await playground.counts())["getUpdates"]
        assert await bot.order("1") == 201
        assert await bot.health() == {"status": "ok", "telegram": "refused"}
        await asyncio.sleep(0.3)
        assert (await playground.counts())["getUpdates"] == asked, "only getMe is asked, now and then"
        await admin.send("/help")
        await playground.clear_faults()
        await admin.receives("refused the bot's token", timeout=15)
        await until_settled(playground, database)
        assert any("What I can do" in card.text for card in await admin.messages())
        assert not bot.task.done()


@pytest.mark.parametrize(
    "answer",
    [PAGE_404, PAGE_403, OWN_404, OWN_401, GatewayAnswer(413, "text/html", "<h1>Request Entity Too Large</h1>")],
    ids=lambda each: f"{each.status}-{each.content_type}",
)
async def test_a_money_notice_outlives_what_a_gateway_answers_and_nobody_counts_as_having_blocked(
    tmp_path: Path, answer: GatewayAnswer
) -> None:
    database = tmp_path / "moaref.db"
    async with playground_server() as playground, running_app(playground, database, more=CONNECTED) as app:
        nader, karim = [await playground.phone(*each, language_code="en") for each in ((101, "Nader"), (102, "Karim"))]
        await nader.send("/link")
        card = await nader.receives("Your link")
        await karim.open(next(text for text in card.copy_texts if "://" in text))
        await nader.receives("used your link")
        await playground.fault("answer_before", "sendMessage", count=2, chat_id=nader.id, answer=answer)
        buyer, _ = await app.engine.get_or_create_person("telegram", str(karim.id))
        await app.engine.purchase("o-1", buyer, 100_000, "shoes", actor="admin")
        await nader.receives("You earned 20,000 toman", timeout=15)
        await until_settled(playground, database)
    assert rows(database, "SELECT 1 FROM profiles WHERE blocked_at IS NOT NULL") == []
    assert rows(database, "SELECT DISTINCT state FROM outbox") == [("sent",)]
    assert verify_file(database).holds
