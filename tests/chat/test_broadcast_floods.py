"""Broadcasts against the platform's limits and its moods: nobody gets one twice, and nobody waits for it."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random, SystemRandom

import pytest

from flood import BROADCASTS_PER_SECOND, PER_SECOND, Flood, best_pace_of, busiest_second, open_flood, pace_of
from quick_clock import QuickClock

TEXT = "Ten per cent off"
BURST = 5
"""So many may leave at once when the sender was idle, before the pace begins."""


def once(flood: Flood) -> dict[int, int]:
    return dict.fromkeys(flood.people, 1)


# How fast a flood is depends on the machine here: that it is no slower than promised is what a stepped clock tells
# (tests/bot/outbox/test_send_queue.py), and the long run on a free machine.


async def test_everybody_gets_it_once_and_no_faster_than_was_promised(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=100) as flood:
        await flood.broadcast(TEXT)
        await flood.until_over()
        assert flood.copies(TEXT) == once(flood)
        came = flood.arrivals(TEXT)
        assert pace_of(came[BURST:]) / BROADCASTS_PER_SECOND < 1.05
        assert busiest_second(came) <= BROADCASTS_PER_SECOND + BURST
        assert flood.refusals() == 0
        result = await flood.admin.receives("has been sent: 101 of 101", "Sent: 101")
        assert result.labels == [["Broadcasts"]]
        await flood.playground.assert_no_violations()


async def test_an_answer_overtakes_all_but_a_second_of_a_running_broadcast(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=120) as flood:
        sara = await flood.playground.phone(201, "Sara", language_code="en")
        await sara.send("/start")
        await sara.receives()
        await flood.broadcast(TEXT)
        went_before = []
        for _ in range(2):
            await asyncio.sleep(1)
            await sara.read_all()
            gone = len(flood.arrivals(TEXT))
            await sara.send("/help")
            await sara.receives("What I can do", timeout=30)
            went_before.append(len(flood.arrivals(TEXT)) - gone)
        assert flood.delivery_statuses()["new"] > 0, "the broadcast was over before the questions were"
        assert max(went_before) < BROADCASTS_PER_SECOND, went_before
        await flood.until_over()
        assert flood.refusals() == 0


async def test_whatever_happens_to_its_calls_nobody_gets_it_twice(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=60) as flood:
        for place, (kind, count) in enumerate((("500", 3), ("cut_before", 2), ("429", 4), ("cut_after", 2))):
            for chat_id in flood.people[5 + place : 5 + place + 10 * count : 10]:
                await flood.playground.fault(kind, "sendMessage", chat_id=chat_id)
        await flood.broadcast(TEXT)
        await flood.until_over()
        met = Counter(call["fault"] for call in await flood.playground.calls("sendMessage") if call["fault"])
        assert met == {"500": 3, "cut_before": 2, "429": 4, "cut_after": 2}
        copies, unknown = flood.copies(TEXT), flood.chats_with("unknown")
        assert max(copies.values()) == 1
        missed = {id for id, count in copies.items() if count == 0}
        assert len(missed) == 2
        assert missed < unknown
        assert len(unknown) == 4
        assert flood.delivery_statuses() == {"sent": 57, "unknown": 4}
        await flood.admin.receives("has been sent", "May have arrived, not repeated: 4")


async def test_who_has_blocked_the_bot_is_counted_and_gets_none_later(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=60) as flood:
        before, meanwhile = flood.people[3], flood.people[-1]
        await flood.playground.post(f"users/{before}/block")
        while flood.row("SELECT COUNT(*) FROM profiles WHERE blocked_at IS NOT NULL") == (0,):
            await asyncio.sleep(0.01)
        await flood.broadcast(TEXT)
        flood.world.users[meanwhile].blocked = True  # the bot learns of it when it writes to them
        await flood.until_over()
        assert flood.chats_with("blocked") == {before, meanwhile}
        await flood.admin.receives("has been sent", "Have blocked the bot: 2", timeout=15)
        for id in (before, meanwhile):
            await flood.playground.post(f"users/{id}/say", {"text": "/help"})
        await flood.until_over()
        assert flood.copies(TEXT) == {id: int(id not in (before, meanwhile)) for id in flood.people}


async def test_an_hour_without_the_platform_costs_no_more_than_what_was_on_its_way(tmp_path: Path) -> None:
    clock = QuickClock(speed=10)
    async with open_flood(tmp_path, people=200, clock=clock) as flood:
        await flood.broadcast(TEXT)
        while flood.delivery_statuses()["sent"] < 20:
            await asyncio.sleep(0.01)
        await flood.gate.close()
        await asyncio.sleep(0.5)
        clock.skip(3_600_000)
        await asyncio.sleep(0.5)
        left = flood.delivery_statuses()["new"]
        assert left > 50
        await flood.gate.open()
        await flood.until_over()
        copies, unknown = flood.copies(TEXT), flood.chats_with("unknown")
        assert max(copies.values()) == 1
        assert {id for id, count in copies.items() if count == 0} <= unknown
        assert len(unknown) <= 20


async def test_digests_are_paced_and_come_once(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=150) as flood:
        await flood.tell_everybody("Your week")
        await flood.until_over()
        assert flood.copies("Your week") == once(flood)
        came = flood.arrivals("Your week")
        assert best_pace_of(came[BURST:]) / PER_SECOND < 1.05
        assert busiest_second(came) <= PER_SECOND
        assert flood.refusals() == 0


async def test_digests_are_repeated_with_their_reference_where_the_answer_was_lost(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=60, clock=QuickClock(speed=5)) as flood:
        for place, (kind, count) in enumerate((("500", 3), ("cut_before", 2), ("429", 4), ("cut_after", 3))):
            for chat_id in flood.people[5 + place : 5 + place + 10 * count : 10]:
                await flood.playground.fault(kind, "sendMessage", chat_id=chat_id)
        await flood.tell_everybody("Your week")
        await flood.until_over()
        lost = set(flood.people[8:38:10])
        assert flood.copies("Your week") == {id: 2 if id in lost else 1 for id in flood.people}
        for number, id in enumerate(flood.people, start=1):
            assert set(flood.texts_to(id)) == {f"Your week N-{number}"}
        unsure = {id for (id,) in flood.rows("SELECT chat_id FROM outbox WHERE unsure > 0 AND reference IS NOT NULL")}
        assert lost < unsure
        assert len(unsure) == 5


# Kills


async def flood_with_kills(folder: Path, people: int, kills: int) -> str:
    """Digests and a broadcast at once, from a bot that is killed so often; what is to be said about it."""
    seed = int(os.environ.get("MOAREF_KILLS_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201  what a failure shows
    random = Random(seed)
    async with open_flood(folder, people) as flood:
        await flood.broadcast(TEXT)
        await flood.stop()
        await flood.tell_everybody("Your week")
        await flood.limited(delay_ms=150)  # so that there is always something on its way
        bot, hits = flood.process(), 0
        try:
            while hits < kills:
                await bot.start()
                before = flood.delivery_statuses()["new"]
                while flood.delivery_statuses()["new"] == before and random.random() < 0.995:
                    await asyncio.sleep(0.01)
                await asyncio.sleep(random.uniform(0, 0.5))
                bot.kill()
                hits += 1
            await bot.start_and_wait()
            await flood.until_over(seconds=60 + 2 * people / 20)  # a digest and a letter for each
            assert bot.stop() == 0
        finally:
            bot.kill()
        return looked_over(flood, seed, kills)


def looked_over(flood: Flood, seed: int, kills: int) -> str:
    copies, unknown = flood.copies(TEXT), flood.chats_with("unknown")
    assert max(copies.values()) == 1
    assert {id for id, count in copies.items() if count == 0} <= unknown
    assert set(flood.delivery_statuses()) <= {"sent", "unknown"}
    counted = flood.row("SELECT state, recipients, sent, unknown, blocked + failed + declined FROM broadcasts")
    assert counted == (
        "done",
        len(flood.people) + 1,
        flood.delivery_statuses()["sent"],
        flood.delivery_statuses()["unknown"],
        0,
    )
    digests = flood.copies("Your week")
    assert min(digests.values()) == 1
    assert max(digests.values()) <= 1 + kills
    again = {id for id, count in digests.items() if count > 1}
    unsure = {id for (id,) in flood.rows("SELECT chat_id FROM outbox WHERE unsure > 0 AND reference IS NOT NULL")}
    assert again <= unsure, "what may have come twice is known as such"
    for number, id in enumerate(flood.people, start=1):
        assert {each for each in flood.texts_to(id) if TEXT not in each} == {f"Your week N-{number}"}
    return f"seed {seed}: {kills} kills, {len(unknown)} broadcasts unknown, {len(again)} digests came again"


async def test_kills_leave_nobody_with_two_broadcasts_or_without_a_digest(tmp_path: Path) -> None:
    print(await flood_with_kills(tmp_path, people=60, kills=4))  # noqa: T201  shown by `pytest -rP`


# The long runs


async def latencies(flood: Flood, over: asyncio.Event) -> list[float]:
    """How long somebody who goes on asking waits for each answer, in seconds.

    They want no broadcasts: one in their own chat would put the answer off by what the platform asks for there.
    """
    sara, took = await flood.playground.phone(201, "Sara", language_code="en"), []
    await sara.send("/start")
    await sara.receives(timeout=20)
    person, _ = await flood.app.engine.get_or_create_person("telegram", str(sara.id))
    await flood.app.mail.broadcasts.decline(person, flood.clock.now())
    while not over.is_set():
        await asyncio.sleep(2)
        await sara.read_all()
        began = time.monotonic()
        await sara.send("/help")
        await sara.receives("What I can do", timeout=20)
        took.append(time.monotonic() - began)
    return took


async def paced_flood(folder: Path, people: int) -> str:
    """A broadcast that nothing hinders, and somebody who goes on asking; what is to be said about it."""
    async with open_flood(folder, people) as flood:
        over = asyncio.Event()
        asking = asyncio.create_task(latencies(flood, over))
        await flood.broadcast(TEXT)
        await flood.until_over(seconds=60 + people / 20)
        over.set()
        took = await asking
        assert flood.copies(TEXT) == once(flood)
        came = flood.arrivals(TEXT)
        pace = pace_of(came[BURST:])
        assert abs(pace / BROADCASTS_PER_SECOND - 1) < 0.05, pace
        assert flood.refusals() == 0
        assert max(took) < 1, sorted(took)[-5:]
        return f"{people} people at {pace:.2f} a second; {len(took)} answers, the slowest in {max(took):.2f} s"


async def faulty_flood(folder: Path, people: int) -> str:
    """Digests and a broadcast, each hundredth call of each going wrong in each of four ways."""
    async with open_flood(folder, people) as flood:
        for place, kind in enumerate(("500", "cut_before", "429", "cut_after")):
            for chat_id in flood.people[5 + 10 * place :: 100]:
                await flood.playground.fault(kind, "sendMessage", chat_id=chat_id)
                await flood.playground.fault(kind, "sendMessage", chat_id=chat_id, skip=1)
        await flood.tell_everybody("Your week")
        await flood.broadcast(TEXT)
        await flood.until_over(seconds=120 + people / 5)
        copies, unknown = flood.copies(TEXT), flood.chats_with("unknown")
        assert max(copies.values()) == 1
        assert {id for id, count in copies.items() if count == 0} <= unknown
        digests = flood.copies("Your week")
        assert min(digests.values()) == 1
        assert max(digests.values()) <= 2
        twice = {id for id, count in digests.items() if count > 1}
        assert twice <= set(flood.people[35::100])
        return f"{people} people: {len(unknown)} broadcasts unknown, {len(twice)} digests came again"


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("flooded", [paced_flood, faulty_flood])
async def test_ten_thousand_people(
    tmp_path: Path, flooded: Callable[[Path, int], Awaitable[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    said = await flooded(tmp_path, 10_000)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_ten_thousand_people_and_fifty_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = await flood_with_kills(tmp_path, people=10_000, kills=50)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201
