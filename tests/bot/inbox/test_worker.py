import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.botapi.client import PlainBot, build_bot
from bot.inbox.worker import Worker
from bot.kit.effects import Effects, Toast
from bot.store.inbox import Received
from bot.store.update_results import FailedUpdate, UpdateOutcome
from machine import Store, killed, stopped, text_to, until
from quick_clock import QuickClock

Handler = Callable[[Update], Awaitable[None]]


class EchoDispatcher:
    """Answers each message with its own text, after whatever the test does first."""

    def __init__(self, before: Handler | None = None) -> None:
        self._before = before
        self.seen: list[str] = []

    async def handle(self, update: Update, received: Received) -> UpdateOutcome:  # noqa: ARG002  the dispatcher's own
        if update.callback_query is not None:
            return UpdateOutcome(Effects(toast=Toast("pressed")), press=update.callback_query.id)
        assert update.message is not None
        text = update.message.text or ""
        if self._before is not None:
            await self._before(update)
        self.seen.append(text)
        return UpdateOutcome(Effects(outgoing=[text_to(update.message.chat.id, text)]))

    async def apologise(self, received: Received, raw: dict[str, Any]) -> FailedUpdate:
        sorry = () if received.sender is None else (text_to(received.sender, "sorry E-7K2M"),)
        return FailedUpdate("E-7K2M", sorry, press=raw.get("callback_query", {}).get("id"))


def written(number: int, sender: int, text: str) -> dict[str, Any]:
    user = {"id": sender, "is_bot": False, "first_name": "Nader"}
    chat = {"id": sender, "type": "private", "first_name": "Nader"}
    message = {"message_id": number, "date": 1, "from": user, "chat": chat, "text": text}
    return {"update_id": number, "message": message}


def pressed(number: int, sender: int) -> dict[str, Any]:
    user = {"id": sender, "is_bot": False, "first_name": "Nader"}
    return {
        "update_id": number,
        "callback_query": {"id": f"p{number}", "from": user, "chat_instance": "1", "data": "x"},
    }


class Rig:
    """A worker over a store; nothing of the platform is needed."""

    def __init__(self, store: Store, dispatcher: EchoDispatcher, workers: int = 16) -> None:
        self.answers: list[tuple[str, Toast | None]] = []
        bot: PlainBot = build_bot("123456789:AAsecret_secret_secret_secret_12345")
        self.worker = Worker(
            store.for_inbox(QuickClock()),
            bot,
            store.outcomes,
            dispatcher,
            answer=lambda press, toast: self.answers.append((press, toast)),
            workers=workers,
        )
        self.task = asyncio.create_task(self.worker.run())


async def over(store: Store) -> bool:
    return await store.rows("SELECT seq FROM inbox WHERE state = 'new'") == []


async def answers_in(store: Store) -> list[tuple[int, str]]:
    return [
        (chat, text.split('"')[3]) for chat, text in await store.rows("SELECT chat_id, params FROM outbox ORDER BY id")
    ]


async def handle_all(store: Store, dispatcher: EchoDispatcher, workers: int = 16) -> Rig:
    rig = Rig(store, dispatcher, workers)
    await until(lambda: over(store))
    await stopped(rig.task)
    return rig


async def test_each_update_is_answered_and_blanked(store: Store) -> None:
    await store.inbox.store([written(1, 101, "a"), written(2, 102, "b")], now=0)
    await handle_all(store, EchoDispatcher())
    assert sorted(await answers_in(store)) == [(101, "a"), (102, "b")]
    assert await store.rows("SELECT state, content FROM inbox") == [("done", None)] * 2


async def test_one_persons_updates_are_handled_in_order_and_one_at_a_time(store: Store) -> None:
    busy = 0

    async def slowly(_: Update) -> None:
        nonlocal busy
        busy += 1
        assert busy == 1
        await asyncio.sleep(0.002)
        busy -= 1

    texts = [str(number) for number in range(20)]
    await store.inbox.store([written(number, 101, text) for number, text in enumerate(texts)], now=0)
    dispatcher = EchoDispatcher(slowly)
    await handle_all(store, dispatcher)
    assert dispatcher.seen == texts
    assert await answers_in(store) == [(101, text) for text in texts]


async def test_different_persons_are_served_side_by_side_up_to_the_number_of_workers(store: Store) -> None:
    busy, most = 0, 0

    async def slowly(_: Update) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.02)
        busy -= 1

    await store.inbox.store([written(number, 100 + number, "hi") for number in range(12)], now=0)
    await handle_all(store, EchoDispatcher(slowly), workers=4)
    assert most == 4


