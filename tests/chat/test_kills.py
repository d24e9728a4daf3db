"""Killed at any moment and started again, the bot loses nothing, does nothing twice and repeats at most what was
on its way.

The seed of each run is printed; MOAREF_KILLS_SEED runs one again. What the machine does in between is never quite the
same.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom

import pytest

from aftermath import Message, Post, opened, post_of, until_settled
from bot.playground.client import Playground, playground_server
from bot.store import MIGRATIONS as MACHINE_MIGRATIONS
from crowd import Crowd, Known
from engine.store.migrate import migrations_in
from engine.store.sqlite import MIGRATIONS as ENGINE_MIGRATIONS
from engine.verify.ledger import verify_file
from running import BotProcess

FAMILIES = 4
AFTER_AN_ACT_SECONDS = 0.4
WHILE_STARTING = 0.25
"""The share of kills that hit a bot which is just coming up."""
EVERYBODY_ENDS_SECONDS = 90


@dataclass(slots=True)
class Killer:
    """Kills the bot a moment after somebody did something, or while it starts. `at`: when, in ms, UTC."""

    bot: BotProcess
    crowd: Crowd
    random: Random
    start_seconds: float
    at: list[int] = field(default_factory=list)

    async def kill(self, times: int) -> None:
        while len(self.at) < times:
            await self.crowd.next_act()
            await asyncio.sleep(self.random.uniform(0, AFTER_AN_ACT_SECONDS))
            self._strike()
            while len(self.at) < times and self.random.random() < WHILE_STARTING:
                await self.bot.start()
                await asyncio.sleep(self.random.uniform(0, self.start_seconds))
                self._strike()
            await self.bot.start_and_wait()

    def _strike(self) -> None:
        self.bot.kill()
        self.at.append(time.time_ns() // 1_000_000)


@dataclass(slots=True)
class Day:
    """What is left of a day with kills."""

    playground: Playground
    database: Path
    known: Known
    kills: list[int]
    log: str
    post: dict[Message, Post]


async def day_with_kills(playground: Playground, folder: Path, *, kills: int, seed: int) -> Day:
    """A crowd uses the bot while it is killed so often; it is stopped in order when all is done."""
    random = Random(seed)
    bot = BotProcess.prepared(playground, folder)
    began = time.monotonic()
    await bot.start_and_wait()
    crowd = Crowd(playground, random)
    killer = Killer(bot, crowd, random, time.monotonic() - began)
    living = asyncio.create_task(crowd.live(FAMILIES))
    killing = asyncio.create_task(killer.kill(kills))
    try:
        await asyncio.wait({living, killing}, return_when=asyncio.FIRST_COMPLETED)
        if living.done():
            living.result()  # somebody waited in vain
        killing.result()
        crowd.over.set()
        await asyncio.wait_for(living, EVERYBODY_ENDS_SECONDS)
        await until_settled(playground, folder / "moaref.db")
        assert bot.stop() == 0
    finally:
        living.cancel()
        killing.cancel()
        await asyncio.gather(living, killing, return_exceptions=True)
        bot.kill()
    database = folder / "moaref.db"
    return Day(playground, database, crowd.known, killer.at, bot.log, await post_of(playground, database))


def assert_the_books_hold(day: Day) -> None:
    verdict = verify_file(day.database)
    assert verdict.holds, verdict.problems


def assert_what_was_done_is_there_once(day: Day) -> None:
    with opened(day.database) as books:
        called = dict(books.execute("SELECT person, CAST(external_id AS INTEGER) FROM identities"))
        persons = books.execute("SELECT id, sponsor FROM persons").fetchall()
        members = books.execute("SELECT id FROM members").fetchall()
        orders = books.execute("SELECT id, buyer, total, refunded FROM orders").fetchall()
        requests = books.execute("SELECT number, member, amount, state FROM withdrawals").fetchall()
        events = Counter(books.execute("SELECT type FROM journal WHERE refusal IS NULL").fetchall())
        refused = books.execute("SELECT type, content, refusal FROM journal WHERE refusal IS NOT NULL").fetchall()
    known = day.known
    assert refused == []
    assert {called[id]: called.get(sponsor) for id, sponsor in persons} == known.sponsors
    assert {called[id] for (id,) in members} == known.members
    assert {id: (called[buyer], total) for id, buyer, total, _ in orders} == known.purchases
    assert {id: refunded for id, _, _, refunded in orders if refunded} == known.refunds
    assert {number: (called[member], amount, state) for number, member, amount, state in requests} == {
        number: (each.member, each.amount, each.state) for number, each in known.withdrawals.items()
    }
    settled = [each.state for each in known.withdrawals.values() if each.state in ("paid", "rejected", "cancelled")]
    assert events["order",] == len(known.purchases)
    assert events["refund",] == len(known.refunds)
    assert events["withdraw",] == len(known.withdrawals)
    assert events["settle",] == len(settled)


async def assert_no_update_was_lost(day: Day) -> None:
    """Everything that the platform handed out and saw confirmed was handled to its end, once."""
    with opened(day.database) as store:
        stored = Counter(number for (number,) in store.execute("SELECT update_id FROM inbox WHERE state = 'done'"))
        left = store.execute("SELECT update_id, state, problem FROM inbox WHERE state <> 'done'").fetchall()
    assert left == []
    assert stored == Counter(await day.playground.updates())


def assert_messages_came_once_and_once_more_for_a_kill(day: Day) -> None:
    """Each as often as it was to be sent, and again, word for word, only where a kill came between; one in a chat."""
    again: Counter[int] = Counter()
    for post in day.post.values():
        assert post.wanted > 0, f"nobody wrote {post.words}"
        assert post.repeats >= 0, f"came {len(post.arrived)} times of {post.wanted}: {post.words}"
        assert post.repeats <= post.kills_meanwhile(day.kills), f"came {post.repeats} times too often: {post.words}"
        again[post.chat] += post.repeats
    assert all(repeats <= len(day.kills) for repeats in again.values()), again
    with opened(day.database) as store:
        unsent = store.execute("SELECT cause, state, problem FROM outbox WHERE state <> 'sent'").fetchall()
    assert unsent == []


def assert_every_notice_was_written(day: Day) -> None:
    """Whatever the engine noticed is a message, with the reference of its own; what people hear anyway is none."""
    with opened(day.database) as store:
        noticed = store.execute("SELECT number, kind FROM notices WHERE person IS NOT NULL").fetchall()
        written = Counter(
            int(cause.removeprefix("notice:").partition("/")[0])
            for (cause,) in store.execute(
                "SELECT cause FROM outbox WHERE cause LIKE 'notice:%' AND reference IS NOT NULL"
            )
        )
    silent = {"withdrawal_requested", "withdrawal_cancelled"}
    assert {number for number, kind in noticed if kind not in silent} <= set(written)
    assert all(written[number] == 1 for number, kind in noticed if kind not in silent)
    assert not any(written[number] for number, kind in noticed if kind in silent)


async def kill_and_look(folder: Path, kills: int) -> str:
    """One whole run; what is to be said about it."""
    seed = int(os.environ.get("MOAREF_KILLS_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201  what a failure shows
    async with playground_server() as playground:
        day = await day_with_kills(playground, folder, kills=kills, seed=seed)
        assert len(day.kills) == kills
        assert_the_books_hold(day)
        assert_what_was_done_is_there_once(day)
        await assert_no_update_was_lost(day)
        assert_messages_came_once_and_once_more_for_a_kill(day)
        assert_every_notice_was_written(day)
        await playground.assert_no_violations()
    known, post = day.known, day.post.values()
    return (
        f"seed {seed}: {kills} kills, {len(known.sponsors)} people, {len(known.purchases)} purchases, "
        f"{len(known.withdrawals)} withdrawals, {sum(each.wanted for each in post)} messages, "
        f"{sum(each.repeats for each in post)} of them came twice"
    )


async def test_ten_kills_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    said = await kill_and_look(tmp_path, kills=10)
    print(said)  # noqa: T201  shown by `pytest -rP`


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_hundred_kills_lose_nothing_and_do_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await kill_and_look(tmp_path, kills=200)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201


# The first start, on an empty file

MIGRATIONS_SECONDS = 0.03
ALL_MIGRATIONS = len(migrations_in(ENGINE_MIGRATIONS)) + len(migrations_in(MACHINE_MIGRATIONS))
FIRST_FILE_SECONDS_MAX = 90


async def kill_a_first_start(playground: Playground, folder: Path, random: Random) -> int:
    """Kills the bot while it makes its tables; how many migrations it had finished."""
    bot = BotProcess.prepared(playground, folder)
    database = folder / "moaref.db"
    await bot.start()
    await asyncio.to_thread(kill_soon_after_the_file_is_there, bot, database, random.uniform(0, MIGRATIONS_SECONDS))
    finished = migrations_in_order(database)
    await bot.start_and_wait()
    sara = await playground.phone(101, "Sara", language_code="en")
    await sara.send("/link")
    await sara.receives("Your link")
    await until_settled(playground, database)
    assert bot.stop() == 0
    assert len(migrations_in_order(database)) == ALL_MIGRATIONS
    assert verify_file(database).holds
    return len(finished)


def kill_soon_after_the_file_is_there(bot: BotProcess, database: Path, seconds: float) -> None:
    end = time.monotonic() + FIRST_FILE_SECONDS_MAX
    while not database.exists() and time.monotonic() < end:
        time.sleep(0.0002)
    time.sleep(seconds)
    bot.kill()
    assert database.exists(), bot.log


def migrations_in_order(database: Path) -> list[str]:
    """The component of each migration that was made; tables and their record are one.

    Looked up in a copy: what a kill has left wants to be recovered, and that is the bot's to do.
    """
    with tempfile.TemporaryDirectory() as folder:
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as copy:
            return _migrations_in_order(copy)


def _migrations_in_order(store: sqlite3.Connection) -> list[str]:
    tables = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "migrations" not in tables:
        assert tables == set()
        return []
    found = [name for (name,) in store.execute("SELECT component FROM migrations ORDER BY rowid")]
    assert ("engine" in found) == ("journal" in tables) == ("halts" in tables)
    assert ("machine" in found) == ("inbox" in tables) == ("cursors" in tables)
    return found


async def kill_first_starts(folder: Path, times: int) -> str:
    seed = int(os.environ.get("MOAREF_KILLS_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201  what a failure shows
    random = Random(seed)
    finished: Counter[int] = Counter()
    for number in range(times):
        own = folder / str(number)
        own.mkdir()
        async with playground_server() as playground:
            finished[await kill_a_first_start(playground, own, random)] += 1
    return f"seed {seed}: kills after this many migrations: {dict(sorted(finished.items()))}"


async def test_a_first_start_that_is_killed_is_gone_on_with(tmp_path: Path) -> None:
    said = await kill_first_starts(tmp_path, 5)
    print(said)  # noqa: T201


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_twenty_first_starts_that_are_killed_are_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await kill_first_starts(tmp_path, 20)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201
