"""The bot as people meet it: answered /balance and recorded /purchase over HTTP, against the floor of the same rows."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Change, Floor, balance_changes, purchase_changes
from bot.cli.benchmarks.people import ask_for_balances, record_purchases, settle_in
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
                floors = floor.write(balance, scale.floor), floor.write(purchase, scale.floor)
                for delay_ms in (0, scale.delay_ms):
                    await playground.conditions(delay_ms=delay_ms)
                    rate = await ask_for_balances(playground, people, scale.balances)
                    samples.add(Measured(BALANCE, workers, delay_ms), rate, floors[0])
                    rate = await record_purchases(playground, people, scale.purchases)
                    samples.add(Measured(PURCHASE, workers, delay_ms), rate, floors[1])
                await playground.conditions()
                done()


def _read(store: Path, changes: Callable[[sqlite3.Connection], list[Change]]) -> list[Change]:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return changes(connection)
