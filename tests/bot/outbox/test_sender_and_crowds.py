"""Few with very many messages: the newest of what shows the same, and nobody else waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from random import Random

from bot.botapi.client import PlainBot
from bot.kit.effects import Outgoing
from bot.outbox.delivery import TelegramDelivery
from bot.outbox.sender import Limits, Sender
from bot.playground.client import Playground
from machine import Store, stopped, text_to, until
from quick_clock import QuickClock

FAST = Limits(per_second=10_000, per_chat_second=10_000, chat_burst=1_000)


@asynccontextmanager
async def sending(store: Store, api: PlainBot, clock: QuickClock, limits: Limits) -> AsyncIterator[Sender]:
    """A sender that runs; no message of these tests has a picture."""
    sender = Sender(
        store.outbox,
        TelegramDelivery(api, lambda _: b""),
        clock=clock,
        random=Random(1),
        signals=store.signals,
        limits=limits,
    )
    running = asyncio.create_task(sender.run())
    try:
        yield sender
    finally:
        await stopped(running)


async def enqueued(store: Store, cause: str, *messages: Outgoing) -> None:
    await store.enqueue(cause, *messages, now=QuickClock().now())


async def all_are_sent(store: Store) -> bool:
    return await store.rows("SELECT id FROM outbox WHERE state <> 'sent'") == []


async def test_of_fifty_answers_that_show_the_same_the_newest_is_sent_and_every_receipt(
    store: Store, api: PlainBot, server: Playground
) -> None:
    nader = await server.phone(101, "Nader")
    await nader.send("/start")
    for number in range(50):
        screen = replace(text_to(101, f"balance {number}"), kind="balance-card:x")
        await enqueued(store, f"update:{number}", screen, text_to(101, f"receipt {number}"))
    async with sending(store, api, QuickClock(), FAST):
        await until(lambda: all_are_sent(store), 20)
    cards = [card.text for card in await nader.read_all()]
    assert [card for card in cards if card.startswith("receipt")] == [f"receipt {number}" for number in range(50)]
    assert [card for card in cards if card.startswith("balance")] == ["balance 49"]


async def test_an_answer_to_another_goes_within_two_seconds_beside_forty_chats_with_fifty_each(
    store: Store, api: PlainBot, server: Playground
) -> None:
    await enqueued(store, "crowd", *(text_to(1_000 + number % 40, str(number)) for number in range(2_000)))
    sara = await server.phone(102, "Sara")
    await sara.send("/start")
    clock = QuickClock(speed=1)
    async with sending(store, api, clock, Limits()):
        await asyncio.sleep(2)
        await enqueued(store, "sara", text_to(102, "yours"))
        store.signals.outbox_changed.set()
        begun = clock.ticks()
        await sara.receives("yours", timeout=10)
        assert clock.ticks() - begun < 2_000
