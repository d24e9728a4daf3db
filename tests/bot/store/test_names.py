"""The index of names: it holds what people are called now, and finds them among many."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.kit.name_search import Needle, folded_name, needle_of
from bot.store import MIGRATIONS
from bot.store.database import Database
from bot.store.names import Names, fold_names
from earlier_migrations import migrations_before
from engine.store import migrate
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from machine import Store

FIRST = ("سارا", "علی", "Sara", "مریم", "Reza", "محمد", "علی‌رضا", "John")
LAST = ("احمدی", "کریمی", "Smith", "محمدی", "Karimi")
MANY = 20_000
SECONDS_MAX = 0.1
"""Among five times as many it may be no slower: what is read is a page, or the index of parts."""


def sought(typed: str) -> Needle:
    needle = needle_of(typed)
    assert needle is not None
    return needle


async def names_found(store: Store, typed: str) -> list[str]:
    return [each.name for each in await store.people.search(sought(typed), skip=0, size=10)]


async def test_a_part_of_a_name_or_username_finds_everybody_who_has_it(store: Store) -> None:
    await store.know(101, "سارا احمدی", username="sara_a")
    await store.know(102, "Sara Karimi")
    await store.know(103, "علی‌رضا کریمی", username="ali")
    assert await names_found(store, "سارا") == ["سارا احمدی"]
    assert await names_found(store, "sara") == ["Sara Karimi", "سارا احمدی"], "those that begin with it come first"
    assert await names_found(store, "كريمي عليرضا") == ["علی‌رضا کریمی"]
    assert await names_found(store, "رضا") == ["علی‌رضا کریمی"]
    assert await names_found(store, "@ali") == ["علی‌رضا کریمی"]
    assert await names_found(store, "s") == ["Sara Karimi", "سارا احمدی"]
    assert await names_found(store, "ی") == ["سارا احمدی", "علی‌رضا کریمی"]


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', '"" OR ""', "*", "sara*", "NEAR(", "folded:", "😀", "^sara"])
async def test_marks_of_query_languages_are_letters_like_others(store: Store, typed: str) -> None:
    await store.know(101, "Sara")
    await store.know(102, "50% off_'\"*😀 near(folded:^-")
    found = await names_found(store, typed)
    assert "Sara" not in found
    assert found == (["50% off_'\"*😀 near(folded:^-"] if len(typed) == 1 or typed in ("NEAR(", "folded:") else [])


async def test_a_new_name_replaces_the_old_one_and_a_username_moves_with_its_owner(store: Store) -> None:
    await store.know(101, "Nader", username="shop")
    await store.know(101, "Babak", username="shop")
    assert await names_found(store, "nader") == []
    assert await names_found(store, "babak") == ["Babak"]
    await store.know(102, "Sara", username="SHOP")
    assert await names_found(store, "@shop") == ["Sara"]
    assert await names_found(store, "babak") == ["Babak"]
    check = "INSERT INTO profile_name_parts (profile_name_parts, rank) VALUES ('integrity-check', 1)"
    await store.writer.run(lambda db: db.execute(check))


async def test_pages_hold_each_person_once(store: Store) -> None:
    for number in range(9):
        await store.know(101 + number, f"{'Ali' if number % 2 else 'Khalil Ali'} {number}")
    pages = [await store.people.search(sought("ali"), skip=skip, size=4) for skip in (0, 4, 8)]
    names = [each.name for page in pages for each in page]
    assert len(names) == len(set(names)) == 9
    assert [name.startswith("Ali") for name in names] == [True] * 4 + [False] * 5
    assert await store.people.search(sought("ali"), skip=9, size=4) == []


async def test_those_who_came_last_are_known(store: Store) -> None:
    for number in (101, 102, 103):
        await store.know(number, "Sara")
    assert [each.chat_id for each in await store.people.newest(2)] == [103, 102]


async def test_people_of_an_earlier_version_are_folded_once_when_the_store_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "moaref.db"
    with closing(connect(file)) as connection:
        SqliteStore.prepare(connection)
        migrate.apply(connection, "machine", migrations_before("0018_*.sql", MIGRATIONS, tmp_path))
        for number, name in ((101, "'سارا احمدی'"), (102, "CAST(X'FF41' AS TEXT)")):  # the second is damaged
            connection.execute(
                "INSERT INTO profiles (person, telegram_id, name, username, language, first_update, seen_at)"  # noqa: S608
                f" VALUES ('P{number}', {number}, {name}, 'u{number}', 'fa', 1, 1)"
            )
    for folds in (2, 0):
        with closing(connect(file)) as connection:
            migrate.apply(connection, "machine", MIGRATIONS)
            if folds:
                continue
        stores = await Database.open(file)
        try:
            names = Names(stores.machine)
            assert await names.search(sought("احمدی"), skip=0, size=5) == ["P101"]
            assert await names.search(sought("@u102"), skip=0, size=5) == ["P102"]
        finally:
            await stores.close()
    with closing(connect(file)) as connection:
        assert fold_names(connection) == 0


async def test_among_many_a_page_is_found_at_once_however_little_is_typed(store: Store) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        people = [
            (f"Q{n}", 10_000 + n, f"{FIRST[n % len(FIRST)]} {LAST[n % len(LAST)]} {n}", f"user{n}") for n in range(MANY)
        ]
        connection.executemany(
            "INSERT INTO profiles (person, telegram_id, name, username, language, first_update, seen_at)"
            " VALUES (?, ?, ?, ?, 'fa', 1, 1)",
            people,
        )
        connection.executemany(
            "INSERT INTO profile_names (person, folded) VALUES (?, ?)",
            [(person, folded_name(name, username)) for person, _, name, username in people],
        )
        connection.execute("INSERT INTO profile_name_parts (profile_name_parts) VALUES ('rebuild')")

    await store.writer.run(fill)
    for typed in ("س", "m", "ی", "☃", "qz", "sara", "کریمی", "رضا کریمی", "user19999", "nobody at all"):
        needle = sought(typed)
        taken = min([await _seconds(store, needle, skip) for skip in (0, 0, 0)])
        assert taken < SECONDS_MAX, typed
    assert [each.chat_id for each in await store.people.search(sought("user19999"), skip=0, size=2)] == [29_999]


async def _seconds(store: Store, needle: Needle, skip: int) -> float:
    begun = time.perf_counter()
    await store.people.search(needle, skip=skip, size=7)
    return time.perf_counter() - begun
