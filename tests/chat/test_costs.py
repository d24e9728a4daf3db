"""What an answer and a purchase ask of the store: how often it is written, and how often it is asked."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.app import App
from bot.cli.benchmarks.lean_platform import LeanPlatform
from bot.cli.benchmarks.people import (
    MillionPeople,
    ask_for_balances,
    pressed,
    record_purchases,
    settle_in,
    until_quiet,
    written,
)
from running import running_app

IDLE_S = 1.2
"""Within it the watchers of the books have looked, and nothing is left to be marked."""
MARKED_S = 0.2
"""Within it the last messages are marked, and the watchers have not looked yet."""
TIMES = 10


class Counted:
    """Counts what one bot's connections do, from `begin` to `end`."""

    def __init__(self, app: App) -> None:
        self._stores = app.stores
        self._statements: Counter[str] = Counter()
        self._jobs = 0

    async def begin(self) -> None:
        def count(connection: sqlite3.Connection) -> None:
            connection.set_trace_callback(lambda statement: self._statements.update([statement.split()[0]]))

        await self._stores.writer.run(count)
        self._statements.clear()
        self._jobs = self._read

    async def end(self) -> tuple[int, int]:
        """Returns the commits, and the visits to the reading threads; without those that end the counting."""
        commits, jobs = self._statements["COMMIT"], self._read - self._jobs
        await self._stores.writer.run(lambda connection: connection.set_trace_callback(None))
        return commits, jobs

    @property
    def _read(self) -> int:
        return self._stores.books.jobs + self._stores.machine.jobs


@asynccontextmanager
async def quiet_bot(folder: Path) -> AsyncIterator[tuple[LeanPlatform, MillionPeople, Counted]]:
    """Yields a bot to which everything has happened once, and which has nothing left to do."""
    async with LeanPlatform.serve() as platform, running_app(platform, folder / "moaref.db") as app:  # type: ignore[arg-type]  # same interface
        people = await settle_in(platform, chains=1, admins=1)
        await record_purchases(platform, people, 1)
        await ask_for_balances(platform, people, 1)
        await until_quiet(platform)
        await asyncio.sleep(IDLE_S)
        yield platform, people, Counted(app)


async def test_a_balance_is_two_commits_and_three_reads(tmp_path: Path) -> None:
    async with quiet_bot(tmp_path) as (platform, people, counted):
        await counted.begin()
        for _ in range(TIMES):
            await ask_for_balances(platform, people, 1)
        commits, reads = await counted.end()
        assert commits <= 2 * TIMES + 2, "the marks of sent answers are part of the next update's commit"
        assert reads <= 4 * TIMES


async def test_a_purchase_with_four_people_told_is_six_commits_and_no_more_than_twenty_reads(tmp_path: Path) -> None:
    async with quiet_bot(tmp_path) as (platform, people, counted):
        sent = (await platform.counts())["sendMessage"]
        platform.inject(written(people.admins[0], f"/purchase {people.buyers[0]} 100000"))
        await platform.until("sendMessage", sent + 1)
        await asyncio.sleep(IDLE_S)
        await counted.begin()
        platform.inject(pressed(platform.sent[-1]))
        await platform.until("sendMessage", sent + 1 + 3)
        await platform.until("editMessageText", 2)
        await asyncio.sleep(MARKED_S)
        commits, reads = await counted.end()
        assert 0 < commits <= 6
        assert 0 < reads <= 20, reads
        assert unmarked(tmp_path) == 0, "all of them are marked"


def unmarked(folder: Path) -> int:
    """Returns the number of messages that are not marked as sent."""
    with closing(sqlite3.connect(folder / "moaref.db")) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM outbox WHERE state <> 'sent'").fetchone()[0])
