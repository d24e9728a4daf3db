"""Flips single bits in a copy of a store, and checks whether verification finds each visible change."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from books import Clock, open_engine
from bot.cli.tables import TABLES, write
from bot.store import MIGRATIONS
from engine.money import Currency
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.vault import Vault, new_key
from engine.verify.ledger import verify_file
from engine.verify.pace import at_full_speed
from engine.verify.proof import prove_books
from engine.verify.shadow import path_of_shadow

BOOKS = (
    *("journal", "transfers", "persons", "identities", "members", "open_volumes", "carried", "orders", "commissions"),
    *("destinations", "withdrawals", "withdrawal_details", "adjustments", "notices", "identity_changes", "baselines"),
    *("halts", "seals", "friend_counts", "level_counts"),
)
GOLD = {"id": "gold", "commission": "25%", "bonus": 500, "requires": {"sales": 100_000}}
PLAN: dict[str, Any] = {
    "program": {"currency": "IRT"},
    "ranks": [
        {"id": "base", "commission": "20%"},
        {"id": "gold", "commission": "25%", "bonus": 500, "requires": {"sales": 100_000}},
    ],
    "plan": {"kind": "binary", "levels": ["5%"], "pairing": {"period": "day", "rate": "10%"}},
}
SHEBA, CARD = "IR820540102680020817909002", "6037991000000004"


@dataclass
class Flips:
    """Holds the number of flipped bits, of those that changed the printed ledger, and which of them were not found."""

    flipped: int = 0
    changed: int = 0
    missed: list[tuple[int, int, str]] = field(default_factory=list)


async def fill(path: Path, key: str) -> None:
    """Writes a ledger with a row of everything, in a file whose pages are all in place."""
    clock = Clock()
    async with open_engine(path, PLAN, clock=clock, key=key) as engine:
        people: list[str] = []
        for number in range(9):
            person, _ = await engine.get_or_create_person("telegram", str(100 + number))
            if people:
                await engine.attribute(person, people[(number - 1) // 2], key=f"came:{number}")
            await engine.join(person, key=f"join:{number}")
            people.append(person)
        for day in range(3):
            for number, person in enumerate(people[1:]):
                await engine.purchase(f"o{day}-{number}", person, 40_000 + 7 * number, "phone", actor="shop")
            clock.pass_days(1)
            await engine.tick()
        await engine.refund("o2-1", 9_000, key="refund", actor="shop")
        await engine.purchase("late", people[3], 5_555, "phone", actor="shop")
        first = await engine.keep_destination(people[0], "sheba", SHEBA)
        second = await engine.keep_destination(people[1], "card", CARD)
        for id, member, destination in (("w1", people[0], first), ("w2", people[0], first), ("w3", people[1], second)):
            await engine.withdraw(id, member, 1_000, destination)
        await engine.authorise("w1", actor="admin")
        await engine.settle("w1", "paid", actor="admin", tracking="T-1")
        await engine.settle("w2", "rejected", actor="admin", reason="wrong card")
        await engine.adjust("a1", people[2], -70, "bank fee", actor="admin")
        met, _ = await engine.get_or_create_person("shop:woo", "7")
        await engine.transaction(lambda books: books.relink("shop:woo", "7", people[4]))
        assert met != people[4]
        await engine.stop_payouts("somebody has to look")
    assert prove_books(path, Vault([key]), clock(), at_full_speed).holds  # which seals the journal
    path_of_shadow(path).unlink()
    with closing(connect(path)) as connection:
        migrate(connection, "machine", MIGRATIONS)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def printed(path: Path) -> tuple[list[str], dict[str, Any]]:
    """Returns the exports, and every row of the ledger with its types; an error is returned as text."""
    rows: dict[str, Any] = {}
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        for table in BOOKS:
            try:
                rows[table] = sorted(map(repr, connection.execute(f"SELECT * FROM {table}")))  # noqa: S608
            except Exception as problem:  # noqa: BLE001 - an error is what it prints then
                rows[table] = repr(problem)
        return [_export(connection, number) for number in range(len(TABLES))], rows


def _export(connection: sqlite3.Connection, number: int) -> str:
    connection.row_factory = sqlite3.Row
    file = io.StringIO()
    try:
        write(TABLES[number], connection, Currency.of("IRT"), file)
    except Exception as problem:  # noqa: BLE001 - an error is what it prints then
        return repr(problem)
    finally:
        connection.row_factory = None
    return file.getvalue()


def pages(path: Path) -> list[int]:
    """Returns the numbers of the pages that hold the ledger's tables and their indexes."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name, tbl_name FROM sqlite_master").fetchall()
        ours = [name for name, table in names if table in BOOKS]
        marks = ",".join("?" * len(ours))
        found = connection.execute(f"SELECT pageno FROM dbstat WHERE name IN ({marks})", ours).fetchall()  # noqa: S608
        return sorted(number for (number,) in found)


def flip(folder: Path, wanted: int, seed: int) -> Flips:
    """Flips bits, one in each copy, until `wanted` of them have changed the ledger's rows or the exports."""
    key, random, done = new_key(), Random(seed), Flips()
    original = folder / "books.db"
    asyncio.run(fill(original, key))
    vault = Vault([key])
    before = printed(original)
    assert verify_file(original, vault).problems == ()
    whole = original.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    where = pages(original)
    for copy in _copies(folder):
        if done.changed == wanted:
            break
        place = (random.choice(where) - 1) * size + random.randrange(size)
        bit = random.randrange(8)
        content = bytearray(whole)
        content[place] ^= 1 << bit
        copy.write_bytes(content)
        done.flipped += 1
        after = printed(copy)
        if after == before:
            continue
        done.changed += 1
        if verify_file(copy, vault).holds:
            told = [table for table in BOOKS if after[1][table] != before[1][table]]
            done.missed.append((place, bit, f"{told} {after[0] != before[0]}"))
    return done


def _copies(folder: Path) -> Iterator[Path]:
    number = 0
    while True:
        copy = folder / f"flipped-{number % 4}.db"
        for each in folder.glob(f"{copy.name}*"):
            each.unlink()
        yield copy
        number += 1
