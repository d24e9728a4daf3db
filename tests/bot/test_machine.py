"""Poller, worker and sender together, against a server over HTTP, killed and started again."""

import asyncio
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from telegram import Update

from bot.botapi.client import PlainBot
from bot.inbox.poller import Poller
from bot.inbox.worker import Worker
from bot.kit.effects import Effects
from bot.outbox.delivery import TelegramDelivery
from bot.outbox.sender import Limits, Sender
from bot.playground.client import Playground
from bot.store.inbox import Received
from bot.store.update_results import FailedUpdate, UpdateOutcome
from machine import Store, killed, text_to, until
from quick_clock import QuickClock


class Echo:
    async def handle(self, update: Update, received: Received) -> UpdateOutcome:  # noqa: ARG002  the dispatcher's own
        if update.message is None or update.message.text is None:
            raise LookupError("no text")
        await asyncio.sleep(0.001)
        return UpdateOutcome(Effects(outgoing=[text_to(update.message.chat.id, f"echo {update.message.text}")]))

    async def apologise(self, received: Received, raw: dict[str, Any]) -> FailedUpdate:  # noqa: ARG002  the dispatcher's own
        return FailedUpdate("E-7K2M")


class Machine:
    """One life of the process."""

    def __init__(self, api: PlainBot, store: Store) -> None:
        clock, random, signals = QuickClock(), Random(1), store.signals
        limits = Limits(per_second=10_000, per_chat_second=10_000, chat_burst=1_000)
        self._sender = Sender(
            store.outbox,
            TelegramDelivery(api, lambda _: b""),
            clock=clock,
            random=random,
            limits=limits,
            signals=signals,
        )
        for_inbox = store.for_inbox(clock)
        self._worker = Worker(for_inbox, api, store.outcomes, Echo(), answer=lambda *_: None)
        poller = Poller(for_inbox, api, timeout_seconds=1)
        self._tasks = [asyncio.create_task(each.run()) for each in (poller, self._worker, self._sender)]

    async def kill(self) -> None:
        polling, working, sending = self._tasks
        polling.cancel()
        await killed(working, self._worker)
        await killed(sending, self._sender)
        await asyncio.gather(polling, return_exceptions=True)


@pytest.mark.parametrize("seed", range(3))
async def test_killed_again_and_again_nothing_is_lost_and_each_kill_repeats_a_message_at_most_once(
    api: PlainBot, server: Playground, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    phones = [await server.phone(100 + number, f"person {number}") for number in range(4)]
    said = [f"{number:02}" for number in range(15)]

    async def speak() -> None:
        for text in said:
            for phone in phones:
                await phone.send(text)
            await asyncio.sleep(0.02)

    speaking = asyncio.create_task(speak())
    kills = 0
    while not speaking.done():
        store = await Store.open(tmp_path / "machine.db")
        machine = Machine(api, store)
        await asyncio.sleep(random.uniform(0.01, 0.15))
        await machine.kill()
        await store.close()
        kills += 1
    store = await Store.open(tmp_path / "machine.db")
    machine = Machine(api, store)

    async def all_is_over() -> bool:
        waiting = "SELECT seq FROM inbox WHERE state = 'new' UNION ALL SELECT id FROM outbox WHERE state = 'new'"
        known = await store.rows("SELECT COUNT(*) FROM inbox")
        return known == [(len(said) * len(phones),)] and not await store.rows(waiting)

    await until(all_is_over, seconds=10)
    assert kills >= 2
    await machine.kill()
    assert await store.rows("SELECT DISTINCT state FROM inbox") == [("done",)]
    await store.close()
    for phone in phones:
        heard = [card.text.removeprefix("echo ") for card in await phone.messages()]
        assert list(dict.fromkeys(heard)) == said
        assert max(Counter(heard).values()) <= 1 + kills
        assert len(heard) <= len(said) + kills


async def test_faults_of_the_platform_and_bad_updates_stop_nobody(
    api: PlainBot, server: Playground, store: Store
) -> None:
    nader = await server.phone(101, "Nader")
    for kind in ("500", "cut_before", "429"):
        await server.fault(kind, "sendMessage")
        await server.fault(kind, "getUpdates")
    await server.inject({"message": {"from": {"id": 101}}}, {"callback_query": []}, {"message": None})
    machine = Machine(api, store)
    await nader.send_sticker()
    await nader.send("hello")
    await nader.receives("echo hello")
    await machine.kill()
    states = [state for (state,) in await store.rows("SELECT state FROM inbox ORDER BY seq")]
    assert states == ["parked", "parked", "parked", "parked", "done"]
    await server.assert_no_violations()


async def test_an_update_delivered_again_under_its_number_is_answered_once(
    api: PlainBot, server: Playground, store: Store
) -> None:
    nader = await server.phone(101, "Nader")
    machine = Machine(api, store)
    await nader.send("hello")
    await nader.receives("echo hello")
    [number] = await server.updates()
    await server.deliver_again(number)
    await nader.send("bye")
    await nader.receives("echo bye")
    await machine.kill()
    assert [card.text for card in await nader.messages()] == ["echo hello", "echo bye"]
