"""A proof that cannot end has failed: payouts stop, admins are told once, and the process lives."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from books import open_engine
from bot.monitoring.verification import EVERY_MS, RETRY_MS, Verification
from bot.playground import Playground, playground_server
from engine.errors import PayoutsStopped
from engine.service import Engine
from engine.store.connection import connect
from engine.verify.ledger import Verdict, verify_file
from engine.verify.process import prove
from running import ADMIN, KEY, SECOND_ADMIN, running_app
from stores import DIRECT
from ticking import StandingClock

SHEBA = "IR820540102680020817909002"


def written(statement: str, *more: str) -> Callable[[Path], None]:
    """Damage by statements that no program of ours makes."""

    def damage(path: Path) -> None:
        with closing(connect(path)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for trigger in triggers:
                connection.execute(f"DROP TRIGGER {trigger['name']}")
            for each in (statement, *more):
                connection.execute(each)
            for trigger in triggers:
                connection.execute(trigger["sql"])
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return damage


def torn(table: str) -> Callable[[Path], None]:
    """Damage to the first page of a table, as a disk leaves it that has written half of it."""

    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
        with path.open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xff" * (size // 2))

    return damage


def without_not_null(table: str, column: str) -> Callable[[Path], None]:
    """A NULL where none can be: the table's own rule is taken away and put back."""

    def damage(path: Path) -> None:
        with closing(connect(path)) as connection:
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            loose = sql.replace(f"{column} INTEGER NOT NULL", f"{column} INTEGER")
            assert loose != sql
            for text in (loose, sql):
                connection.execute("PRAGMA writable_schema = ON")
                connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (text, table))
                connection.execute("PRAGMA writable_schema = RESET")
                if text == loose:
                    connection.execute(f"UPDATE {table} SET {column} = NULL WHERE number = 1")  # noqa: S608

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a row of text that is no UTF-8": written("UPDATE members SET rank = CAST(x'62ff73' AS TEXT) WHERE number = 1"),
    "an event that is no UTF-8": written("UPDATE journal SET content = CAST(x'ff' AS TEXT) WHERE seq = 2"),
    "a note that is no UTF-8": written("UPDATE journal SET details = CAST(x'ff' AS TEXT) WHERE seq = 2"),
    "a torn page of transfers": torn("transfers"),
    "a torn page of the orders": torn("orders"),
    "a torn page of notices": torn("notices"),
    "sums that overflow": written(
        "UPDATE transfers SET amount = 9000000000000000000",
        "UPDATE members SET earnings = 9000000000000000000 WHERE number = 1",
    ),
    "a NULL where none can be": without_not_null("members", "earnings"),
    "an event that nests too deep": written(
        "UPDATE journal SET content = replace(hex(zeroblob(100000)), '0', '[') WHERE seq = 2",
    ),
}


