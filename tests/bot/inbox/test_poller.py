import asyncio
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.inbox.poller import Poller, TokenRefused
from bot.playground.client import Playground
from bot.store.inbox import DEDUPE_WINDOW_MS, Inbox
from bot.transport import PlainBot, build_bot
from machine import Store, stopped, until
from quick_clock import QuickClock


def poller(api: PlainBot, inbox: Inbox, clock: QuickClock | None = None, seconds: int = 1) -> Poller:
    return Poller(
        api,
        inbox,
        clock=clock or QuickClock(),
        random=Random(1),
        stored=lambda: None,
        timeout_seconds=seconds,
    )


async def texts_in(store: Store) -> list[str]:
    return [json.loads(each.content)["message"]["text"] for each in await store.inbox.waiting(0, 1000)]


async def test_updates_are_stored_before_they_are_confirmed(api: PlainBot, server: Playground, store: Store) -> None:
    nader = await server.phone(101, "Nader")
    await nader.send("one")
    await nader.send("two")
    polling = poller(api, store.inbox)
    await polling.poll()
    assert await texts_in(store) == ["one", "two"]
    assert await server.pending_updates() == 2
    await nader.send("three")
    await polling.poll()
    assert await texts_in(store) == ["one", "two", "three"]
    assert await server.pending_updates() == 1


async def test_killed_between_storing_and_confirming_nothing_is_lost_or_doubled(
    api: PlainBot, server: Playground, store: Store, tmp_path: Path
) -> None:
    nader = await server.phone(101, "Nader")
    for number in range(5):
        await nader.send(str(number))
        await poller(api, store.inbox).poll()  # each time a new one: the process was killed before it asked again
        if number:
            await store.close()
        store = await Store.open(tmp_path / "machine.db")
    assert await texts_in(store) == ["0", "1", "2", "3", "4"]
    await store.close()


async def test_what_is_not_stored_is_not_confirmed(api: PlainBot, server: Playground, store: Store) -> None:
    class FullDisk(Inbox):
        full = True

        async def store(self, updates: Any, now: int) -> int:
            if self.full:
                FullDisk.full = False
                raise sqlite3.OperationalError("database or disk is full")
            return await super().store(updates, now)

    nader = await server.phone(101, "Nader")
    await nader.send("precious")
    running = asyncio.create_task(poller(api, FullDisk(store.writer, store.reader)).run())

    async def stored() -> bool:
        return await texts_in(store) == ["precious"]

    await until(stored)
    await stopped(running)


async def test_a_malformed_update_neither_stalls_the_others_nor_is_lost(
    api: PlainBot, server: Playground, store: Store
) -> None:
    nader = await server.phone(101, "Nader")
    await server.inject({"message": {"date": "never"}}, {"message": 5}, {"something_new": {}})
    await nader.send("after them")
    await poller(api, store.inbox).poll()
    assert len(await store.inbox.waiting(0, 10)) == 4


@pytest.mark.parametrize("kind", ["500", "cut_before", "cut_after", "429"])
async def test_when_the_platform_is_in_trouble_polling_goes_on_afterwards(
    api: PlainBot, server: Playground, store: Store, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    nader = await server.phone(101, "Nader")
    await server.fault(kind, "getUpdates", count=3)
    running = asyncio.create_task(poller(api, store.inbox).run())
    await nader.send("hello")

    async def arrived() -> bool:
        return await texts_in(store) == ["hello"]

    await until(arrived)
    await stopped(running)
    ours = [each for each in caplog.records if each.name == "bot.inbox.poller" and each.levelname == "WARNING"]
    assert len(ours) == (3 if kind == "429" else 1)
    assert server.token not in caplog.text


async def test_two_pollers_of_one_bot_are_told_of_each_other(
    api: PlainBot, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    running = [asyncio.create_task(poller(api, store.inbox).run()) for _ in range(2)]

    async def told() -> bool:
        return "another process polls" in caplog.text

    await until(told)
    for task in running:
        await stopped(task)


async def test_a_refused_token_ends_it_with_a_clear_error(server: Playground, store: Store) -> None:
    token = "123456789:AAsecret_secret_secret_secret_12345"
    stranger = build_bot(token, base_url=server.base_url)
    await stranger._request[0].initialize()
    await stranger._request[1].initialize()
    with pytest.raises(TokenRefused) as refused:
        await asyncio.wait_for(poller(stranger, store.inbox).run(), 5)
    assert token not in str(refused.value)
    for request in stranger._request:
        await request.shutdown()


async def test_a_webhook_is_taken_away_first(api: PlainBot, server: Playground, store: Store) -> None:
    await server.set_webhook("https://example.com/hook")
    nader = await server.phone(101, "Nader")
    await nader.send("hello")
    running = asyncio.create_task(poller(api, store.inbox).run())

    async def arrived() -> bool:
        return await texts_in(store) == ["hello"]

    await until(arrived)
    await stopped(running)
    assert (await api.get_webhook_info()).url == ""


async def test_it_asks_for_the_kinds_it_knows_and_after_two_quiet_days_for_no_offset(store: Store) -> None:
    class Answers:
        def __init__(self) -> None:
            self.asked: list[dict[str, Any]] = []

        async def call(
            self, method: str, params: Mapping[str, Any], *, read_timeout: float | None = None
        ) -> list[dict[str, Any]]:
            assert method == "getUpdates"
            self.asked.append(dict(params))
            assert read_timeout is not None
            assert read_timeout > params["timeout"]
            return [{"update_id": 7}] if len(self.asked) == 1 else []

    answers, clock = Answers(), QuickClock()
    polling = Poller(answers, store.inbox, clock=clock, random=Random(1), stored=lambda: None)
    await polling.poll()
    await polling.poll()
    clock.skip(DEDUPE_WINDOW_MS)
    await polling.poll()
    assert [each["offset"] for each in answers.asked] == [None, 8, None]
    assert answers.asked[0]["allowed_updates"] == [
        "message",
        "callback_query",
        "my_chat_member",
        "pre_checkout_query",
        "inline_query",
    ]


async def test_what_somebody_types_in_other_chats_is_answered_and_never_stored(store: Store) -> None:
    typed = {"update_id": 8, "inline_query": {"id": "1", "from": {"id": 101}, "query": "a secret"}}
    said = {"update_id": 7, "message": {"text": "hello"}}
    offsets: list[Any] = []

    class Answers:
        async def call(
            self, _method: str, params: Mapping[str, Any], *, read_timeout: float | None = None
        ) -> list[dict[str, Any]]:
            assert read_timeout is not None
            offsets.append(params["offset"])
            return [said, typed] if len(offsets) == 1 else [{**typed, "update_id": 9}]

    looked_at: list[int] = []
    polling = Poller(
        Answers(),
        store.inbox,
        clock=QuickClock(),
        random=Random(1),
        stored=lambda: None,
        urgent=lambda updates: looked_at.extend(each["update_id"] for each in updates),
    )
    await polling.poll()
    await polling.poll()
    await polling.poll()
    assert looked_at[:3] == [7, 8, 9]
    assert offsets == [None, 9, 10]
    assert await texts_in(store) == ["hello"]
