"""The timetable on a real file: each slot runs once, whoever ticks, whatever the clock does, whatever fails."""

import asyncio
import multiprocessing
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.kit.calendar_slots import Policy
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.runs import LEASE_MS, Runs
from machine import Store
from ticking import HALF_AN_HOUR, START, Diary, StandingClock, Watched, tick_beside_another

HOUR, DAY = 2 * HALF_AN_HOUR, 48 * HALF_AN_HOUR
NINE = START + 22 * HOUR
"""2026-03-22T09:00:00Z, the first slot of the diary."""
DIARY = "CREATE TABLE diary (job TEXT, slot TEXT)"


async def begun(store: Store, diary: Diary, clock: StandingClock) -> Watched:
    """A timetable that has been looked at once, before anything was due."""
    await store.writer.run(lambda connection: connection.execute(DIARY))
    table = Watched(diary, store.writer, store.reader, clock)
    assert await table.tick() == 0
    return table


async def written(store: Store) -> list[str]:
    return [slot for _, slot in await store.rows("SELECT job, slot FROM diary ORDER BY rowid")]


async def test_a_job_runs_once_at_its_hour_and_not_for_what_was_before_it_was_known(store: Store) -> None:
    clock, diary = StandingClock(), Diary()
    table = await begun(store, diary, clock)
    clock.time = NINE - 1
    assert await table.tick() == 0
    for _ in range(3):
        clock.time += 1
        await table.tick()
    assert await written(store) == ["2026-03-22"]
    assert [(run.at, run.cursor) for run in diary.runs] == [(NINE, "")]


async def test_a_job_that_was_wanted_since_before_its_hour_does_not_wait_for_the_next_day(store: Store) -> None:
    await store.writer.run(lambda connection: connection.execute(DIARY))
    clock = StandingClock(NINE + 10_000)
    await Watched(Diary(since=NINE - 10_000), store.writer, store.reader, clock).tick()
    assert await written(store) == ["2026-03-22"]


@pytest.mark.parametrize(
    ("policy", "ran"),
    [("all", ["2026-03-22", "2026-03-23", "2026-03-24"]), ("latest", ["2026-03-24"]), ("none", [])],
)
async def test_down_for_three_days_the_missed_are_dealt_with_by_policy(
    store: Store, policy: Policy, ran: list[str]
) -> None:
    clock = StandingClock()
    table = await begun(store, Diary(policy=policy), clock)
    clock.time = NINE + 2 * DAY + 2 * HOUR
    await table.tick()
    assert await written(store) == ran
    passed = [slot for (slot,) in await store.rows("SELECT slot FROM runs WHERE state = 'missed' ORDER BY slot")]
    assert sorted([*passed, *ran]) == ["2026-03-22", "2026-03-23", "2026-03-24"]


@pytest.mark.parametrize("policy", ["all", "latest", "none"])
@pytest.mark.parametrize("jump", [HOUR, DAY])
async def test_a_clock_that_goes_forward_and_back_runs_no_slot_twice(store: Store, policy: Policy, jump: int) -> None:
    clock = StandingClock()
    table = await begun(store, Diary(policy=policy), clock)
    for time in (NINE, NINE + jump, NINE, NINE - jump, NINE, NINE + 10 * HALF_AN_HOUR, NINE + DAY, NINE + 2 * DAY):
        clock.time = time
        await table.tick()
    slots = await written(store)
    assert slots == ["2026-03-22", "2026-03-23", "2026-03-24"]


async def test_what_fails_is_tried_again_after_a_pause_and_told(store: Store) -> None:
    clock, diary = StandingClock(NINE - HOUR), Diary(fails={"2026-03-22"})
    table = await begun(store, diary, clock)
    clock.time = NINE
    await table.tick()
    await table.tick()
    assert len(diary.runs) == 1, "not at once"
    [failure] = table.alarms
    assert (failure.job, failure.slot) == ("diary", "2026-03-22")
    assert failure.problem == "LookupError: no ink for 2026-03-22"
    clock.time = NINE + 5 * 60_000
    await table.tick()
    assert len(diary.runs) == 2
    diary.fails.clear()
    clock.time += HOUR
    await table.tick()
    assert await written(store) == ["2026-03-22"]
    assert await store.rows("SELECT state, tries, problem FROM runs WHERE slot = '2026-03-22'") == [("done", 3, None)]


