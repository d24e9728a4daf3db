"""The sender and time: a clock that is set back, and what is told long after it was written."""

from __future__ import annotations

import asyncio
from random import Random

from bot.kit.effects import Outgoing
from bot.outbox.delivery_result import Blocked, DeliveryResult, Sent, Unconfirmed
from bot.outbox.sender import Limits, Sender
from bot.store.retention import HELD_LIFE_MS
from machine import Store, stopped, text_to, until
from quick_clock import QuickClock


class ClockSetBack(QuickClock):
    """By a day, once `fall` is called; what passes goes on as before."""

    behind = 0

    def fall(self) -> None:
        self.behind = 24 * 3_600_000

    def now(self) -> int:
        return super().now() - self.behind


class Answering:
    """Every call comes to the same end; `asked` counts them."""

    def __init__(self, verdict: DeliveryResult) -> None:
        self.verdict = verdict
        self.asked = 0

    async def deliver(self, outgoing: Outgoing) -> DeliveryResult:  # noqa: ARG002  the message_sender's own
        self.asked += 1
        return self.verdict


async def test_a_silent_platform_costs_a_broadcast_no_more_because_the_clock_was_set_back(store: Store) -> None:
    for number in range(100):
        await store.know(1000 + number, "Sara")
    id = await store.broadcasts.create("update:1", "P1000", 0)
    await store.broadcasts.write(id, "en", "hello")
    await store.broadcasts.start(id, 1000, None, 0)
    while await store.recipients.gather():
        pass
    clock, silence = ClockSetBack(), Answering(Unconfirmed("cut"))
    sender = Sender(
        store.outbox,
        silence,
        clock=clock,
        random=Random(1),
        signals=store.signals,
        limits=Limits(10_000, 10_000, 1_000, 10_000),
        broadcasts=store.recipients,
    )
    task = asyncio.create_task(sender.run())

    async def asked_once() -> bool:
        return silence.asked > 0

    await until(asked_once)
    clock.fall()
    began, before = clock.ticks(), silence.asked
    await asyncio.sleep(0.4)
    await stopped(task)
    assert silence.asked - before <= 8, f"pauses double: {clock.ticks() - began} ms have passed"


async def test_who_has_blocked_the_bot_is_not_asked_without_end_where_the_clock_was_set_back(store: Store) -> None:
    """They seem to have come back after the call left; so it is tried again, but less and less often."""
    clock, refusing = ClockSetBack(), Answering(Blocked("blocked"))
    await store.know(101, "Nader", now=clock.now())
    clock.fall()
    await store.enqueue("update:1", text_to(101, "hello"), now=clock.now())
    sender = Sender(
        store.outbox,
        refusing,
        clock=clock,
        random=Random(1),
        signals=store.signals,
        limits=Limits(10_000, 10_000, 1_000, 10_000),
    )
    task = asyncio.create_task(sender.run())
    await asyncio.sleep(0.4)
    await stopped(task)
    assert 1 <= refusing.asked <= 8


async def test_a_receipt_is_worth_as_much_as_it_is_kept_for_somebody_who_was_away(store: Store) -> None:
    clock, taking = QuickClock(), Answering(Sent(1))
    long_ago = clock.now() - HELD_LIFE_MS + 3_600_000
    await store.know(101, "Nader", now=long_ago)
    await store.outbox.mark_blocked(101, long_ago, long_ago)
    await store.enqueue("notice:1", text_to(101, "paid"), notice=True, now=long_ago)
    await store.know(101, "Nader", now=clock.now())
    sender = Sender(store.outbox, taking, clock=clock, random=Random(1), signals=store.signals)
    task = asyncio.create_task(sender.run())

    async def is_over() -> bool:
        return await store.rows("SELECT state FROM outbox") != [("new",)]

    await until(is_over)
    await stopped(task)
    assert await store.rows("SELECT state FROM outbox") == [("sent",)]
