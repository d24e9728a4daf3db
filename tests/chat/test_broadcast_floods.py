"""Broadcasts against the platform's limits and its moods: nobody gets one twice, and nobody waits for it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path

from flood import BROADCASTS_PER_SECOND, Flood, busiest_second, open_flood, pace_of

TEXT = "Ten per cent off"
BURST = 5
"""So many may leave at once when the sender was idle, before the pace begins."""


def once(flood: Flood) -> dict[int, int]:
    return dict.fromkeys(flood.people, 1)


async def test_everybody_gets_it_once_at_the_pace_that_was_promised(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=100) as flood:
        await flood.broadcast(TEXT)
        await flood.until_over()
        assert flood.copies(TEXT) == once(flood)
        came = flood.arrivals(TEXT)
        assert abs(pace_of(came[BURST:]) / BROADCASTS_PER_SECOND - 1) < 0.05
        assert busiest_second(came) <= BROADCASTS_PER_SECOND + BURST
        assert flood.refusals() == 0
        result = await flood.admin.receives("has been sent: 101 of 101", "Sent: 101")
        assert result.labels == [["Broadcasts"]]
        await flood.playground.assert_no_violations()


async def test_an_answer_comes_within_a_second_while_a_broadcast_runs(tmp_path: Path) -> None:
    async with open_flood(tmp_path, people=120) as flood:
        sara = await flood.playground.phone(201, "Sara", language_code="en")
        await sara.send("/start")
        await sara.receives()
        await flood.broadcast(TEXT)
        took = []
        for _ in range(2):
            await asyncio.sleep(1)
            await sara.read_all()
            began = time.monotonic()
            await sara.send("/help")
            await sara.receives("What I can do", timeout=5)
            took.append(time.monotonic() - began)
        assert flood.fates()["new"] > 0, "the broadcast was over before the questions were"
        assert max(took) < 1, took
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
        assert flood.fates() == {"sent": 57, "unknown": 4}
        await flood.admin.receives("has been sent", "May have arrived, not repeated: 4")