async def test_what_has_to_wait_is_gone_on_with_from_where_it_was_and_is_no_failure(store: Store) -> None:
    clock, diary = StandingClock(), Diary(waits_until=NINE + 90 * 60_000)
    table = await begun(store, diary, clock)
    for time in (NINE, NINE + 30 * 60_000, NINE + 60 * 60_000, NINE + 80 * 60_000):
        clock.time = time
        await table.tick()
    assert [run.cursor for run in diary.runs] == ["", "written"], "it looks once an hour, and when the time has come"
    [record] = await table.records()
    assert (record.failed, record.done_slot, table.alarms) == (0, None, [])
    clock.time, diary.waits_until = NINE + 90 * 60_000, None
    await table.tick()
    assert [run.slot for run in diary.runs] == ["2026-03-22"] * 3
    assert (await table.records())[0].done_slot == "2026-03-22"


async def test_money_waits_for_the_slot_that_failed_and_a_digest_goes_on_with_the_next(store: Store) -> None:
    for policy, ran in (("all", []), ("latest", ["2026-03-23"])):
        await store.writer.run(lambda connection: connection.execute("DROP TABLE IF EXISTS diary").fetchall())
        await store.writer.run(lambda connection: connection.execute("DELETE FROM runs").fetchall())
        clock = StandingClock()
        table = await begun(store, Diary(policy=policy, fails={"2026-03-22"}), clock)  # type: ignore[arg-type]
        for time in (NINE, NINE + DAY):
            clock.time = time
            await table.tick()
        assert await written(store) == ran


async def test_one_job_s_failure_does_not_stop_another(store: Store) -> None:
    clock = StandingClock()
    table = await begun(store, Diary(hours=(9, 10)), clock)
    broken = Diary(name="broken", fails={"2026-03-22"})
    table.jobs = {"broken": broken, **table.jobs}
    await table.tick()
    clock.time = NINE + HOUR
    await table.tick()
    assert len(broken.runs) == 1
    assert await written(store) == ["2026-03-22", "2026-03-22"]


