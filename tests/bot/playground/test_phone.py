"""The phone: what a person does and sees, and how a test reads when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.playground import ControlRefusal, Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


async def last_message(call: Call) -> Json:
    message: Json = (await call("getUpdates"))["result"][-1]["message"]
    return message


async def test_each_message_is_received_once_and_in_any_order(nader: Phone, call: Call) -> None:
    for text in ("one", "two", "one"):
        await call("sendMessage", chat_id=nader.id, text=text)
    assert [(await nader.receives(text)).id for text in ("two", "one", "one")] == [3, 2, 4]
    with pytest.raises(AssertionError, match="nader did not receive 'one' within 0 s"):
        await nader.receives("one", timeout=0)


async def test_receiving_waits_for_what_comes_later(nader: Phone, call: Call) -> None:
    waiting = asyncio.create_task(nader.receives("later", "much"))
    await call("sendMessage", chat_id=nader.id, text="later")
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await call("sendMessage", chat_id=nader.id, text="much later")
    assert (await waiting).text == "much later"


async def test_two_can_wait_on_one_phone(nader: Phone, call: Call) -> None:
    one, two = asyncio.create_task(nader.receives("one")), asyncio.create_task(nader.receives("two"))
    await asyncio.sleep(0.05)
    for text in ("two", "one"):
        await call("sendMessage", chat_id=nader.id, text=text)
    assert [(await one).text, (await two).text] == ["one", "two"]
    assert nader.transcript() == "nader> /start\nbot> two\nbot> one"


async def test_a_failure_shows_the_conversation(nader: Phone, call: Call) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}, {"text": "B", "callback_data": "b"}]]}
    await call("sendMessage", chat_id=nader.id, text="Hello\nthere", reply_markup=keyboard)
    with pytest.raises(AssertionError) as failed:
        await nader.receives("Bye", timeout=0.05)
    assert str(failed.value) == (
        "nader did not receive 'Bye' within 0.05 s\n\nnader> /start\nbot> Hello\n     there\n     [A] [B]"
    )


async def test_silence_can_be_asserted(nader: Phone, call: Call) -> None:
    await nader.receives_nothing(within=0.05)
    await call("sendMessage", chat_id=nader.id, text="surprise")
    with pytest.raises(AssertionError, match="surprise"):
        await nader.receives_nothing(within=0.05)
    assert [card.text for card in await nader.read_all()] == ["surprise"]
    await nader.receives_nothing(within=0)


async def test_a_deep_link_becomes_start_with_its_payload(server: Playground, nader: Phone, call: Call) -> None:
    name = server.bot_username
    for link in (
        f"https://t.me/{name}?start=ab_1",
        f"t.me/{name}?start=ab_1",
        f"tg://resolve?domain={name}&start=ab_1",
    ):
        await nader.open(link)
        message = await last_message(call)
        assert message["text"] == "/start ab_1"
        assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    await nader.open(f"https://t.me/{name}")
    assert (await last_message(call))["text"] == "/start"


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/other_bot?start=x",
        "https://t.me/{}?start=a b",
        "https://t.me/{}?start=" + "x" * 65,
        "https://example.com/{}?start=x",
    ],
)
async def test_a_link_that_could_not_work_is_refused(server: Playground, nader: Phone, link: str) -> None:
    with pytest.raises(ControlRefusal):
        await nader.open(link.format(server.bot_username))


async def test_nobody_writes_in_somebody_else_s_chat_with_the_bot(server: Playground, nader: Phone) -> None:
    await server.phone(102, "Karim")
    with pytest.raises(ControlRefusal, match="another person's chat"):
        await server.post(f"users/{nader.id}/say", {"text": "hello", "chat_id": 102})
    assert (await server.get("chats/102"))["messages"] == []


async def test_people_send_stickers_photos_and_documents(nader: Phone, call: Call) -> None:
    await nader.send_sticker("🎉")
    assert (await last_message(call))["sticker"]["emoji"] == "🎉"
    await nader.send_photo(caption="see")
    message = await last_message(call)
    assert (message["caption"], message["photo"][-1]["width"]) == ("see", 16)
    await nader.send_document("list.csv", b"1,2", "text/csv")
    assert (await last_message(call))["document"]["mime_type"] == "text/csv"
    await nader.look()
    assert nader.transcript().splitlines() == [
        "nader> /start",
        "nader> (sticker)",
        "nader> (photo) see",
        "nader> (document)",
    ]


async def test_an_edit_is_received_like_a_message(nader: Phone, call: Call) -> None:
    await call("sendMessage", chat_id=nader.id, text="working")
    await call("editMessageText", chat_id=nader.id, message_id=2, text="done")
    card = await nader.receives("done")
    assert (card.id, card.edited) == (2, True)
    assert (await nader.receives("working")).edited is False
    assert nader.transcript().splitlines()[-1] == "bot> (edited) done"


async def test_names_may_be_anything_and_may_change(server: Playground, call: Call) -> None:
    name = "<b>\u202eمریم" + "x" * 4000
    maryam = await server.phone(id=103, first_name=name)
    await maryam.send("hello")
    assert (await last_message(call))["from"]["first_name"] == name
    again = await server.phone(id=103, first_name="Maryam", last_name="K", language_code="fa")
    await again.send("hello")
    assert (await last_message(call))["from"]["last_name"] == "K"


async def test_the_whole_server_tells_one_story(server: Playground, nader: Phone, call: Call) -> None:
    sara = await server.phone(id=102, first_name="Sara")
    await sara.send("hi")
    await call("sendMessage", chat_id=nader.id, text="Sara came")
    await sara.block()
    assert await server.transcript() == "nader> /start\nSara> hi\nbot> Sara came\nSara> (blocked the bot)"


async def test_calls_are_logged_with_their_answers(server: Playground, nader: Phone, call: Call, clock: Any) -> None:
    await call("sendMessage", chat_id=nader.id, text="x")
    await call("getMe")
    (record,) = await server.calls("sendMessage")
    assert (record["params"], record["answer"]["result"]["text"], record["at"]) == (
        {"chat_id": 101, "text": "x"},
        "x",
        clock.now,
    )
    assert [each["method"] for each in await server.calls(after=record["seq"])] == ["getMe"]
    assert await server.counts() == {"sendMessage": 1, "getMe": 1}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("users/999/say", {"text": "x"}, 404),
        ("users/101/say", {"text": ""}, 400),
        ("users/101/say", {"text": "x", "chat_id": -1}, 400),
        ("users", {"id": 5, "first_name": "x", "age": 5}, 400),
        ("groups", {"id": 5, "title": "x"}, 400),
        ("faults", {"kind": "418"}, 400),
        ("users/101/press", {"message_id": 1, "label": "A"}, 400),
        ("updates/77/again", {"same_id": True}, 404),
    ],
)
async def test_impossible_orders_are_refused(
    server: Playground, nader: Phone, path: str, body: Json, status: int
) -> None:
    with pytest.raises(ControlRefusal) as refused:
        await server.post(path, body)
    assert refused.value.status == status
    assert nader.id == 101
