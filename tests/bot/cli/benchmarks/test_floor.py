"""The floor writes the rows that the real thing writes: as many, in the same tables."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from books import open_engine
from bot.cli.benchmarks.floor import (
    Floor,
    Insert,
    Update,
    balance_changes,
    join_changes,
    order_changes,
    purchase_changes,
    rows_by_table,
)
from bot.cli.benchmarks.lean_platform import LeanPlatform
from bot.cli.benchmarks.people import ask_for_balances, record_purchases, settle_in, until_quiet
from bot.store.database import Database
from engine.service import Engine
from running import running_app


@contextmanager
def store(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def counted(path: Path) -> Counter[str]:
    """The rows of each table."""
    with store(path) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [row["name"] for row in tables.fetchall()]
        return Counter({name: connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in names})  # noqa: S608


async def chain(engine: Engine) -> str:
    """Three members, each through the one before, and the buyer at the end."""
    above = None
    for name in ("nader", "babak", "maryam", "karim"):
        person, _ = await engine.get_or_create_person("test", name)
        if above is not None:
            await engine.attribute(person, above, key=f"attribute:{name}")
        if name != "karim":
            await engine.join(person, key=f"join:{name}")
        above = person
    assert above is not None
    return above


async def test_an_order_of_the_engine_leaves_the_rows_of_its_floor(tmp_path: Path) -> None:
    path = tmp_path / "books.db"
    async with open_engine(path) as engine:
        buyer = await chain(engine)
        before = counted(path)
        await engine.purchase("o-1", buyer, 100_000, "shoes", actor=buyer)
        with store(path) as connection:
            changes = order_changes(connection)
        assert rows_by_table(changes) == counted(path) - before
        assert rows_by_table(changes)["commissions"] == 3
        assert sum(isinstance(each, Update) and each.table == "members" for each in changes) == 3


async def test_the_floor_of_a_join_is_its_row_in_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "books.db"
    await (await Database.open(path)).close()
    async with open_engine(path) as engine:
        await chain(engine)
        with store(path) as connection:
            (change,) = join_changes(connection)
        assert isinstance(change, Insert)
        assert (change.table, change.row["type"]) == ("journal", "join")
        with closing(Floor(path, tmp_path / "floor.db")) as floor:
            assert floor.write([change], 3) > 0
    assert counted(tmp_path / "floor.db")["journal"] == 3


async def test_an_answered_balance_and_a_purchase_by_chat_leave_the_rows_of_their_floors(tmp_path: Path) -> None:
    path = tmp_path / "moaref.db"
    async with LeanPlatform.serve() as platform, running_app(platform, path):  # type: ignore[arg-type]  # same interface
        people = await settle_in(platform, chains=1, admins=1)
        await until_quiet(platform)

        before = counted(path)
        await ask_for_balances(platform, people, 1)
        await until_quiet(platform)
        with store(path) as connection:
            balance = rows_by_table(balance_changes(connection))
        assert balance == counted(path) - before == {"inbox": 1, "outbox": 1}

        await record_purchases(platform, people, 1)  # the first one begins rows that later ones change
        await until_quiet(platform)
        before = counted(path)
        await record_purchases(platform, people, 1)
        await until_quiet(platform)
        with store(path) as connection:
            purchase = rows_by_table(purchase_changes(connection))
        assert purchase == counted(path) - before
        assert purchase["outbox"] == 2 + 3  # a card, its answer, and what the three members are told


async def test_copies_are_written_as_often_as_they_are_asked_for(tmp_path: Path) -> None:
    await (await Database.open(tmp_path / "source.db")).close()
    with closing(Floor(tmp_path / "source.db", tmp_path / "floor.db")) as floor:
        row = {"name": "", "value": 7}
        rate = floor.write([Insert("cursors", row, {"name": lambda copy: f"copy {copy}"})], 5)
        assert rate > 0
        floor.write([Update("cursors", "name", {"name": "copy 3", "value": 9})], 1)
    with store(tmp_path / "floor.db") as connection:
        rows = connection.execute("SELECT name, value FROM cursors WHERE name LIKE 'copy %'")
        values = {row["name"]: row["value"] for row in rows}
    assert values == {"copy 1": 7, "copy 2": 7, "copy 3": 9, "copy 4": 7, "copy 5": 7}
