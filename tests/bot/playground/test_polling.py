"""getUpdates: offsets confirm, one poller at a time, long polls end when something comes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import telegram

from bot.playground import Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


async def ids(call: Call, **params: Any) -> list[int]:
    return [update["update_id"] for update in (await call("getUpdates", **params))["result"]]


async def test_what_is_not_confirmed_comes_again(nader: Phone, call: Call) -> None:
    await nader.send("two")
    assert await ids(call) == [1000, 1001]
    assert await ids(call) == [1000, 1001]
    assert await ids(call, offset=1001) == [1001]
    assert await ids(call, offset=0) == [1001]
    assert await ids(call, offset=1002) == []
    await nader.send("three")
    assert await ids(call, offset=1002) == [1002]


async def test_a_limit_leaves_the_rest_for_later(nader: Phone, call: Call) -> None:
    for text in ("two", "three"):
        await nader.send(text)
    assert await ids(call, limit=2) == [1000, 1001]
    assert await ids(call, offset=1002, limit=2) == [1002]


async def test_a_negative_offset_forgets_all_but_the_last(nader: Phone, call: Call) -> None:
    await nader.send("two")
    assert await ids(call, offset=-1) == [1001]
    assert await ids(call) == [1001]


async def test_a_long_poll_ends_with_what_comes(nader: Phone, call: Call) -> None:
    await ids(call, offset=1001)
    poll = asyncio.create_task(call("getUpdates", offset=1001, timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await nader.send("hello")
    assert [update["message"]["text"] for update in (await poll)["result"]] == ["hello"]


async def test_a_long_poll_ends_with_nothing_when_its_time_is_up(server: Playground, call: Call) -> None:
    assert await server.pending_updates() == 0
    assert (await call("getUpdates", timeout=1))["result"] == []


async def test_a_second_poller_ends_the_first_with_a_conflict(nader: Phone, call: Call) -> None:
    await ids(call, offset=1001)
    first = asyncio.create_task(call("getUpdates", offset=1001, timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(call("getUpdates", offset=1001, timeout=20))
    refused = await first
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: terminated by other getUpdates request")
    await nader.send("hello")
    assert len((await second)["result"]) == 1


async def test_only_the_kinds_asked_for_are_queued(nader: Phone, call: Call) -> None:
    await ids(call, offset=1001, allowed_updates=["callback_query"])
    await nader.send("unheard")
    assert await ids(call) == []
    await ids(call, allowed_updates=["message"])
    await nader.send("heard")
    assert await ids(call) == [1001]


async def test_a_webhook_is_in_the_way_until_it_is_deleted(server: Playground, nader: Phone, call: Call) -> None:
    await server.set_webhook("https://example.org/hook")
    assert (await call("getWebhookInfo"))["result"]["url"] == "https://example.org/hook"
    refused = await call("getUpdates")
    assert refused["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await call("deleteWebhook")
    assert (await call("getWebhookInfo"))["result"] == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 1,
    }
    assert await ids(call) == [1000]
    await call("deleteWebhook", drop_pending_updates=True)
    assert await ids(call) == []
    assert nader.id == 101


async def test_an_update_is_delivered_again_under_its_own_and_a_new_number(
    server: Playground, nader: Phone, call: Call
) -> None:
    await ids(call, offset=1001)
    assert await server.deliver_again(1000, same_id=True) == 1000
    assert await ids(call, offset=1001) == [1000]
    assert await ids(call, offset=1001) == []
    assert await server.deliver_again(1000, same_id=False) == 1001
    again = (await call("getUpdates", offset=1001))["result"]
    assert [(update["update_id"], update["message"]["text"]) for update in again] == [(1001, "/start")]
    assert await server.updates() == [1000, 1001]
    assert nader.id == 101


async def test_injected_updates_come_as_they_are(server: Playground, call: Call) -> None:
    assert await server.inject({"message": {"message_id": "nonsense"}}, {"update_id": 5000, "poll": None}) == [
        1000,
        5000,
    ]
    assert (await call("getUpdates"))["result"] == [
        {"update_id": 1000, "message": {"message_id": "nonsense"}},
        {"update_id": 5000, "poll": None},
    ]
    assert await server.inject({"poll": {}}) == [5001]


async def test_the_librarys_bot_polls(nader: Phone, bot: telegram.Bot) -> None:
    (update,) = await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
    assert update.message is not None
    assert update.effective_user is not None
    assert update.effective_user.language_code == "fa"
    assert update.message.parse_entities(["bot_command"]).popitem()[1] == "/start"
    await nader.send("سلام")
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=1)
    assert update.message is not None
    assert update.message.text == "سلام"


async def test_the_librarys_bot_sees_the_conflict(bot: telegram.Bot, call: Call) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    await call("getUpdates")
    with pytest.raises(telegram.error.Conflict):
        await poll


async def test_a_poller_that_was_killed_leaves_nothing_lost(server: Playground, nader: Phone, call: Call) -> None:
    await ids(call, offset=1001)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TimeoutError):
            await session.post(
                f"{server.base_url}{server.token}/getUpdates",
                json={"offset": 1001, "timeout": 20},
                timeout=aiohttp.ClientTimeout(total=0.1),
            )
    await nader.send("while it was away")
    assert await ids(call, offset=1001, timeout=5) == [1001]
