"""Measures orders recorded through the SQLite store by one and many writers, against the rows in bare SQLite."""

import asyncio
import sqlite3
import time
from contextlib import closing
from itertools import count
from pathlib import Path

from bot.cli.benchmarks.books import new_chain, open_books
from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.floor import Floor, order_changes
from bot.cli.benchmarks.scale import EngineScale
from engine.events.model import Line, Order


def recorded(writers: int) -> Against:
    """Describes writers that wait until their order is durable before the next."""
    return Against("recorded orders", f"{writers} waiting", "a second", "the same rows in bare SQLite, one at a time")


async def measure_recording(folder: Path, scale: EngineScale, comparisons: Comparisons) -> None:
    """Runs all rounds; the floor and each number of writers alternate."""
    path = folder / "recording.db"
    async with open_books(path) as engine:
        buyers = [await new_chain(engine, place) for place in range(scale.chains)]
        numbers = count(1)

        async def record(times: int, buyer: str) -> None:
            for _ in range(times):
                await engine.submit(Order(f"o-{next(numbers)}", buyer, (Line("shoes", 100_000),)), key=None)

        await record(1, buyers[0])
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            changes = order_changes(connection)
        with closing(Floor(path, folder / "recording-floor.db")) as floor:
            for _ in range(scale.rounds):
                bare = floor.write(changes, scale.floor)
                for writers in scale.writers:
                    each = scale.orders // writers
                    began = time.perf_counter()
                    await asyncio.gather(*(record(each, buyers[place % len(buyers)]) for place in range(writers)))
                    comparisons.add(recorded(writers), each * writers / (time.perf_counter() - began), bare)