async def fill(path: Path, key: str = KEY) -> None:
    """Two members, and a withdrawal that is approved and waits to be paid."""
    async with open_engine(path, DIRECT, key=key) as engine:
        person = ""
        for number in (1, 2):
            person, _ = await engine.get_or_create_person("shop:x", str(number))
            await engine.join(person, key=f"join:{number}")
            await engine.adjust(f"a{number}", person, 50_000, "a present", actor="admin")
        await engine.withdraw("w1", person, 10_000, await engine.keep_destination(person, "sheba", SHEBA))
        await engine.authorise("w1", actor="admin")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_whatever_damage_keeps_the_proof_from_its_end_is_a_verdict(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    await fill(tmp_path / "books.db")
    assert verify_file(tmp_path / "books.db").holds
    damage(tmp_path / "books.db")
    assert not verify_file(tmp_path / "books.db").holds


async def paid(engine: Engine) -> bool:
    try:
        await engine.settle("w1", "paid", actor="admin", key="attempt")
    except PayoutsStopped:
        return False
    return True


async def alarms(server: Playground) -> list[int]:
    """Whom the bot has told that the books do not add up."""
    told = []
    for admin in (ADMIN, SECOND_ADMIN):
        phone = await server.phone(admin, "admin")
        told += [admin for message in await phone.messages() if "do not add up" in message.text]
    return told


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("damage", ["a row of text that is no UTF-8", "a torn page of notices", "sums that overflow"])
async def test_a_bot_on_a_damaged_store_lives_pays_nobody_and_tells_each_admin_once(
    damage: str, tmp_path: Path
) -> None:
    path = tmp_path / "moaref.db"
    await fill(path)
    async with playground_server() as server:
        for admin in (ADMIN, SECOND_ADMIN):
            await (await server.phone(admin, "admin")).send("/start")
        async with running_app(server, path, DIRECT):
            await asyncio.sleep(0.5)
        DAMAGES[damage](path)
        for start in range(2):  # each start proves the books: told at the first
            async with running_app(server, path, DIRECT, restarted=True) as app:

                async def halted() -> bool:
                    return bool(await app.stores.machine.fetch("SELECT 1 FROM halts"))

                await until(halted)
                if start:
                    await asyncio.sleep(2)

                async def all_told() -> bool:
                    return sorted(await alarms(server)) == [ADMIN, SECOND_ADMIN]

                await until(all_told)
                assert not await paid(app.engine)
        assert sorted(await alarms(server)) == [ADMIN, SECOND_ADMIN]


async def test_damage_from_while_the_bot_was_off_is_found_before_the_first_payment(tmp_path: Path) -> None:
    path = tmp_path / "moaref.db"
    await fill(path)
    written("UPDATE members SET available = available + 1")(path)
    async with playground_server() as server, running_app(server, path, DIRECT) as app:
        assert not await paid(app.engine)


async def test_a_payment_right_after_a_start_waits_for_the_proof_and_goes_through(tmp_path: Path) -> None:
    path = tmp_path / "moaref.db"
    await fill(path)
    async with playground_server() as server, running_app(server, path, DIRECT) as app:
        assert await paid(app.engine)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE clock SET boot = CAST(x'fffe80' AS TEXT)",
        "UPDATE clock SET at = 9223372036854775807",
        "UPDATE clock SET ticks = -1",
        "UPDATE bot_account SET username = CAST(x'fffe80' AS TEXT)",
        "UPDATE profiles SET name = CAST(x'fffe80' AS TEXT)",
        "UPDATE inbox SET content = CAST(x'fffe80' AS TEXT), state = 'new', finished_at = NULL",
    ],
)
async def test_a_damaged_row_of_the_machine_ends_no_start_and_keeps_nobody_from_an_answer(
    change: str, tmp_path: Path
) -> None:
    path = tmp_path / "moaref.db"
    async with playground_server() as server:
        phone = await server.phone(ADMIN, "Hamid", language_code="en")
        await phone.send("/start")
        async with running_app(server, path, DIRECT):
            await phone.receives(timeout=20)
            await asyncio.sleep(0.5)
        written(change)(path)
        async with running_app(server, path, DIRECT, restarted=True):
            await phone.send("/help")
            await phone.receives("What I can do", timeout=20)


class Proofs:
    """Verdicts, or failures of the proof itself, one after the other; `told` is each alarm."""

    def __init__(self, *outcomes: Verdict | Exception) -> None:
        self.outcomes = list(outcomes)
        self.told: list[tuple[str, int]] = []
        self.deaf = 0

    async def prove(self) -> Verdict:
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def alarm(self, verdict: Verdict, since: int) -> None:
        if self.deaf:
            self.deaf -= 1
            raise sqlite3.OperationalError("database is locked")
        self.told.append((verdict.problems[0], since))


HOLDS, WRONG = Verdict(1, 1, 1, ()), Verdict(1, 1, 1, ("member a: paid differ from the journal",))
FAILURES = (
    MemoryError(),
    OverflowError("too large"),
    sqlite3.DatabaseError("malformed"),
    RecursionError(),
    OSError(12),
)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
async def test_a_proof_that_fails_by_itself_stops_payouts_until_one_holds(failure: Exception, tmp_path: Path) -> None:
    await fill(tmp_path / "books.db")
    async with open_engine(tmp_path / "books.db", key=KEY) as engine:
        proofs = Proofs(failure, failure, HOLDS, failure, HOLDS)
        verification = Verification(engine, proofs.prove, clock=StandingClock(), alarm=proofs.alarm)
        assert not (await verification.verify()).holds
        assert not await paid(engine)
        await verification.verify()
        assert len(proofs.told) == 1  # not at every hour
        await verification.verify()
        await verification.verify()
        assert len(proofs.told) == 2  # again after it has held
        assert not await paid(engine)
        await verification.verify()
        assert await paid(engine)


