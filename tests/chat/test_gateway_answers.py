"""Thousands of answers that are not the platform's, to each method: the bot goes on after each, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, Final

import pytest
from telegram.error import TelegramError

from aftermath import opened
from bot.app import App
from bot.botapi.client import PlainBot, build_bot
from bot.botapi.identity import Account
from bot.config import build
from bot.playground import acts
from bot.playground.chats import User
from bot.playground.client import Playground
from bot.playground.faults import Fault, FaultKind
from bot.playground.server import serving
from bot.playground.world import World
from bot.store.account import BotAccounts
from engine.verify.ledger import verify_file
from gateways import draw, draw_trouble
from quick_clock import QuickClock
from running import proved_here, tables

MESSAGE: Final = {"message_id": 7, "date": 1, "chat": {"id": 101, "type": "private"}}
METHODS: Final[Mapping[str, tuple[Any, Any]]] = {
    "getMe": ({"id": 7, "is_bot": True, "first_name": "Shop", "username": "shop_bot"}, {"id": 7}),
    "getUpdates": ([{"update_id": 7}], {"update_id": 7}),
    "getWebhookInfo": ({"url": ""}, ["url"]),
    "deleteWebhook": (True, {}),
    "setMyCommands": (True, None),
    "sendMessage": (MESSAGE, True),
    "sendPhoto": (MESSAGE, {"message_id": "7"}),
    "sendInvoice": (MESSAGE, []),
    "editMessageText": (MESSAGE, False),
    "editMessageReplyMarkup": (True, "true"),
    "deleteMessage": (True, 1),
    "answerCallbackQuery": (True, False),
    "answerInlineQuery": (True, {"ok": True}),
    "answerPreCheckoutQuery": (True, None),
    "refundStarPayment": (True, MESSAGE),
    "getStarTransactions": ({"transactions": [{"id": "t", "amount": 5}]}, {"transactions": {}}),
    "getFile": ({"file_id": "f", "file_unique_id": "f", "file_path": "x/y"}, {"file_id": "f"}),
}
"""Each that the bot calls, with a result that it may have and one that it never has."""

PEOPLE: Final = range(201, 213)
WORKED: Final = ("getUpdates", "sendMessage")
SPEED: Final = 500


def chance(capsys: pytest.CaptureFixture[str]) -> Random:
    """Seeded by MOAREF_GATEWAYS_SEED, or by chance; the seed is printed."""
    seed = int(os.environ.get("MOAREF_GATEWAYS_SEED") or SystemRandom().randrange(10**6))
    with capsys.disabled():
        print(f" seed {seed}", end="")  # noqa: T201
    return Random(seed)


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[World, PlainBot]]:
    async with serving() as server:
        address = server.address
        bot = build_bot(address.token, base_url=address.base_url, base_file_url=address.base_file_url, read_timeout=5)
        await bot.connect()
        try:
            yield server.world, bot
        finally:
            await bot.shutdown()


async def answered(count: int, random: Random) -> int:
    """So many answers to each method; each is what it is, and in a few words without the token."""
    async with connected() as (world, bot):
        for method, (right, wrong) in METHODS.items():
            for _ in range(count):
                drawn = draw(random, right, wrong)
                world.faults.add(Fault(FaultKind.ANSWER_BEFORE, method, answer=drawn.answer))
                try:
                    result, error = await bot.call(method, {}), None
                except TelegramError as problem:
                    result, error = None, problem
                assert type(error) is (drawn.error or type(None)), (method, drawn, error)
                assert error is not None or result == right
                assert len(str(error)) < 200
                assert "<" not in str(error)
                assert world.settings.token not in str(error)
            assert (await bot.call("getMe", {}))["username"] == world.settings.username, "it goes on"
    return count * len(METHODS)


async def lived_through(folder: Path, count: int, random: Random) -> None:
    """Everything that the running bot asks for fails so often, while people ask, and earn."""
    database = folder / "moaref.db"
    async with serving() as server, Playground.connect(server.address) as playground:
        whole = tables(playground, database)
        app = await App.open(build(whole, {}, folder), QuickClock(SPEED), proved_here)
        accounts = BotAccounts(app.stores.writer, app.stores.machine)
        await accounts.remember(playground.token, Account("", inline=False), now=0)  # it has been taken once
        plan(server.world, ("getMe", "getWebhookInfo", "setMyCommands"), count, random)
        running = asyncio.ensure_future(app.run())
        try:
            async with asyncio.timeout(3600):
                await app.services.identity.known.wait()
            await introduce(server.world, database)
            plan(server.world, WORKED, count, random)
            await work_through(app, server.world, database, running)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await app.close()
    verdict = verify_file(database)
    assert verdict.holds, verdict.problems


def plan(world: World, methods: Sequence[str], count: int, random: Random) -> None:
    for method in methods:
        for _ in range(count):
            kind = random.choice((FaultKind.ANSWER_BEFORE, FaultKind.ANSWER_AFTER))
            world.faults.add(Fault(kind, method, answer=draw_trouble(random).answer))


async def introduce(world: World, database: Path) -> None:
    for id in PEOPLE:
        acts.say(world, acts.join(world, User(id, f"Sara {id}", language_code="en")), "/start")
    async with asyncio.timeout(60):
        while waiting(database) or world.updates.pending:
            await asyncio.sleep(0.05)


async def work_through(app: App, world: World, database: Path, running: asyncio.Future[None]) -> None:
    """People write and earn until no fault for what they wait for is left; then all has come to each of them."""
    orders = 0
    while any(fault.method in WORKED for fault in world.faults.left):
        assert not running.done(), running
        if waiting(database) + world.updates.pending < len(PEOPLE):
            for id in PEOPLE:
                acts.say(world, world.users[id], "/help")
            orders += 1
            await earn(app, orders)
        await asyncio.sleep(0.05)
    async with asyncio.timeout(600):
        while waiting(database) or world.updates.pending:
            assert not running.done(), running
            await asyncio.sleep(0.05)
    with opened(database) as store:
        assert store.execute("SELECT COUNT(*) FROM profiles WHERE blocked_at IS NOT NULL").fetchone() == (0,)
        assert store.execute("SELECT DISTINCT state FROM outbox").fetchall() == [("sent",)]
        assert store.execute("SELECT COUNT(*) FROM inbox WHERE state <> 'done'").fetchone() == (0,)
    texts = [str(each.content.get("text")) for each in world.chats[PEOPLE[0]].messages.values()]
    for number in range(1, orders + 1):
        assert any(f"{number:,}" in text and "earned" in text for text in texts), f"order {number} is told: {texts}"
    assert orders > 0


async def earn(app: App, number: int) -> None:
    """The second of the people buys, and the first earns a fifth of it: as many toman as the order's number."""
    seller, buyer = [(await app.engine.get_or_create_person("telegram", str(id)))[0] for id in PEOPLE[:2]]
    if number == 1:
        await app.engine.join(seller, key="join")
        await app.engine.attribute(buyer, seller, key="attribute")
    await app.engine.purchase(f"o-{number}", buyer, 5 * number, "shoes", actor="admin")


