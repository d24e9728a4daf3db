"""Measures broadcasts on their store (`moaref bench outbox`), against Telegram's rate limit.

Recipients are gathered, claimed and marked as in the running bot; only Telegram is replaced by an instant answer, so
the cost of store and sender is measured.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import SystemRandom
from typing import Final

from bot.broadcasts.recipients import BroadcastRecipients
from bot.broadcasts.repository import BroadcastStore
from bot.cli.benchmarks.figures import Against, Comparison, Comparisons
from bot.cli.benchmarks.scale import OutboxScale
from bot.cli.benchmarks.stored_closes import peak_memory
from bot.kit.broadcasts import BroadcastContent
from bot.kit.effects import Outgoing
from bot.kit.languages import Language
from bot.outbox.delivery_result import DeliveryResult, Sent
from bot.outbox.sender import Limits, Sender
from bot.runtime.clock import SystemClock
from bot.runtime.signals import Signal, Signals
from bot.store import MIGRATIONS
from bot.store.outbox import Outbox
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.store.reader import Reader
from engine.store.writer import Writer

PLATFORM_PER_SECOND: Final = 30
PAGE_SIZE: Final = 500
_AUTHOR: Final = "A000001"
_UNHINDERED: Final = Limits(10**9, 10**9, 10**9, 10**9)


def against(what: str) -> Against:
    """Describes a measurement against Telegram's rate limit."""
    return Against("broadcasts", what, "people a second", f"Telegram accepts {PLATFORM_PER_SECOND} messages a second")


async def measure_outbox(
    folder: Path, scale: OutboxScale, tell: Callable[[str], None]
) -> tuple[list[Comparison], int | None]:
    """Returns all figures, and the process's growth in bytes while all were gathered and some sent to."""
    file = folder / "outbox.db"
    tell("people")
    _settle_in(file, scale.people)
    writer, reader = Writer(file), await Reader.open(file)
    comparisons = Comparisons()
    try:
        outbox = Outbox(writer, reader)
        recipients = BroadcastRecipients(writer, reader, outbox, _said)
        broadcasts = BroadcastStore(writer, reader, Signal())
        before = peak_memory()
        for number in range(scale.rounds):
            tell("gathering")
            id = await _begun(broadcasts, number)
            comparisons.add(against("gathered"), await _gathered(recipients, scale.people), PLATFORM_PER_SECOND)
            tell("claiming and marking")
            rate = await _claimed_and_marked(recipients, scale.letters)
            comparisons.add(against(f"claimed and marked, {PAGE_SIZE} at once"), rate, PLATFORM_PER_SECOND)
            tell("sending")
            rate = await _sent(broadcasts, id, outbox, recipients, scale.letters)
            comparisons.add(against("by the sender, instant answers"), rate, PLATFORM_PER_SECOND)
            await broadcasts.cancel(id, 0)
        after = peak_memory()
    finally:
        await reader.close()
        writer.close()
    return comparisons.figures(), None if before is None or after is None else after - before


def _settle_in(file: Path, people: int) -> None:
    with closing(connect(file)) as connection:
        migrate(connection, "machine", MIGRATIONS)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
            INSERT INTO profiles (person, telegram_id, name, language, first_update, seen_at)
            SELECT printf('A%06d', n), 1000 + n, 'Sara', CASE n % 2 WHEN 0 THEN 'fa' ELSE 'en' END, n, 0 FROM numbers
            """,
            (people,),
        )
        connection.execute("COMMIT")


def _said(content: BroadcastContent, language: Language) -> Outgoing:
    return Outgoing(0, "sendMessage", {"text": content.text_for(language)[1]})


async def _begun(broadcasts: BroadcastStore, number: int) -> int:
    id = await broadcasts.create(f"bench:{number}", _AUTHOR, 0)
    await broadcasts.write(id, "en", "Ten per cent off until Friday")
    await broadcasts.start(id, 1, None, 0)
    return id


async def _gathered(recipients: BroadcastRecipients, people: int) -> float:
    began = time.perf_counter()
    while await recipients.gather():
        pass
    return people / (time.perf_counter() - began)


async def _claimed_and_marked(recipients: BroadcastRecipients, letters: int) -> float:
    """Processes pages: each is claimed in one commit and marked in another."""
    done, began = 0, time.perf_counter()
    while done < letters and (page := await recipients.waiting(PAGE_SIZE)):
        claimed = await recipients.claim(page, 0)
        await asyncio.gather(*(recipients.mark_sent(each, 1, 1, 0) for each in page if each.id in claimed))
        done += len(claimed)
    return done / (time.perf_counter() - began)


class _AtOnce:
    """Answers every call at once, without a network."""

    def __init__(self, letters: int) -> None:
        self.left = letters
        self.done = asyncio.Event()

    async def deliver(self, outgoing: Outgoing) -> DeliveryResult:  # noqa: ARG002  same signature as MessageSender
        self.left -= 1
        if self.left <= 0:
            self.done.set()
        return Sent(1)


async def _sent(
    broadcasts: BroadcastStore, id: int, outbox: Outbox, recipients: BroadcastRecipients, letters: int
) -> float:
    message_sender = _AtOnce(letters)
    sender = Sender(
        outbox,
        message_sender,
        clock=SystemClock(),
        random=SystemRandom(),
        signals=Signals(),
        limits=_UNHINDERED,
        broadcasts=recipients,
    )
    began = time.perf_counter()
    sent_before = (await broadcasts.started(id)).broadcast.counts.sent
    running = asyncio.create_task(sender.run())
    await message_sender.done.wait()
    took = time.perf_counter() - began
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return float((await broadcasts.started(id)).broadcast.counts.sent - sent_before) / took
