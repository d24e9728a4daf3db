"""The herald: how far a broadcast is, in one message that is edited now and then, and its result once."""

from __future__ import annotations

import asyncio

from bot.broadcasts.runner import NEAR_THE_END, PROGRESS_MS, SOON_MS, BroadcastRunner
from bot.kit.broadcasts import Broadcast
from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.store.profiles import Profiles
from machine import ADMIN, Store


class PlainWords:
    """State and counts."""

    def progress(self, broadcast: Broadcast, reader: Person, message_id: int) -> Outgoing:
        said = f"{broadcast.state} {broadcast.counts.sent}/{broadcast.counts.recipients}"
        return Outgoing(reader.chat_id, "editMessageText", {"message_id": message_id, "text": said})

    def result(self, broadcast: Broadcast, reader: Person) -> Outgoing:
        return Outgoing(reader.chat_id, "sendMessage", {"text": f"result: {broadcast.state}"})


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def now(self) -> int:
        return self.ms

    def ticks(self) -> int:
        return self.ms

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        raise NotImplementedError


class Broadcasting:
    """A store with a broadcast to so many people, which the admin of the id 900 has started."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = HandClock()
        self.runner = BroadcastRunner(store.for_outbox(self.clock), store.recipients, store.broadcasts, PlainWords())

    @classmethod
    async def open(
        cls, store: Store, people: int, *, message_id: int | None = 7, author: str = f"P{ADMIN}"
    ) -> Broadcasting:
        await store.know(ADMIN, "Ali")
        for telegram_id in range(1, people):
            await store.know(telegram_id, "Sara")
        id = await store.broadcasts.create("update:1", author, 0)
        await store.broadcasts.write(id, "en", "hello")
        await store.broadcasts.start(id, ADMIN, message_id, 0)
        while await store.recipients.gather():
            pass
        return cls(store)

    async def send(self, count: int) -> None:
        letters = (await self.store.recipients.waiting(count))[:count]
        await self.store.recipients.claim(letters, 0)
        for letter in letters:
            await self.store.recipients.mark_sent(letter, 1, 1, 0)

    async def said(self) -> list[str]:
        """What it has put into the outbox and was not sent yet; then it was."""
        rows = await self.store.rows(
            "SELECT json_extract(params, '$.text') FROM outbox WHERE state = 'new' ORDER BY id"
        )
        await self.end("sent")
        return [text for (text,) in rows]

    async def end(self, state: str) -> None:
        await self.store.writer.run(
            lambda db: db.execute("UPDATE outbox SET state = ?, params = '{}' WHERE state = 'new'", (state,))
        )


async def test_its_message_is_edited_when_something_has_changed_and_seldom(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=NEAR_THE_END + 20)
    await broadcasting.send(3)
    assert await broadcasting.runner.step() == PROGRESS_MS
    assert await broadcasting.said() == ["running 3/120"]
    await broadcasting.send(2)
    await broadcasting.runner.step()
    assert await broadcasting.said() == [], "too soon"
    broadcasting.clock.ms += PROGRESS_MS
    await broadcasting.runner.step()
    assert await broadcasting.said() == ["running 5/120"]
    broadcasting.clock.ms += PROGRESS_MS
    await broadcasting.runner.step()
    assert await broadcasting.said() == [], "nothing has changed"
    await broadcasting.send(20)
    assert await broadcasting.runner.step() == SOON_MS


async def test_while_an_edit_has_not_left_there_is_no_other(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=10)
    for _ in range(3):
        await broadcasting.send(1)
        await broadcasting.runner.step()
        broadcasting.clock.ms += PROGRESS_MS
    assert await broadcasting.said() == ["running 1/10"]


async def test_the_result_is_a_new_message_and_comes_once(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=3)
    await broadcasting.send(3)
    for _ in range(2):
        assert await broadcasting.runner.step() is None
    assert await broadcasting.said() == ["done 3/3", "result: done"]


async def test_without_a_message_to_edit_there_is_the_result(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=3, message_id=None)
    await broadcasting.send(1)
    await broadcasting.runner.step()
    assert await broadcasting.said() == []
    await broadcasting.send(2)
    await broadcasting.runner.step()
    assert await broadcasting.said() == ["result: done"]


async def chats_of(store: Store) -> list[int]:
    return [chat for (chat,) in await store.rows("SELECT chat_id FROM outbox ORDER BY id")]


async def test_whoever_started_what_another_wrote_sees_how_far_it_is_and_both_have_the_result(store: Store) -> None:
    store.people = Profiles(store.writer, store.reader, frozenset({ADMIN, 1}))
    broadcasting = await Broadcasting.open(store, people=3, author="P1")
    await broadcasting.send(1)
    await broadcasting.runner.step()
    assert await chats_of(store) == [ADMIN], "the message is in the chat of whoever pressed"
    assert await broadcasting.said() == ["running 1/3"]
    await broadcasting.send(2)
    await broadcasting.runner.step()
    assert await chats_of(store) == [ADMIN, ADMIN, 1, ADMIN]
    assert await broadcasting.said() == ["done 3/3", "result: done", "result: done"]


async def test_who_is_no_admin_any_more_hears_nothing_of_their_broadcast_and_the_admins_do(store: Store) -> None:
    store.people = Profiles(store.writer, store.reader, frozenset({2}))
    broadcasting = await Broadcasting.open(store, people=3)
    await broadcasting.send(3)
    await broadcasting.runner.step()
    assert await chats_of(store) == [2]
    assert await broadcasting.said() == ["result: done"]


async def test_a_message_that_cannot_be_edited_any_more_is_left_alone(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=9)
    await broadcasting.send(1)
    await broadcasting.runner.step()
    await broadcasting.end("failed")
    for _ in range(3):
        broadcasting.clock.ms += PROGRESS_MS
        await broadcasting.send(1)
        await broadcasting.runner.step()
    assert await broadcasting.said() == []


async def test_a_paused_one_says_so_and_asks_for_no_more_looks(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=9)
    await broadcasting.send(1)
    await broadcasting.runner.step()
    assert await broadcasting.said() == ["running 1/9"]
    await store.broadcasts.pause(1)
    assert await broadcasting.runner.step() is not None, "it is too soon to say so"
    broadcasting.clock.ms += PROGRESS_MS
    await broadcasting.runner.step()
    assert await broadcasting.said() == ["paused 1/9"]
    assert await broadcasting.runner.step() is None


async def test_a_stopped_one_is_over_when_what_was_on_its_way_is(store: Store) -> None:
    broadcasting = await Broadcasting.open(store, people=5)
    (letter,) = (await store.recipients.waiting(1))[:1]
    await store.recipients.claim([letter], 0)
    await store.broadcasts.cancel(1, 5)
    await broadcasting.runner.step()
    assert "result: cancelled" not in await broadcasting.said()
    await store.recipients.mark_sent(letter, 1, 1, 0)
    await broadcasting.runner.step()
    assert await broadcasting.said() == ["cancelled 1/5", "result: cancelled"]
