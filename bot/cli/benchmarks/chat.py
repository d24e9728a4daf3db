"""The bot as people meet it: answered /balance and recorded /purchase over HTTP, against the floor of the same rows."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Change, Floor, balance_changes, purchase_changes
from bot.cli.benchmarks.people import People, ask_for_balances, record_purchases, settle_in
from bot.cli.benchmarks.processes import running_bot
from bot.cli.benchmarks.scale import Scale
from bot.playground.client import Playground

BALANCE = "/balance answered"
PURCHASE = "/purchase recorded"


async def measure_chat(
    playground: Playground, folder: Path, workers: int, scale: Scale, samples: Samples, done: Callable[[], None]
) -> None:
    """All rounds with one bot of so many workers; floor and bot take turns. `done` is called after each round."""
    async with running_bot(playground, folder, workers=workers, admins=scale.admins) as store:
        people = await settle_in(playground, chains=scale.chains, admins=scale.admins)
        await record_purchases(playground, people, scale.admins)
        purchase = _read(store, purchase_changes)
        await ask_for_balances(playground, people, len(people.members))
        balance = _read(store, balance_changes)
        with closing(Floor(store, folder / "floor.db")) as floor:
            for _ in range(scale.rounds):
                samples.add_floor(BALANCE, floor.write(balance, scale.floor))
                samples.add_floor(PURCHASE, floor.write(purchase, scale.floor))
                await _round(playground, people, workers, scale, samples, delay_ms=0)
                await _round(playground, people, workers, scale, samples, delay_ms=scale.delay_ms)
                done()


async def _round(
    playground: Playground, people: People, workers: int, scale: Scale, samples: Samples, *, delay_ms: int
) -> None:
    await playground.conditions(delay_ms=delay_ms)
    balances = await ask_for_balances(playground, people, scale.balances)
    purchases = await record_purchases(playground, people, scale.purchases)
    await playground.conditions()
    samples.add(Measured(BALANCE, BALANCE, workers, delay_ms), balances)
    samples.add(Measured(PURCHASE, PURCHASE, workers, delay_ms), purchases)


def _read(store: Path, changes: Callable[[sqlite3.Connection], list[Change]]) -> list[Change]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return changes(connection)