async def test_one_slow_person_holds_up_nobody_else(store: Store) -> None:
    gate = asyncio.Event()

    async def slow_for_one(update: Update) -> None:
        if update.effective_user is not None and update.effective_user.id == 101:
            await gate.wait()

    await store.inbox.store([written(1, 101, "slow"), written(2, 101, "later"), written(3, 102, "quick")], now=0)
    dispatcher = EchoDispatcher(slow_for_one)
    rig = Rig(store, dispatcher)

    async def quick_is_done() -> bool:
        return await answers_in(store) == [(102, "quick")]

    await until(quick_is_done)
    gate.set()
    await until(lambda: over(store))
    await stopped(rig.task)
    assert dispatcher.seen == ["quick", "slow", "later"]


async def test_a_failing_handler_parks_its_update_tells_the_person_and_blocks_nothing(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(update: Update) -> None:
        if update.message is not None and update.message.text == "bad":
            raise KeyError("whatever")

    await store.inbox.store([written(1, 101, "bad"), written(2, 101, "good")], now=0)
    await handle_all(store, EchoDispatcher(fail))
    assert await answers_in(store) == [(101, "sorry E-7K2M"), (101, "good")]
    [(state, reference, problem, content)] = await store.rows(
        "SELECT state, reference, problem, content FROM inbox WHERE update_id = 1"
    )
    assert (state, reference, problem) == ("parked", "E-7K2M", "KeyError: 'whatever'")
    assert "bad" in content
    assert "E-7K2M" in caplog.text
    assert "Traceback" in caplog.text


async def test_a_parked_update_keeps_no_card_of_whoever_wrote_it(store: Store) -> None:
    async def fail(update: Update) -> None:
        assert update.message is not None
        raise ValueError(f"cannot read {update.message.text}")

    await store.inbox.store([written(1, 101, "/withdraw 5000 ۶۰۳۷ ۹۹۱۰ ۰۰۰۰ ۰۰۰۴")], now=0)
    await handle_all(store, EchoDispatcher(fail))
    [(problem, content)] = await store.rows("SELECT problem, content FROM inbox")
    assert "/withdraw ••••0004" in content
    assert '"id":101' in content
    assert problem == "ValueError: cannot read /withdraw ••••0004"


@pytest.mark.parametrize(
    "malformed",
    [
        {"update_id": 1, "message": {"from": {"id": 101}}},
        {"update_id": 1, "message": 5},
        {"update_id": 1, "callback_query": {"id": "p1", "from": {"id": 101}}},
        {"update_id": 1, "message": {"message_id": "x", "date": "never", "chat": [], "from": {"id": 101}}},
    ],
)
async def test_an_update_that_cannot_be_parsed_is_parked_alone(store: Store, malformed: dict[str, Any]) -> None:
    await store.inbox.store([malformed, written(2, 101, "good")], now=0)
    await handle_all(store, EchoDispatcher())
    assert await store.rows("SELECT state FROM inbox ORDER BY seq") == [("parked",), ("done",)]
    assert (101, "good") in await answers_in(store)


async def test_a_press_is_answered_after_the_commit_also_when_its_handling_fails(store: Store) -> None:
    await store.inbox.store([pressed(1, 101)], now=0)
    assert (await handle_all(store, EchoDispatcher())).answers == [("p1", Toast("pressed"))]

    class Failing(EchoDispatcher):
        async def handle(self, update: Update, received: Received) -> UpdateOutcome:  # noqa: ARG002  the dispatcher's own
            raise ValueError("no")

    await store.inbox.store([pressed(2, 101)], now=0)
    assert (await handle_all(store, Failing())).answers == [("p2", None)]


async def test_a_store_that_is_busy_for_a_moment_is_asked_again(store: Store) -> None:
    times = 0

    async def locked_twice(_: Update) -> None:
        nonlocal times
        times += 1
        if times <= 2:
            raise sqlite3.OperationalError("database is locked")

    await store.inbox.store([written(1, 101, "a")], now=0)
    await handle_all(store, EchoDispatcher(locked_twice))
    assert await answers_in(store) == [(101, "a")]


async def test_killed_while_handling_the_update_is_handled_again_and_answered_once(
    store: Store, tmp_path: Path
) -> None:
    await store.inbox.store([written(1, 101, "first"), written(2, 101, "second"), written(3, 102, "other")], now=0)
    reached = asyncio.Event()

    async def hang(update: Update) -> None:
        if update.effective_user is not None and update.effective_user.id == 101:
            reached.set()
            await asyncio.Event().wait()

    rig = Rig(store, EchoDispatcher(hang))
    await reached.wait()
    await killed(rig.task, rig.worker)
    again = await Store.open(tmp_path / "machine.db")
    dispatcher = EchoDispatcher()
    await handle_all(again, dispatcher)
    assert [text for text in dispatcher.seen if text != "other"] == ["first", "second"]
    answers = await answers_in(again)
    assert [each for each in answers if each[0] == 101] == [(101, "first"), (101, "second")]
    assert answers.count((102, "other")) == 1
    await again.close()


async def test_what_comes_while_it_runs_is_handled_when_it_is_told(store: Store) -> None:
    dispatcher = EchoDispatcher()
    rig = Rig(store, dispatcher)
    for number in range(5):
        await store.inbox.store([written(number, 101, str(number))], now=0)
        store.signals.updates_stored.set()
        await until(lambda: over(store))
    await stopped(rig.task)
    assert dispatcher.seen == ["0", "1", "2", "3", "4"]


async def test_more_updates_than_a_page_are_all_handled_in_each_persons_order(store: Store) -> None:
    updates = [written(number, 100 + number % 7, str(number)) for number in range(450)]
    await store.inbox.store(updates, now=0)
    await handle_all(store, EchoDispatcher())
    answers = await answers_in(store)
    for person in range(100, 107):
        assert [int(text) for chat, text in answers if chat == person] == list(range(person - 100, 450, 7))


async def test_a_graceful_stop_waits_for_what_is_in_hand(store: Store) -> None:
    reached = asyncio.Event()

    async def slowly(_: Update) -> None:
        reached.set()
        await asyncio.sleep(0.05)

    await store.inbox.store([written(1, 101, "a")], now=0)
    rig = Rig(store, EchoDispatcher(slowly))
    await reached.wait()
    await stopped(rig.task)
    assert await over(store)


async def test_while_the_store_is_away_for_long_an_update_waits_and_is_not_overtaken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = 33
    finish, park = store.outcomes.finish, store.outcomes.park

    async def finishes(received: Received, outcome: UpdateOutcome, now: int) -> bool:
        nonlocal away
        if away:
            away -= 1
            raise sqlite3.OperationalError("database or disk is full")
        return await finish(received, outcome, now)

    async def parks(received: Received, failed_update: FailedUpdate, now: int) -> bool:
        if away:
            raise sqlite3.OperationalError("database or disk is full")
        return await park(received, failed_update, now)

    monkeypatch.setattr(store.outcomes, "finish", finishes)
    monkeypatch.setattr(store.outcomes, "park", parks)
    await store.inbox.store([written(1, 101, "a"), written(2, 101, "b")], now=0)
    await handle_all(store, EchoDispatcher())
    assert await answers_in(store) == [(101, "a"), (101, "b")]


async def test_one_person_with_thousands_of_updates_delays_nobody_else(store: Store) -> None:
    many = [written(number, 101, f"m{number}") for number in range(1, 3_001)]
    others = [written(3_000 + number, 200 + number, "help") for number in range(1, 4)]
    await store.inbox.store([*many, *others], now=0)
    dispatcher = EchoDispatcher()
    rig = Rig(store, dispatcher)

    async def others_are_answered() -> bool:
        return dispatcher.seen.count("help") == 3

    await until(others_are_answered)
    assert len(dispatcher.seen) <= 40
    await stopped(rig.task)


async def test_what_was_left_in_the_store_is_handled_in_order_and_once(store: Store) -> None:
    updates = [written(number, 101 + number % 3, str(number)) for number in range(1, 400)]
    await store.inbox.store(updates[:300], now=0)
    dispatcher = EchoDispatcher()
    rig = Rig(store, dispatcher)
    await asyncio.sleep(0.05)
    await store.inbox.store(updates[300:], now=0)
    store.signals.updates_stored.set()
    await until(lambda: over(store), 60)
    await stopped(rig.task)
    for person in range(3):
        mine = [int(text) for text in dispatcher.seen if int(text) % 3 == person]
        assert mine == sorted(mine)
    assert len(dispatcher.seen) == 399


async def test_an_update_of_nobody_is_handled_among_the_others(store: Store) -> None:
    odd = [{"update_id": number, "poll": {}} for number in range(1, 30)]
    await store.inbox.store([*odd, written(30, 101, "hello")], now=0)
    dispatcher = EchoDispatcher()
    rig = Rig(store, dispatcher)

    async def answered() -> bool:
        return dispatcher.seen == ["hello"]

    await until(answered)
    await stopped(rig.task)
