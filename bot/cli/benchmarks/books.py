"""Measures the engine alone: purchases recorded by one caller and by several at once, against the same rows' floor."""

import asyncio
import sqlite3
import time
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path

from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Floor, order_changes
from bot.cli.benchmarks.people import CHAIN
from bot.cli.benchmarks.processes import PROGRAMME
from bot.cli.benchmarks.scale import Scale
from bot.runtime.clock import SystemClock
from bot.store.database import Database
from engine.service import Engine

PURCHASE = "engine.purchase"


async def measure_books(folder: Path, scale: Scale, samples: Samples, done: Callable[[], None]) -> None:
    """Runs all rounds; floor, one caller and several alternate. `done` is called after each round."""
    path = folder / "books.db"
    async with open_books(path) as engine:
        buyers = [await new_chain(engine, place) for place in range(scale.chains)]
        orders = count(1)

        async def record(times: int, buyer: str) -> None:
            for _ in range(times):
                await engine.purchase(f"o-{next(orders)}", buyer, 100_000, "shoes", actor=buyer)

        await record(1, buyers[0])
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            changes = order_changes(connection)
        with closing(Floor(path, folder / "floor.db")) as floor:
            for _ in range(scale.rounds):
                bare = floor.write(changes, scale.floor)
                for callers in (1, scale.at_once):
                    each = scale.orders // callers
                    began = time.perf_counter()
                    await asyncio.gather(*(record(each, buyers[place % len(buyers)]) for place in range(callers)))
                    rate = each * callers / (time.perf_counter() - began)
                    samples.add(Measured(PURCHASE, callers), rate, bare)
                done()


@asynccontextmanager
async def open_books(path: Path, programme: str = PROGRAMME) -> AsyncIterator[Engine]:
    """Opens an engine on the file; a new file starts with the programme."""
    async with Database.with_engine(path, SystemClock(), tomllib.loads(programme)) as (_, engine):
        yield engine


async def new_chain(engine: Engine, place: int) -> str:
    """Creates members who invited each other, and returns the buyer at their end."""
    above: str | None = None
    person = ""
    for step in range(CHAIN):
        person, _ = await engine.get_or_create_person("bench", f"{place}-{step}")
        if above is not None:
            await engine.attribute(person, above, key=f"attribute:{person}")
        if step < CHAIN - 1:
            await engine.join(person, key=f"join:{person}")
        above = person
    return person
