"""Measures orders through the purchase API on the loopback, answered once recorded, against the rows' floor."""

import asyncio
import json
import secrets
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

import aiohttp

from bot.cli.benchmarks.books import new_chain, open_books
from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Change, Floor, Insert, order_changes
from bot.cli.benchmarks.processes import platform, running_bot
from bot.cli.benchmarks.scale import Scale
from bot.cli.frame import CommandError

CLIENTS: Final = (1, 32)
ORDER: Final = "shop order recorded"
_START_SECONDS_MAX: Final = 20


async def measure_shop(folder: Path, scale: Scale, samples: Samples, done: Callable[[], None]) -> None:
    """Runs all rounds; the floor, one client and many alternate. `done` is called after each round."""
    path, secret, port = folder / "bench.db", secrets.token_urlsafe(24), _free_port()
    codes = await _members(path, scale.chains)
    more = f'[http]\nport = {port}\n\n[shops.bench]\nkind = "api"\nsecret = {json.dumps(secret)}\n\n'
    headers = {"Authorization": f"Bearer {secret}"}
    async with (
        platform() as playground,
        running_bot(playground, folder, workers=1, admins=1, more=more),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as session,
    ):
        await _until_it_answers(session)
        orders = _orders(codes)
        await _record(session, orders, len(codes) * 2)  # everyone is known from here on
        with closing(Floor(path, folder / "floor.db")) as floor:
            changes = _changes(path)
            for _ in range(scale.rounds):
                bare = floor.write(changes, scale.floor)
                for clients in CLIENTS:
                    rate = await _rate(session, orders, clients, scale.orders)
                    samples.add(Measured(ORDER, clients), rate, bare)
                done()


async def _members(path: Path, chains: int) -> list[str]:
    """Returns the code of the last member of each chain."""
    codes = []
    async with open_books(path) as engine:
        for place in range(chains):
            buyer = await engine.person(await new_chain(engine, place))
            assert buyer is not None  # the chain's last
            assert buyer.sponsor is not None
            codes.append(buyer.sponsor)
    return codes


def _orders(codes: list[str]) -> Iterator[dict[str, Any]]:
    for number in count(1):
        place = number % len(codes)
        yield {
            "order": str(number),
            "buyer": f"customer-{place}",
            "code": codes[place],
            "at": "2026-03-21T10:00:00Z",
            "lines": [{"product": "shoes", "amount": 100_000}],
        }


async def _rate(session: aiohttp.ClientSession, orders: Iterator[dict[str, Any]], clients: int, times: int) -> float:
    """Returns the orders a second; each client sends its next one when the last is answered."""
    each = max(1, times // clients)
    began = time.perf_counter()
    await asyncio.gather(*(_record(session, orders, each) for _ in range(clients)))
    return each * clients / (time.perf_counter() - began)


async def _record(session: aiohttp.ClientSession, orders: Iterator[dict[str, Any]], times: int) -> None:
    for _ in range(times):
        async with session.post("/api/v1/orders", json=next(orders)) as answer:
            if answer.status != 201:
                raise CommandError(f"an order was answered with status {answer.status}")
            await answer.read()


def _changes(path: Path) -> list[Change]:
    """Returns the changes of the newest order: its rows in the ledger, and the shop's request."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        request = dict(connection.execute("SELECT * FROM shop_requests LIMIT 1").fetchone())
        known = dict(connection.execute("SELECT * FROM shop_orders LIMIT 1").fetchone())
        return [
            *order_changes(connection),
            Insert("shop_requests", request, {"key": "copy-{:012}".format}),
            Insert("shop_orders", known, {"id": "copy-{:012}".format}),
        ]


def _free_port() -> int:
    """Returns a free port below the ephemeral range, so that no outgoing connection takes it first."""
    for _ in range(100):
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise CommandError("there is no free port")


async def _until_it_answers(session: aiohttp.ClientSession) -> None:
    try:
        async with asyncio.timeout(_START_SECONDS_MAX):
            while True:
                try:
                    async with session.get("/health") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise CommandError("the bot does not answer shops") from None
