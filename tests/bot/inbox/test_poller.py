import asyncio
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.botapi.answers import ForeignAnswer
from bot.botapi.client import PlainBot, build_bot
from bot.botapi.protocol import TokenRefused
from bot.inbox.poller import REFUSED_MS, Poller
from bot.inbox.services import InboxServices
from bot.playground.client import Playground
from bot.playground.faults import GatewayAnswer
from bot.runtime.signals import Signals
from bot.store.inbox import DEDUPE_WINDOW_MS, Inbox
from machine import Store, stopped, until
from quick_clock import QuickClock


def services(inbox: Inbox, clock: QuickClock | None = None) -> InboxServices:
    return InboxServices(inbox, clock or QuickClock(), Random(1), Signals())


def poller(api: PlainBot, inbox: Inbox, clock: QuickClock | None = None, seconds: int = 1) -> Poller:
    return Poller(services(inbox, clock), api, timeout_seconds=seconds)


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


@pytest.mark.parametrize("number", [-1, 2**53, 2**63 - 1, "5", None, True])
async def test_an_update_whose_number_is_nobodys_skips_none_of_those_that_come(
    api: PlainBot, server: Playground, store: Store, number: object
) -> None:
    answer = GatewayAnswer(200, "application/json", json.dumps({"ok": True, "result": [{"update_id": number}]}))
    await server.fault("answer_before", "getUpdates", answer=answer)
    polling = poller(api, store.inbox)
    with pytest.raises(ForeignAnswer):
        await polling.poll()
    await (await server.phone(101, "Nader")).send("hello")
    await polling.poll()
    assert await texts_in(store) == ["hello"]


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


async def test_a_token_that_is_refused_for_minutes_ends_it_with_a_clear_error(server: Playground, store: Store) -> None:
    token = "123456789:AAsecret_secret_secret_secret_12345"
    stranger, clock = build_bot(token, base_url=server.base_url), QuickClock(speed=500)
    await stranger.connect()
    with pytest.raises(TokenRefused) as refused:
        await asyncio.wait_for(poller(stranger, store.inbox, clock).run(), 5)
    assert clock.ticks() >= REFUSED_MS
    assert token not in str(refused.value)
    await stranger.shutdown()


NOT_FOUND = '{"ok":false,"error_code":404,"description":"Not Found"}'
ODD = [
    GatewayAnswer(404, "text/html", "<html><title>404 Not Found</title><body>nginx</body></html>"),
    GatewayAnswer(404, "application/json", NOT_FOUND),
    GatewayAnswer(401, "application/json", '{"ok":false,"error_code":401,"description":"Unauthorized"}'),
    GatewayAnswer(403, "application/json", '{"ok":false,"error_code":403,"description":"Forbidden"}'),
    GatewayAnswer(400, "application/json", '{"ok":false,"error_code":400,"description":"Bad Request: x"}'),
    GatewayAnswer(200, "application/json", "null"),
    GatewayAnswer(200, "application/json", "[]"),
    GatewayAnswer(200, "application/json", '{"ok":false}'),
    GatewayAnswer(200, "application/json", '{"ok":true,"result":{}}'),
    GatewayAnswer(200, "application/json", '{"ok":true,"result":[null,5,{"update_id":"7"},{}]}'),
]


@pytest.mark.parametrize("answer", ODD, ids=lambda each: f"{each.status}-{each.body[:32]}")
@pytest.mark.parametrize("method", ["getUpdates", "get*"])
async def test_odd_answers_end_nothing_and_are_one_line_in_the_log(
    api: PlainBot,
    server: Playground,
    store: Store,
    caplog: pytest.LogCaptureFixture,
    method: str,
    answer: GatewayAnswer,
) -> None:
    nader = await server.phone(101, "Nader")
    await server.fault("answer_before", method, count=4, answer=answer)
    running = asyncio.create_task(poller(api, store.inbox, QuickClock(speed=500)).run())
    await nader.send("hello")

    async def arrived() -> bool:
        return await texts_in(store) == ["hello"]

    await until(arrived)
    await stopped(running)
    lines = [each for each in caplog.records if each.name.startswith("bot.") and each.levelname in ("WARNING", "ERROR")]
    assert not any(each.exc_info for each in caplog.records)
    assert "<html>" not in caplog.text
    assert len(lines) == 1


async def test_a_server_that_knows_no_webhooks_is_polled(api: PlainBot, server: Playground, store: Store) -> None:
    await server.fault(
        "answer_before", "getWebhookInfo", count=99, answer=GatewayAnswer(404, "application/json", NOT_FOUND)
    )
    nader = await server.phone(101, "Nader")
    await nader.send("hello")
    running = asyncio.create_task(poller(api, store.inbox).run())

    async def arrived() -> bool:
        return await texts_in(store) == ["hello"]

    await until(arrived)
    await stopped(running)


async def test_a_webhook_that_somebody_sets_meanwhile_is_taken_away(
    api: PlainBot, server: Playground, store: Store
) -> None:
    await server.fault("answer_before", "getWebhookInfo", answer=ODD[0])
    await server.set_webhook("https://example.com/hook")
    nader = await server.phone(101, "Nader")
    running = asyncio.create_task(poller(api, store.inbox).run())
    await nader.send("hello")

    async def arrived() -> bool:
        return await texts_in(store) == ["hello"]

    await until(arrived)
    await stopped(running)


async def test_a_server_that_answers_at_once_with_nothing_is_not_asked_without_a_pause(store: Store) -> None:
    class Hasty:
        asked = 0

        async def call(self, method: str, _params: object, *, read_timeout: float | None = None) -> Any:
            assert method == "getWebhookInfo" or read_timeout is not None
            self.asked += method == "getUpdates"
            return [] if method == "getUpdates" else {}

    hasty = Hasty()
    polling = Poller(services(store.inbox, QuickClock(speed=1)), hasty)
    running = asyncio.create_task(polling.run())
    await asyncio.sleep(0.3)
    await stopped(running)
    assert hasty.asked == 1


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
    polling = Poller(services(store.inbox, clock), answers)
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
        services(store.inbox),
        Answers(),
        urgent=lambda updates: looked_at.extend(each["update_id"] for each in updates),
    )
    await polling.poll()
    await polling.poll()
    await polling.poll()
    assert looked_at[:3] == [7, 8, 9]
    assert offsets == [None, 9, 10]
    assert await texts_in(store) == ["hello"]
