"""Killed at random between receiving and recording: every acknowledged order is there after a restart, once."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path
from random import Random, SystemRandom

import pytest

from aftermath import opened, until_settled
from bot.playground.client import Playground, playground_server
from engine.verify.ledger import verify_file
from running import BotProcess
from shoppers import Shoppers
from storefront import API_SECRET, CONNECTED, WOO_SECRET, until_it_listens

AT_ONCE = 6
LIFE_SECONDS = 0.6
STARTS_SECONDS = 60
ENDS_SECONDS = 60


def quiet_port(random: Random) -> int:
    """A free port below those of outgoing connections: none of them takes it while the bot is down."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


async def until_up(bot: BotProcess, address: str) -> None:
    try:
        await until_it_listens(address, STARTS_SECONDS)
    except TimeoutError:
        raise AssertionError(f"the bot did not come up\n{bot.log}") from None


async def day_of_sales(playground: Playground, folder: Path, *, kills: int, random: Random) -> Shoppers:
    """Shops sell while the bot is killed so often; then it is stopped in order."""
    port = quiet_port(random)
    bot = BotProcess.prepared(playground, folder, more={**CONNECTED, "http": {"port": port}})
    await bot.start_and_wait()
    nader = await playground.phone(101, "Nader", language_code="en")
    await nader.send("/link")
    card = await nader.receives("Your link")
    shoppers = Shoppers(f"http://127.0.0.1:{port}", min(card.copy_texts, key=len), random)
    shopping = asyncio.create_task(shoppers.shop(AT_ONCE))
    try:
        for _ in range(kills):
            await until_up(bot, shoppers.address)
            await asyncio.sleep(random.uniform(0, LIFE_SECONDS))
            assert not shopping.done(), shopping.result()
            bot.kill()
            await bot.start()
        await until_up(bot, shoppers.address)
        shoppers.over.set()
        await asyncio.wait_for(shopping, ENDS_SECONDS)
        await until_settled(playground, folder / "moaref.db")
        assert await asyncio.to_thread(bot.stop) == 0
        assert not any(secret in bot.log for secret in (API_SECRET, WOO_SECRET, playground.token))
    finally:
        shopping.cancel()
        await asyncio.gather(shopping, return_exceptions=True)
        bot.kill()
    return shoppers


def assert_what_was_acknowledged_is_there_once(database: Path, shoppers: Shoppers) -> None:
    with opened(database) as books:
        orders = dict(books.execute("SELECT id, total FROM orders").fetchall())
        refunds = dict(books.execute("SELECT id, refunded FROM orders WHERE refunded > 0").fetchall())
        (events,) = books.execute("SELECT COUNT(*) FROM journal WHERE type = 'order'").fetchone()
        refused = books.execute("SELECT type, content, refusal FROM journal WHERE refusal IS NOT NULL").fetchall()
        sponsors = books.execute(
            "SELECT DISTINCT p.sponsor FROM orders AS o JOIN persons AS p ON p.id = o.buyer"
        ).fetchall()
    bought = {id: total for id, total in orders.items() if id.startswith("main:")}
    assert bought == {f"main:{id}": amount for id, amount in shoppers.orders.items()}
    assert refunds == {f"main:{id}": amount for id, amount in shoppers.refunds.items()}
    assert {f"woo:{id}" for id in shoppers.webhooks} <= set(orders)
    assert events == len(orders)
    assert refused == []
    assert sponsors == [(shoppers.code,)]


async def kill_and_look(folder: Path, kills: int) -> str:
    seed = int(os.environ.get("MOAREF_KILLS_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201  what a failure shows
    async with playground_server() as playground:
        shoppers = await day_of_sales(playground, folder, kills=kills, random=Random(seed))
    assert_what_was_acknowledged_is_there_once(folder / "moaref.db", shoppers)
    verdict = verify_file(folder / "moaref.db")
    assert verdict.holds, verdict.problems
    return (
        f"seed {seed}: {kills} kills, {shoppers.sent} orders sent, {len(shoppers.orders)} by the API,"
        f" {len(shoppers.webhooks)} by webhook, {shoppers.failures} requests cut off"
    )


@pytest.mark.timeout(300)
async def test_ten_kills_lose_no_acknowledged_order_and_record_none_twice(tmp_path: Path) -> None:
    print(await kill_and_look(tmp_path, kills=10))  # noqa: T201  shown by `pytest -rP`


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_hundred_kills_lose_no_acknowledged_order_and_record_none_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await kill_and_look(tmp_path, kills=200)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201
