import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.botapi.client import PlainBot
from bot.kit.effects import Outgoing
from bot.outbox.delivery import TelegramDelivery
from bot.outbox.delivery_result import DeliveryResult, Sent
from bot.outbox.sender import LIFE_MS, Limits, Sender
from bot.playground.client import Playground
from bot.playground.phone import Phone, grey_png
from bot.store.outbox import Outbox, OutboxMessage, Priority, fingerprint
from machine import Store, killed, stopped, text_to, until
from quick_clock import QuickClock

FAST = Limits(per_second=10_000, per_chat_second=10_000, chat_burst=1_000)
Start = Callable[..., Sender]


def draw(recipe: dict[str, Any]) -> bytes:
    if recipe["kind"] != "grey":
        raise LookupError(recipe["kind"])
    return grey_png()


@pytest.fixture
async def nader(server: Playground) -> Phone:
    phone = await server.phone(101, "Nader")
    await phone.send("/start")
    return phone


@pytest.fixture
async def start(store: Store, api: PlainBot) -> AsyncIterator[Start]:
    """Starts a sender; stopped at the end."""
    tasks = []

    def begin(clock: QuickClock | None = None, limits: Limits = FAST) -> Sender:
        message_sender = TelegramDelivery(api, draw)
        sender = Sender(
            store.outbox,
            message_sender,
            clock=clock or QuickClock(),
            random=Random(1),
            signals=store.signals,
            limits=limits,
        )
        tasks.append(asyncio.create_task(sender.run()))
        return sender

    yield begin
    for task in tasks:
        await stopped(task)


async def states(store: Store) -> list[str]:
    return [state for (state,) in await store.rows("SELECT state FROM outbox ORDER BY id")]


async def enqueue(store: Store, cause: str, *messages: Outgoing, notice: bool = False) -> None:
    await store.enqueue(cause, *messages, notice=notice, now=QuickClock().now())


def when(store: Store, *wanted: str) -> Callable[[], Any]:
    async def reached() -> bool:
        return await states(store) == list(wanted)

    return reached


def texts(cards: list[Any]) -> list[str]:
    return [card.text for card in cards]


async def test_messages_arrive_in_their_order_and_are_marked_with_their_numbers(
    store: Store, start: Start, nader: Phone
) -> None:
    await enqueue(store, "update:1", *(text_to(101, str(number)) for number in range(6)))
    start()
    await until(when(store, *["sent"] * 6))
    cards = await nader.read_all()
    assert texts(cards) == ["0", "1", "2", "3", "4", "5"]
    ids = await store.rows("SELECT message_id, tries FROM outbox ORDER BY id")
    assert ids == [(card.id, 1) for card in cards]


async def test_what_was_enqueued_twice_is_sent_once(store: Store, start: Start, nader: Phone) -> None:
    for _ in range(2):
        await enqueue(store, "update:1", text_to(101, "once"))
    start()
    await until(when(store, "sent"))
    assert texts(await nader.read_all()) == ["once"]


async def test_a_message_that_comes_while_it_runs_is_sent_when_it_is_told(
    store: Store, start: Start, nader: Phone
) -> None:
    start()
    for number in range(3):
        await enqueue(store, f"update:{number}", text_to(101, str(number)))
        store.signals.outbox_changed.set()
        await nader.receives(str(number))


class OutboxWithALatecomer(Outbox):
    """After a page was read, and before the reader hears of it, `meanwhile` happens, once."""

    meanwhile: Callable[[], Awaitable[None]] | None = None

    async def waiting(self, priority: Priority, after: int, size: int) -> list[OutboxMessage]:
        page = await super().waiting(priority, after, size)
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()
        return page


async def test_a_message_that_comes_while_the_outbox_is_read_is_sent(store: Store, start: Start, nader: Phone) -> None:
    store.outbox = outbox = OutboxWithALatecomer(store.writer, store.reader)
    start()

    async def somebody_is_answered() -> None:
        await enqueue(store, "update:1", text_to(101, "late"))
        store.signals.outbox_changed.set()

    outbox.meanwhile = somebody_is_answered
    await nader.receives("late")


async def test_a_picture_is_drawn_and_uploaded_and_one_that_cannot_be_is_told_of(
    store: Store, start: Start, nader: Phone, server: Playground
) -> None:
    card = Outgoing(101, "sendPhoto", {"caption": "your card"}, picture={"kind": "grey"})
    broken = Outgoing(101, "sendPhoto", {"caption": "another"}, picture={"kind": "purple"})
    await enqueue(store, "update:1", broken, card)
    start()
    assert (await nader.receives("your card")).photo == grey_png()
    await until(when(store, "failed", "sent"))
    [(problem,)] = await store.rows("SELECT problem FROM outbox WHERE state = 'failed'")
    assert "the picture failed" in problem
    await server.assert_no_violations()


