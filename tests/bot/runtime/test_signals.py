"""A signal wakes everyone who waits for it, and nothing that happens meanwhile is missed."""

import asyncio

from bot.runtime.loop import in_rounds
from bot.runtime.signals import DeferredSignal, Signal, Signals, Topic
from quick_clock import QuickClock


def test_every_subscriber_has_an_event_of_its_own() -> None:
    signal = Signal()
    first, second = signal.subscribe(), signal.subscribe()
    signal.set()
    first.clear()
    assert not first.is_set()
    assert second.is_set(), "one that has read does not keep the other from reading"


def test_one_who_waits_for_several_is_woken_by_each_of_them() -> None:
    given, made, woken = Signal(), Signal(), asyncio.Event()
    assert given.subscribe(woken) is made.subscribe(woken) is woken
    given.set()
    assert woken.is_set()
    woken.clear()
    made.set()
    assert woken.is_set()


def test_a_signal_without_subscribers_is_nobodys() -> None:
    signal = Signal()
    signal.set()
    assert not signal.subscribe().is_set(), "whoever comes later reads what is there first"


async def test_a_signal_during_the_work_brings_another_round() -> None:
    signal, rows, read = Signal(), [1], list[int]()

    async def work() -> None:
        read.extend(rows)
        rows.clear()
        if read == [1]:
            await asyncio.sleep(0)  # while this waits for its own answer, a row comes in
            rows.append(2)
            signal.set()
            await asyncio.sleep(0)

    woken = signal.subscribe()
    running = asyncio.ensure_future(in_rounds(work, woken, QuickClock(), subject="rows", retry_ms=60_000))
    async with asyncio.timeout(5):
        while read != [1, 2]:
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_a_deferred_signal_wakes_at_its_release_and_once() -> None:
    signal = DeferredSignal()
    woken = signal.subscribe()
    signal.release()
    assert not woken.is_set(), "nothing has changed"
    signal.set()
    signal.set()
    assert not woken.is_set()
    signal.release()
    assert woken.is_set()
    woken.clear()
    signal.release()
    assert not woken.is_set()


def test_a_topic_hands_each_value_to_every_subscriber() -> None:
    topic, woken = Topic[int](), asyncio.Event()
    first, second = topic.subscribe(woken), topic.subscribe(asyncio.Event())
    topic.publish(101)
    topic.publish(102)
    assert woken.is_set()
    assert list(first) == list(second) == [101, 102]
    first.clear()
    assert list(second) == [101, 102]


async def test_after_an_update_its_answer_is_sent_before_what_it_caused_is_told() -> None:
    signals, order = Signals(), list[str]()

    async def wait(name: str, event: asyncio.Event) -> None:
        await event.wait()
        order.append(name)

    waiting = [
        asyncio.ensure_future(wait("relay", signals.friends_changed.subscribe())),
        asyncio.ensure_future(wait("sender", signals.answers_added.subscribe())),
    ]
    await asyncio.sleep(0)
    signals.friends_changed.set()
    await asyncio.sleep(0)
    assert order == [], "the update is not done yet"
    signals.update_committed()
    await asyncio.wait_for(asyncio.gather(*waiting), 5)
    assert order == ["sender", "relay"]
