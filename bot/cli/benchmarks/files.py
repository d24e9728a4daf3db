"""Measures orders from a file, checked and recorded as in `moaref import`, against the floor of the same rows."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.cli.benchmarks.books import new_chain, open_books
from bot.cli.benchmarks.figures import Measured, Samples
from bot.cli.benchmarks.floor import Floor, order_changes
from bot.cli.benchmarks.scale import Scale
from bot.order_files.dry_run import survey
from bot.order_files.lookup import Known
from bot.order_files.reading import OrderFile
from bot.order_files.recording import Recorded, record
from bot.store.database import Database
from engine.service import Engine
from engine.store.connection import connect

IMPORTED: Final = "shop order of a file"


async def measure_files(folder: Path, scale: Scale, samples: Samples) -> None:
    """Runs all rounds; the floor and a file of `scale.floor` orders alternate."""
    path = folder / "files.db"
    await (await Database.open(path)).close()
    async with open_books(path) as engine:
        buyers = [await new_chain(engine, place) for place in range(scale.chains)]
        await _import(engine, path, _written(folder, buyers, 1, "first"))
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            changes = order_changes(connection)
        with closing(Floor(path, folder / "files-floor.db")) as floor:
            for number in range(scale.rounds):
                bare = floor.write(changes, scale.floor)
                file = _written(folder, buyers, scale.floor, f"round-{number}")
                began = time.perf_counter()
                await _import(engine, path, file)
                samples.add(Measured(IMPORTED, 1), scale.floor / (time.perf_counter() - began), bare)


async def _import(engine: Engine, store: Path, path: Path) -> None:
    """Runs both passes: the dry run is part of an import's cost."""
    file = OrderFile(path, engine.programme.currency, ZoneInfo("UTC"))
    with closing(connect(store)) as connection:
        known = Known(connection)
        found = survey(file, known)
        recorded = await record(file, known, engine, actor=None, progress=_unheard)
    assert found.orders == recorded.orders > 0  # every order of the file was new


async def _unheard(_: Recorded) -> None:
    """Ignores the progress."""


def _written(folder: Path, buyers: list[str], orders: int, name: str) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("order,buyer,amount,product,at\n")
        file.writelines(_rows(buyers, orders, name))
    return path


def _rows(buyers: list[str], orders: int, name: str) -> Iterator[str]:
    for number in range(orders):
        yield f"{name}-{number},{buyers[number % len(buyers)]},100000,shoes,2026-03-21T10:00:00Z\n"
