"""Measures the bot over HTTP: answered /balance and purchases with everybody told, against the floor of the same rows.

Beside the rates stands what each costs the bot's process.
"""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from bot.cli.benchmarks.costs import Cost, Costs, spent
from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Change, Floor, balance_changes, purchase_changes
from bot.cli.benchmarks.lean_platform import LeanPlatform
from bot.cli.benchmarks.people import MillionPeople, ask_for_balances, record_purchases, settle_in, until_quiet
from bot.cli.benchmarks.processes import CountedProcess, running_bot
from bot.cli.benchmarks.scale import Scale

Act = Callable[[LeanPlatform, MillionPeople, int], Awaitable[float]]
BALANCE = "/balance answered"
PURCHASE = "/purchase, everybody told"


@dataclass(frozen=True, slots=True)
class BenchmarkShop:
    """Holds a platform, a bot with so many workers, its people, and the floor beside it."""

    platform: LeanPlatform
    bot: CountedProcess
    workers: int
    people: MillionPeople
    floor: Floor
    balance: list[Change]
    purchase: list[Change]


async def measure_chat(folder: Path, scale: Scale, samples: Samples, done: Callable[[], None]) -> list[Cost]:
    """Runs all rounds; floor and bot, one worker and several, near and far server alternate. Returns the costs.

    `done` after each round.
    """
    costs = Costs()
    async with AsyncExitStack() as stack:
        shops = [await stack.enter_async_context(_shop(folder, workers, scale)) for workers in (1, scale.at_once)]
        for _ in range(scale.rounds):
            for delay_ms in (0, scale.delay_ms):
                for shop in shops:
                    await _measure(shop, scale, samples, costs, delay_ms)
            done()
        for shop in shops:
            await _count(shop, scale, costs)
    return costs.figures()


async def _measure(shop: BenchmarkShop, scale: Scale, samples: Samples, costs: Costs, delay_ms: int) -> None:
    shop.platform.delay_ms = delay_ms
    for what, changes, act, count in _acts(shop, scale):
        bare = shop.floor.write(changes, scale.floor)
        before = await shop.bot.ask()
        rate = await act(shop.platform, shop.people, count)
        measured = Measured(what, shop.workers, delay_ms)
        samples.add(measured, rate, bare)
        if not delay_ms:
            costs.add_spent(measured, spent(before, await shop.bot.ask(), count))


async def _count(shop: BenchmarkShop, scale: Scale, costs: Costs) -> None:
    """Counts commits and statements apart from the measurements, which counting would slow down."""
    shop.platform.delay_ms = 0
    for what, _, act, count in _acts(shop, scale):
        before = await shop.bot.ask("trace")
        await act(shop.platform, shop.people, count)
        costs.add_counted(Measured(what, shop.workers), spent(before, await shop.bot.ask("still"), count))


def _acts(shop: BenchmarkShop, scale: Scale) -> list[tuple[str, list[Change], Act, int]]:
    return [
        (BALANCE, shop.balance, ask_for_balances, scale.balances),
        (PURCHASE, shop.purchase, record_purchases, scale.purchases),
    ]


@asynccontextmanager
async def _shop(folder: Path, workers: int, scale: Scale) -> AsyncIterator[BenchmarkShop]:
    """Yields a warmed-up bot: every person has arrived, and every action was done once."""
    own = folder / f"workers-{workers}"
    own.mkdir()
    async with (
        LeanPlatform.serve() as platform,
        running_bot(platform, own, workers=workers, admins=scale.admins) as bot,
    ):
        people = await settle_in(platform, chains=scale.chains, admins=scale.admins)
        await record_purchases(platform, people, scale.admins)
        await until_quiet(platform)
        purchase = _read(bot.store, purchase_changes)
        await ask_for_balances(platform, people, len(people.members))
        await until_quiet(platform)
        balance = _read(bot.store, balance_changes)
        with closing(Floor(bot.store, own / "floor.db")) as floor:
            yield BenchmarkShop(platform, bot, workers, people, floor, balance, purchase)


def _read(store: Path, changes: Callable[[sqlite3.Connection], list[Change]]) -> list[Change]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return changes(connection)