async def test_a_zone_that_the_machine_does_not_know_keeps_nobody_else_from_their_turn(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    clock = StandingClock()
    table = await begun(store, Diary(zones=("Mars/Base", "UTC")), clock)
    clock.time = NINE
    await table.tick()
    assert await written(store) == ["2026-03-22"]
    assert "job diary 09: computing its slots failed" in caplog.text


async def test_a_job_that_does_not_know_its_turns_does_not_stop_another(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    clock = StandingClock()
    table = await begun(store, Diary(), clock)

    class Lost(Diary):
        async def schedules(self) -> Sequence[ScheduledJob]:
            raise LookupError("no zone of that name")

    table.jobs = {"lost": Lost(name="lost"), **table.jobs}
    clock.time = NINE
    assert await table.tick() == 1
    assert "job lost: reading its schedules failed" in caplog.text


async def test_a_run_whose_process_died_is_taken_over_from_where_it_stopped(store: Store) -> None:
    clock, diary = StandingClock(), Diary()
    table = await begun(store, diary, clock)

    class Killed(BaseException):
        pass

    def first_page(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO diary VALUES ('half', 'half')")

    async def half(run: Run) -> None:
        await run.keep(first_page, "P100")
        raise Killed

    clock.time = NINE
    whole, diary.work = diary.work, half  # type: ignore[method-assign]
    with pytest.raises(Killed):
        await table.tick()
    diary.work = whole  # type: ignore[method-assign]
    clock.time = NINE + LEASE_MS - 1
    assert await table.tick() == 0, "it may still be alive"
    clock.time += 1
    assert await table.tick() == 1
    assert [run.cursor for run in diary.runs] == ["P100"]
    assert await written(store) == ["half", "2026-03-22"]


async def test_whoever_was_taken_over_writes_nothing_any_more(store: Store) -> None:
    clock, diary = StandingClock(), Diary()
    table = await begun(store, diary, clock)
    other = Watched(Diary(), store.writer, store.reader, clock, seed=2)
    slept = asyncio.Event()

    async def slow(run: Run) -> None:
        clock.time += LEASE_MS
        await other.tick()
        slept.set()
        await whole(run)

    whole, diary.work = diary.work, slow  # type: ignore[method-assign]
    clock.time = NINE
    await table.tick()
    assert slept.is_set()
    assert await written(store) == ["2026-03-22"]
    assert table.alarms == []


async def test_a_run_by_hand_leaves_the_timetable_as_it_is(store: Store) -> None:
    clock, diary = StandingClock(), Diary()
    table = await begun(store, diary, clock)
    assert await table.run_by_hand("diary", force=True) == "2026-03-21T11:00:00.000Z"
    assert diary.runs[0].scheduled is None
    assert diary.runs[0].force
    clock.time = NINE
    await table.tick()
    assert await written(store) == ["2026-03-21T11:00:00.000Z", "2026-03-22"]
    diary.fails.add("2026-03-22T09:00:00.000Z")
    with pytest.raises(LookupError):
        await table.run_by_hand("diary", force=False)
    clock.time += DAY
    await table.tick()
    assert [run.slot for run in diary.runs][-1] == "2026-03-23", "and is not tried again by itself"


async def test_what_was_done_while_the_clock_was_ahead_keeps_no_slot_from_its_turn(store: Store) -> None:
    clock, diary = StandingClock(), Diary(policy="latest", fails={"2026-05-01"})
    table = await begun(store, diary, clock)
    clock.time = NINE + 40 * DAY
    await table.tick()  # fails
    clock.time += DAY
    await table.tick()
    assert max(run.slot for run in diary.runs).startswith("2026-05-02")
    diary.runs.clear()
    for day in range(3):
        clock.time = NINE + day * DAY
        await table.tick()
        await table.tick()
    assert [run.slot for run in diary.runs] == ["2026-03-22", "2026-03-23", "2026-03-24"]
    assert [record.last_slot for record in await table.records()] == ["2026-03-24"]


async def test_old_runs_are_forgotten_but_for_the_last_of_each_job(store: Store) -> None:
    clock = StandingClock()
    table = await begun(store, Diary(), clock)
    clock.time = NINE + 2 * DAY
    await table.tick()
    runs = Runs(store.writer, store.reader)
    await store.writer.run(lambda connection: runs.tidy(connection, before=clock.time + 1))
    assert await store.rows("SELECT slot FROM runs") == [("2026-03-24",)]
    assert await table.tick() == 0


def test_two_processes_race_through_two_thousand_ticks_and_no_slot_runs_twice_or_not_at_all(tmp_path: Path) -> None:
    rounds, path = 2_000, tmp_path / "machine.db"

    async def prepare() -> None:
        store = await Store.open(path)
        await store.writer.run(lambda connection: connection.execute(DIARY))
        await store.close()

    async def read() -> list[tuple[str, str]]:
        store = await Store.open(path)
        rows = await store.rows("SELECT job, slot FROM diary ORDER BY rowid")
        states = await store.rows("SELECT DISTINCT state FROM runs WHERE state <> 'begun'")
        await store.close()
        assert states == [("done",)]
        return rows

    asyncio.run(prepare())
    spawning = multiprocessing.get_context("spawn")
    barrier = spawning.Barrier(2)
    processes = [
        spawning.Process(target=tick_beside_another, args=(path, rounds, barrier, seed), daemon=True) for seed in (1, 2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
        assert process.exitcode == 0
    ran = asyncio.run(read())
    assert max(Counter(ran).values()) == 1
    end = START + (rounds - 1) * HALF_AN_HOUR
    midnight = START - 11 * HOUR
    moments = [(hour, midnight + day * DAY + hour * HOUR) for hour in (0, 6, 12, 18) for day in range(43)]
    assert Counter(int(job[-2:]) for job, _ in ran) == Counter(hour for hour, at in moments if START < at <= end)