@pytest.mark.parametrize("kind", ["500", "cut_before"])
async def test_what_did_not_arrive_is_sent_again_and_arrives_once(
    store: Store, start: Start, nader: Phone, server: Playground, kind: str
) -> None:
    await server.fault(kind, "sendMessage", count=3)
    await enqueue(store, "update:1", text_to(101, "first"), text_to(101, "second"))
    start()
    await until(when(store, "sent", "sent"))
    assert texts(await nader.read_all()) == ["first", "second"]
    assert await store.rows("SELECT tries FROM outbox ORDER BY id") == [(4,), (1,)]


async def test_what_may_have_arrived_is_sent_again_before_what_is_behind_it(
    store: Store, start: Start, nader: Phone, server: Playground
) -> None:
    await server.fault("cut_after", "sendMessage")
    await enqueue(store, "update:1", text_to(101, "receipt N-1"), text_to(101, "second"))
    start()
    await until(when(store, "sent", "sent"))
    assert texts(await nader.read_all()) == ["receipt N-1", "receipt N-1", "second"]


async def test_flood_control_silences_everything_for_as_long_as_was_asked(
    store: Store, start: Start, nader: Phone, server: Playground
) -> None:
    sara = await server.phone(102, "Sara")
    await sara.send("/start")
    await server.fault("429", "sendMessage", retry_after=20)
    clock = QuickClock()
    await enqueue(store, "update:1", text_to(101, "to nader"))
    start(clock)

    async def refused() -> bool:
        return (await server.counts()).get("sendMessage", 0) == 1

    await until(refused)
    refused_at = clock.ticks()
    await enqueue(store, "update:2", text_to(102, "to sara"))
    store.signals.outbox_changed.set()
    await sara.receives("to sara")
    assert clock.ticks() - refused_at > 15_000
    await nader.receives("to nader")
    assert (await server.counts())["sendMessage"] == 3


async def test_a_person_who_blocked_the_bot_is_marked_and_gets_everything_when_they_are_back(
    store: Store, start: Start, nader: Phone, server: Playground
) -> None:
    await store.know(101, "Nader")
    sara = await server.phone(102, "Sara")
    await sara.send("/start")
    await nader.block()
    await enqueue(store, "notice:1", text_to(101, "one"), text_to(101, "two"), text_to(102, "to sara"))
    start()
    await sara.receives("to sara")
    await until(when(store, "blocked", "blocked", "sent"))
    await enqueue(store, "notice:2", text_to(101, "three"))
    store.signals.outbox_changed.set()
    person = await store.people.get("P101")
    assert person is not None
    assert person.blocked
    await nader.unblock()
    await store.know(101, "Nader", now=QuickClock().now())
    store.signals.chat_returned.publish(101)
    await until(when(store, "sent", "sent", "sent", "sent"))
    assert texts(await nader.read_all()) == ["one", "two", "three"]
    assert (await server.counts())["sendMessage"] == 5


async def test_an_edit_changes_its_message_and_one_that_changes_nothing_counts_as_sent(
    store: Store, start: Start, nader: Phone
) -> None:
    await enqueue(store, "update:1", text_to(101, "home"))
    start()
    card = await nader.receives("home")
    edit = Outgoing(101, "editMessageText", {"message_id": card.id, "text": "page two"})
    await enqueue(store, "update:2", edit, edit)
    store.signals.outbox_changed.set()
    await until(when(store, "sent", "sent", "sent"))
    assert texts(await nader.messages()) == ["page two"]


async def test_an_edit_whose_message_is_gone_becomes_a_message_where_it_may(
    store: Store, start: Start, nader: Phone
) -> None:
    params = {"text": "page two"}
    lost = {"message_id": 4_000, **params}
    await enqueue(
        store,
        "update:1",
        Outgoing(101, "editMessageText", lost, fallback=params),
        Outgoing(101, "editMessageText", lost),
    )
    start()
    await until(when(store, "sent", "failed"))
    assert texts(await nader.read_all()) == ["page two"]