DOUBTED = Verdict(1, 1, 1, ("member a: paid differ from the journal",), full=False)


async def test_a_failure_since_the_seal_stops_payouts_until_the_proof_in_full_holds(tmp_path: Path) -> None:
    await fill(tmp_path / "books.db")
    async with open_engine(tmp_path / "books.db", key=KEY) as engine:
        paid_meanwhile: list[bool] = []

        async def in_full() -> Verdict:
            if not proofs.outcomes:
                paid_meanwhile.append(await paid(engine))
                return HOLDS
            return await proofs.prove()

        proofs = Proofs(DOUBTED)
        verification = Verification(engine, in_full, clock=StandingClock(), alarm=proofs.alarm)
        assert (await verification.verify()).holds
        assert paid_meanwhile == [False]
        assert proofs.told == []
        assert await paid(engine)


async def test_a_failure_since_the_seal_and_in_full_is_told_once(tmp_path: Path) -> None:
    await fill(tmp_path / "books.db")
    async with open_engine(tmp_path / "books.db", key=KEY) as engine:
        proofs = Proofs(DOUBTED, WRONG)
        verification = Verification(engine, proofs.prove, clock=StandingClock(), alarm=proofs.alarm)
        assert not (await verification.verify()).holds
        assert not await paid(engine)
        assert len(proofs.told) == 1


async def test_who_could_not_be_told_is_told_as_soon_as_they_can_be(tmp_path: Path) -> None:
    await fill(tmp_path / "books.db")
    async with open_engine(tmp_path / "books.db", key=KEY) as engine:
        proofs, clock = Proofs(WRONG, HOLDS), StandingClock(0)
        proofs.deaf = 3
        verification = Verification(engine, proofs.prove, clock=clock, alarm=proofs.alarm)
        while (pause := await verification.step()) == RETRY_MS:
            clock.time += pause
        assert [problem for problem, _ in proofs.told] == [WRONG.problems[0]]
        assert clock.time + pause == EVERY_MS, "the next one is an hour after the last"
        assert not await paid(engine)
        clock.time += pause
        assert await verification.step() == EVERY_MS
        assert await paid(engine)


async def test_payouts_stop_also_where_the_store_cannot_be_written(tmp_path: Path) -> None:
    await fill(tmp_path / "books.db")
    async with open_engine(tmp_path / "books.db", key=KEY) as engine:
        with closing(connect(tmp_path / "books.db")) as connection:
            connection.execute("CREATE TRIGGER full BEFORE INSERT ON halts BEGIN SELECT RAISE (ABORT, 'full'); END")
        proofs = Proofs(WRONG)
        verification = Verification(engine, proofs.prove, clock=StandingClock(), alarm=proofs.alarm)
        await verification.verify()
        assert not await paid(engine)
        assert len(proofs.told) == 1


async def test_a_proof_that_takes_too_long_or_is_killed_has_failed(tmp_path: Path) -> None:
    await fill(tmp_path / "books.db")
    assert (await prove(tmp_path / "books.db", KEY, now=1)).problems == ()
    assert "took longer" in (await prove(tmp_path / "books.db", KEY, now=1, bound_s=0.01)).problems[0]
    assert "status 1" in (await prove(tmp_path / "books.db", "no key", now=1)).problems[0]


async def test_who_no_longer_waits_for_a_proof_ends_it(tmp_path: Path) -> None:
    """A bot that is told to stop does not wait for it, and leaves no process behind."""
    await fill(tmp_path / "books.db")
    waiting = asyncio.ensure_future(prove(tmp_path / "books.db", KEY, now=1))
    await asyncio.sleep(0.1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(waiting, 5)
