"""Measures the bot over HTTP: answered /balance and recorded /purchase, against the floor of the same rows."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Change, Floor, balance_changes, purchase_changes
from bot.cli.benchmarks.people import MillionPeople, ask_for_balances, record_purchases, settle_in
from bot.cli.benchmarks.processes import platform, running_bot
from bot.cli.benchmarks.scale import Scale
from bot.playground.client import Playground

BALANCE = "/balance answered"
PURCHASE = "/purchase recorded"


@dataclass(frozen=True, slots=True)
class BenchmarkShop:
    """Holds a local Bot API server, a bot with so many workers, its people, and the floor beside it."""

    playground: Playground
    workers: int
    people: MillionPeople
    floor: Floor
    balance: list[Change]
    purchase: list[Change]


async def measure_chat(folder: Path, scale: Scale, samples: Samples, done: Callable[[], None]) -> None:
    """Runs all rounds; floor and bot, one worker and several, near and far server alternate.

    `done` after each round.
    """
    async with AsyncExitStack() as stack:
        shops = [await stack.enter_async_context(_shop(folder, workers, scale)) for workers in (1, scale.at_once)]
        for _ in range(scale.rounds):
            for delay_ms in (0, scale.delay_ms):
                for shop in shops:
                    await _measure(shop, scale, samples, delay_ms)
            done()


async def _measure(shop: BenchmarkShop, scale: Scale, samples: Samples, delay_ms: int) -> None:
    await shop.playground.conditions(delay_ms=delay_ms)
    bare = shop.floor.write(shop.balance, scale.floor)
    rate = await ask_for_balances(shop.playground, shop.people, scale.balances)
    samples.add(Measured(BALANCE, shop.workers, delay_ms), rate, bare)
    bare = shop.floor.write(shop.purchase, scale.floor)
    rate = await record_purchases(shop.playground, shop.people, scale.purchases)
    samples.add(Measured(PURCHASE, shop.workers, delay_ms), rate, bare)


@asynccontextmanager
async def _shop(folder: Path, workers: int, scale: Scale) -> AsyncIterator[BenchmarkShop]:
    """Yields a warmed-up bot: every person has arrived, and every action was done once."""
    own = folder / f"workers-{workers}"
    own.mkdir()
    async with (
        platform() as playground,
        running_bot(playground, own, workers=workers, admins=scale.admins) as store,
    ):
        people = await settle_in(playground, chains=scale.chains, admins=scale.admins)
        await record_purchases(playground, people, scale.admins)
        purchase = _read(store, purchase_changes)
        await ask_for_balances(playground, people, len(people.members))
        balance = _read(store, balance_changes)
        with closing(Floor(store, own / "floor.db")) as floor:
            yield BenchmarkShop(playground, workers, people, floor, balance, purchase)


def _read(store: Path, changes: Callable[[sqlite3.Connection], list[Change]]) -> list[Change]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return changes(connection)