async def test_a_message_that_the_platform_refuses_fails_with_a_reference_and_stops_nothing(
    store: Store, start: Start, nader: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    bad = Outgoing(101, "sendMessage", {"text": "<b>open", "parse_mode": "HTML"})
    await enqueue(store, "update:1", bad, text_to(101, "good"), text_to(555, "to nobody"))
    start()
    await until(when(store, "failed", "sent", "failed"))
    assert texts(await nader.read_all()) == ["good"]
    [(problem,), _] = await store.rows("SELECT problem FROM outbox WHERE state = 'failed' ORDER BY id")
    assert problem.startswith("E-")
    assert problem[:6] in caplog.text


async def test_what_is_too_old_is_not_sent_any_more(store: Store, start: Start, nader: Phone) -> None:
    clock = QuickClock()
    for notice, priority in ((False, Priority.ANSWER), (True, Priority.NOTICE)):
        for age, cause in ((LIFE_MS[priority] + 1, "old"), (LIFE_MS[priority] - 60_000, "fresh")):
            message = text_to(101, f"{cause} {priority.name}")
            await store.enqueue(f"{cause}:{priority}", message, notice=notice, now=clock.now() - age)
    start(clock)
    await until(when(store, "failed", "sent", "failed", "sent"))
    assert texts(await nader.read_all()) == ["fresh ANSWER", "fresh NOTICE"]


async def test_the_pace_is_kept_on_the_wire(store: Store, start: Start, nader: Phone) -> None:
    clock = QuickClock(speed=20)
    await enqueue(store, "update:1", *(text_to(101, str(number)) for number in range(6)))
    begun = clock.ticks()
    start(clock, Limits(per_second=30, per_chat_second=1, chat_burst=3))
    await nader.receives("5")
    assert clock.ticks() - begun >= 3_000
    assert len(await nader.read_all()) == 5


async def test_killed_while_sending_each_message_comes_at_most_once_more(store: Store, tmp_path: Path) -> None:
    count = 12
    await enqueue(store, "update:1", *(text_to(101, f"message {number:02}") for number in range(count)))
    arrived: list[str] = []

    class Dying:
        """Delivers, and at every third message the process is gone before it can write that down."""

        async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
            arrived.append(outgoing.params["text"])
            if len(arrived) % 3 == 0:
                died.set()
                await asyncio.Event().wait()
            return Sent(1)

    kills = 0
    while True:
        died = asyncio.Event()
        mine = await Store.open(tmp_path / "machine.db")
        sender = Sender(mine.outbox, Dying(), clock=QuickClock(), random=Random(1), signals=store.signals, limits=FAST)
        task = asyncio.create_task(sender.run())
        dead = asyncio.create_task(died.wait())
        done = asyncio.create_task(until(when(mine, *["sent"] * count)))
        await asyncio.wait({dead, done}, return_when=asyncio.FIRST_COMPLETED)
        finished = done.done()
        for each in (dead, done):
            each.cancel()
        await killed(task, sender)
        await mine.close()
        if finished:
            break
        kills += 1
    assert kills >= 4
    assert list(dict.fromkeys(arrived)) == [f"message {number:02}" for number in range(count)]
    assert len(arrived) == count + kills


async def test_more_messages_than_a_page_are_all_sent(store: Store) -> None:
    arrived: list[tuple[int, str]] = []

    class Notes:
        async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
            arrived.append((outgoing.chat_id, outgoing.params["text"]))
            await asyncio.sleep(0)
            return Sent(None)

    messages = [text_to(number % 40, f"{number:04}") for number in range(1_300)]
    await enqueue(store, "update:1", *messages[:700])
    await enqueue(store, "notice:1", *messages[700:], notice=True)
    sender = Sender(store.outbox, Notes(), clock=QuickClock(), random=Random(1), signals=store.signals, limits=FAST)
    task = asyncio.create_task(sender.run())
    await until(when(store, *["sent"] * 1_300), seconds=20)
    await stopped(task)
    assert len(arrived) == 1_300
    for chat in range(40):
        mine = [text for to, text in arrived if to == chat]
        assert [text for text in mine if text < "0700"] == sorted(text for text in mine if text < "0700")


async def test_a_graceful_stop_writes_down_what_is_on_its_way(store: Store) -> None:
    reached = asyncio.Event()

    class Slow:
        async def deliver(self, outgoing: Outgoing) -> DeliveryResult:  # noqa: ARG002  the message_sender's own
            reached.set()
            await asyncio.sleep(0.05)
            return Sent(9)

    await enqueue(store, "update:1", text_to(101, "hello"))
    sender = Sender(store.outbox, Slow(), clock=QuickClock(), random=Random(1), signals=store.signals, limits=FAST)
    task = asyncio.create_task(sender.run())
    await reached.wait()
    await stopped(task)
    assert await states(store) == ["sent"]


async def test_what_was_sent_is_blanked_and_still_known_by_its_fingerprint(
    store: Store, start: Start, nader: Phone
) -> None:
    await enqueue(store, "update:1", text_to(101, "6037 9910 0000 0004"))
    start()
    await nader.receives("6037 9910 0000 0004")
    await until(lambda: _is_sent(store))
    [(params, known_by)] = await store.rows("SELECT params, fingerprint FROM outbox")
    assert params == "{}"
    assert known_by == fingerprint(101, "sendMessage", {"text": "6037 9910 0000 0004"})


async def _is_sent(store: Store) -> bool:
    return await states(store) == ["sent"]


class FullDisk(Outbox):
    """Nothing can be marked the first `times` times."""

    times = 20

    async def mark_sent(self, letter: OutboxMessage, message_id: int | None, tries: int, now: int) -> None:
        if self.times:
            self.times -= 1
            raise sqlite3.OperationalError("database or disk is full")
        await super().mark_sent(letter, message_id, tries, now)


async def test_a_message_that_has_arrived_is_not_sent_again_because_the_disk_is_full(store: Store) -> None:
    arrived = []

    class Counting:
        async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
            arrived.append(outgoing.params["text"])
            return Sent(len(arrived))

    await enqueue(store, "update:1", text_to(101, "hello"))
    outbox = FullDisk(store.writer, store.reader)
    sender = Sender(outbox, Counting(), clock=QuickClock(), random=Random(1), signals=store.signals, limits=FAST)
    task = asyncio.create_task(sender.run())
    await until(when(store, "sent"))
    await stopped(task)
    assert arrived == ["hello"]