def waiting(database: Path) -> int:
    with opened(database) as store:
        (inbox,) = store.execute("SELECT COUNT(*) FROM inbox WHERE state = 'new'").fetchone()
        (outbox,) = store.execute("SELECT COUNT(*) FROM outbox WHERE state = 'new'").fetchone()
        read = "SELECT COALESCE(MAX(value), 0) FROM cursors WHERE name = 'notices'"
        (notices,) = store.execute(f"SELECT COUNT(*) FROM notices WHERE number > ({read})").fetchone()  # noqa: S608
        (held,) = store.execute("SELECT COUNT(*) FROM held_notices").fetchone()
    return int(inbox + outbox + notices + held)


async def test_thirty_answers_to_each_method_are_each_taken_for_what_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    await answered(30, chance(capsys))


@pytest.mark.timeout(300)
async def test_a_bot_whose_every_question_fails_twenty_times_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await lived_through(tmp_path, 20, chance(capsys))


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_two_thousand_answers_to_each_method_are_each_taken_for_what_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count = await answered(2_000, chance(capsys))
    with capsys.disabled():
        print(f": {count} answers to {len(METHODS)} methods")  # noqa: T201


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_a_bot_whose_every_question_fails_two_thousand_times_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await lived_through(tmp_path, 2_000, chance(capsys))
