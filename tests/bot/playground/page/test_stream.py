"""The stream of events: all there was, what comes, where one left off, and a world that takes another's place."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.playground import Phone, Playground
from bot.playground.acts import join, say
from bot.playground.chats import User
from bot.playground.page.stream import told
from bot.playground.world import Settings, World

Said = tuple[str, str, Any]
NADER = User(101, "Nader")


async def read(lines: AsyncIterator[str], until: str, count: int = 1) -> list[Said]:
    """What is said until `until` was said `count` times: (event, id, data)."""
    heard: list[Said] = []
    async with asyncio.timeout(5):
        async for said in lines:
            fields = dict(line.split(": ", 1) for line in said.strip().splitlines() if not line.startswith(":"))
            if "event" in fields:
                heard.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
            if sum(event == until for event, _, _ in heard) >= count:
                return heard
    raise AssertionError(f"the stream ended after {heard}")


def happened(heard: list[Said]) -> list[tuple[str, Any]]:
    return [(id, data["content"]["message"]["text"]) for event, id, data in heard if event == "happened"]


def world_with(*texts: str) -> World:
    world = World(Settings())
    user = join(world, User(101, "Nader"))
    for text in texts:
        say(world, user, text)
    return world


async def lines_of(answer: aiohttp.ClientResponse) -> AsyncIterator[str]:
    while block := await answer.content.readuntil(b"\n\n"):
        yield block.decode()


async def test_a_listener_is_told_what_was_then_that_it_is_live_then_what_comes(
    server: Playground, nader: Phone
) -> None:
    async with aiohttp.ClientSession(server.address.url) as web, web.get("/page/stream") as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        lines = lines_of(answer)
        heard = await read(lines, "live")
        assert [event for event, _, _ in heard] == ["generation", "happened", "live"]
        assert heard[0][2]["now"] == 1_800_000_000_000
        await nader.send("hello")
        (later,) = await read(lines, "happened")
        assert later[2] == (await server.events())[-1]
        assert later[1] == f"{heard[0][2]['world']}.{later[2]['seq']}"


async def test_a_listener_who_comes_back_is_told_only_what_is_new(server: Playground, nader: Phone) -> None:
    await nader.send("second")
    async with aiohttp.ClientSession(server.address.url) as web:
        async with web.get("/page/stream") as answer:
            heard = await read(lines_of(answer), "live")
        last = next(id for event, id, _ in heard if event == "happened")
        for place in ({"headers": {"Last-Event-ID": last}}, {"params": {"after": last}}, {"params": {"after": "1"}}):
            async with web.get("/page/stream", **place) as answer:  # type: ignore[arg-type]
                assert [text for _, text in happened(await read(lines_of(answer), "live"))] == ["second"]


async def test_who_names_another_world_or_nothing_that_can_be_read_is_told_everything() -> None:
    world = world_with("first", "second")
    for place in ((world.stamp + 1, 1), (None, 0), (world.stamp + 1, 99)):
        lines = told(lambda: world, *place)
        assert [text for _, text in happened(await read(lines, "live"))] == ["first", "second"]
        await lines.aclose()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("nader")
async def test_an_unreadable_place_is_the_beginning(server: Playground) -> None:
    async with aiohttp.ClientSession(server.address.url) as web:
        for place in ("", "x", "1.", ".1", "a.1", "-1", "٣x"):
            async with web.get("/page/stream", params={"after": place}) as answer:
                assert len(happened(await read(lines_of(answer), "live"))) == 1, place


async def test_who_asks_for_some_chats_hears_of_no_other(server: Playground, nader: Phone) -> None:
    karim = await server.phone(id=102, first_name="Karim")
    await karim.send("from Karim")
    async with aiohttp.ClientSession(server.address.url) as web:
        async with web.get("/page/stream", params={"chat": "102"}) as answer:
            lines = lines_of(answer)
            assert [text for _, text in happened(await read(lines, "live"))] == ["from Karim"]
            await nader.send("from Nader")
            await karim.send("again")
            assert [text for _, text in happened(await read(lines, "happened"))] == ["again"]
        async with web.get("/page/stream", params={"chat": "x"}) as refused:
            assert refused.status == 400


async def test_a_world_that_takes_anothers_place_is_told_from_its_beginning() -> None:
    worlds = [world_with("of the old")]
    lines = told(lambda: worlds[-1], None, 0)
    old = await read(lines, "live")
    waiting = asyncio.ensure_future(read(lines, "live"))
    await asyncio.sleep(0)
    worlds.append(world_with("of the new", "and more"))
    worlds[0].close()
    new = await waiting
    assert [event for event, _, _ in new] == ["generation", "happened", "happened", "live"]
    assert new[0][2]["world"] == worlds[1].stamp != old[0][2]["world"]
    assert happened(new) == [(f"{worlds[1].stamp}.1", "of the new"), (f"{worlds[1].stamp}.2", "and more")]
    await lines.aclose()  # type: ignore[attr-defined]


async def test_the_stream_ends_with_its_world_when_no_other_takes_its_place() -> None:
    world = world_with("last")
    lines = told(lambda: world, None, 0)
    await read(lines, "live")
    world.close()
    assert [said async for said in lines if not said.startswith(":")] == []


async def test_the_server_stops_at_once_under_an_open_stream(server: Playground) -> None:
    async with aiohttp.ClientSession(server.address.url) as web, web.get("/page/stream") as answer:
        await read(lines_of(answer), "live")


async def test_a_reply_keyboard_is_told_with_its_message() -> None:
    world = world_with("hi")
    keyboard = {"keyboard": [[{"text": "Yes"}]]}
    world.post(world.chats[101], {"text": "Well?"}, keyboard)
    world.post(world.chats[101], {"text": "Plain"}, {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    asked, plain = world.events.after(1)
    assert asked.content["reply_keyboard"] == keyboard
    assert "reply_keyboard" not in plain.content
