"""Each call against the contract: fields, types, nested objects, limits; and that breaches are recorded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.playground import Phone, Playground
from bot.playground.methods import all_methods
from bot.playground.spec import load_spec

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


def keyboard(*buttons: Json) -> Json:
    return {"inline_keyboard": [list(buttons)]}


def test_the_data_holds_the_whole_contract() -> None:
    spec = load_spec()
    assert spec.version == "Bot API 10.2"
    assert len(spec.methods) == 185
    assert spec.concrete("MaybeInaccessibleMessage") == ("Message", "InaccessibleMessage")


def test_every_method_of_this_server_is_one_of_the_contract() -> None:
    assert {name.lower() for name in all_methods()} <= load_spec().methods.keys()


MARKUPS = "InlineKeyboardMarkup or ReplyKeyboardMarkup or ReplyKeyboardRemove or ForceReply"

BAD_CALLS: list[tuple[str, Json, str]] = [
    ("sendMessage", {"chat_id": 101}, "message text is empty"),
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 101, "text": "x", "parsemode": "HTML"}, 'unknown field "parsemode" in sendMessage'),
    ("sendMessage", {"chat_id": 101, "text": 5}, 'field "text" must be of type String'),
    ("sendMessage", {"chat_id": 1.5, "text": "x"}, 'field "chat_id" must be of type Integer or String'),
    ("sendMessage", {"chat_id": 101, "text": None}, 'field "text" must be of type String'),
    ("getUpdates", {"timeout": "5"}, 'field "timeout" must be of type Integer'),
    ("getUpdates", {"allowed_updates": [1]}, 'field "allowed_updates[0]" must be of type String'),
    ("sendMessage", {"chat_id": 101, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    (
        "sendMessage",
        {"chat_id": 101, "text": "x", "reply_markup": keyboard({"text": 1, "callback_data": "x"})},
        'field "reply_markup.inline_keyboard[0][0].text" must be of type String',
    ),
    (
        "sendMessage",
        {"chat_id": 101, "text": "x", "reply_markup": keyboard({"text": "x", "data": "x"})},
        'unknown field "data" in InlineKeyboardButton',
    ),
    (
        "sendMessage",
        {"chat_id": 101, "text": "x", "reply_markup": {"keyboards": []}},
        f'field "reply_markup" must be of type {MARKUPS}',
    ),
    (
        "editMessageMedia",
        {"chat_id": 101, "message_id": 1, "media": {"type": "photo"}},
        'can\'t find field "media.media"',
    ),
    (
        "editMessageMedia",
        {"chat_id": 101, "message_id": 1, "media": {"type": "painting", "media": "x"}},
        'field "media" must be of type InputMedia',
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "chat"}},
        'can\'t find field "scope.chat_id"',
    ),
    ("sendDice", {"chat_id": 101}, "method sendDice is not supported by this server"),
    (
        "sendMessage",
        {"chat_id": 101, "text": "*x*", "parse_mode": "MarkdownV2"},
        "parse_mode MarkdownV2 is not supported by this server",
    ),
    ("sendMessage", {"chat_id": 101, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"chat_id": 101, "text": "<b>", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", {"chat_id": 101, "text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"chat_id": 101, "text": "x" * 4097}, "message is too long"),
    ("sendPhoto", {"chat_id": 101, "photo": "x", "caption": "x" * 1025}, "message caption is too long"),
    ("sendPhoto", {"chat_id": 101, "photo": "attach://card"}, 'there is no file "card" in the request'),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "start", "description": "x" * 257}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    ("setMyCommands", {"commands": [], "language_code": "farsi"}, "invalid language code specified"),
    ("setMyName", {"name": "x" * 65}, "the bot's name is too long"),
    ("sendChatAction", {"chat_id": 101, "action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
]

BAD_BUTTONS: list[tuple[Json, str]] = [
    ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": "س" * 33}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "url": "not a link"}, "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL"),
    ({"text": "x"}, 'can\'t parse inline keyboard button: "x" must do exactly one thing'),
    (
        {"text": "x", "callback_data": "x", "url": "https://t.me"},
        'can\'t parse inline keyboard button: "x" must do exactly one thing',
    ),
    ({"text": " ", "callback_data": "x"}, "can't parse inline keyboard button: the button's text must be non-empty"),
    (
        {"text": "x", "callback_data": "x", "style": "red"},
        "can't parse inline keyboard button: invalid button style specified",
    ),
]


@pytest.mark.parametrize(("method", "params", "problem"), BAD_CALLS)
async def test_a_call_that_breaks_the_contract_is_refused_and_recorded(
    server: Playground, nader: Phone, call: Call, method: str, params: Json, problem: str
) -> None:
    answer = await call(method, **params)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {problem}"}
    assert [(v["method"], v["problem"]) for v in await server.violations()] == [(method, f"Bad Request: {problem}")]
    await nader.receives_nothing(within=0)


async def test_buttons_keep_their_limits(server: Playground, nader: Phone, call: Call) -> None:
    for button, problem in BAD_BUTTONS:
        answer = await call("sendMessage", chat_id=nader.id, text="x", reply_markup=keyboard(button))
        assert answer["description"] == f"Bad Request: {problem}"
    crowd = [{"text": "x", "callback_data": str(n)} for n in range(101)]
    answer = await call("sendMessage", chat_id=nader.id, text="x", reply_markup=keyboard(*crowd))
    assert answer["description"] == "Bad Request: REPLY_MARKUP_TOO_LONG"
    assert len(await server.violations()) == len(BAD_BUTTONS) + 1


async def test_what_just_keeps_the_limits_is_taken(server: Playground, nader: Phone, call: Call) -> None:
    buttons: list[Json] = [
        {"text": "x", "callback_data": "س" * 32, "style": "success"},
        {"text": "x", "copy_text": {"text": "x" * 256}},
        {"text": "x", "url": f"https://t.me/{server.bot_username}?start=abc"},
    ]
    text = f"<b>{'x' * 4096}</b>"
    answer = await call("sendMessage", chat_id=nader.id, text=text, parse_mode="HTML", reply_markup=keyboard(*buttons))
    assert answer["ok"]
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]
    await server.assert_no_violations()


async def test_an_unescaped_name_is_sent_as_telegram_does_and_recorded(
    server: Playground, nader: Phone, call: Call
) -> None:
    await call("sendMessage", chat_id=nader.id, text="a&nbsp;b", parse_mode="HTML")
    assert (await nader.receives("a&nbsp;b")).text == "a&nbsp;b"
    with pytest.raises(AssertionError, match="&nbsp;"):
        await server.assert_no_violations()


async def test_an_unknown_method_is_not_found(server: Playground, call: Call) -> None:
    assert await call("sendNothing") == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert (await server.violations())[0]["method"] == "sendNothing"


async def test_a_wrong_token_is_unauthorized(server: Playground) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{server.base_url}1:wrong/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_query_form_multipart_and_json_say_the_same(server: Playground, nader: Phone) -> None:
    url = f"{server.base_url}{server.token}/SENDmessage"
    fields = {
        "chat_id": "101",
        "text": "123",
        "reply_markup": '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}',
    }
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    async with aiohttp.ClientSession() as session:
        for request in ({"params": fields}, {"data": fields}, {"data": multipart}, {"json": fields}):
            async with session.post(url, **request) as answer:
                assert answer.status == 200
            card = await nader.receives("123")
            assert card.labels == [["A"]]
        async with session.get(url, params=fields) as answer:
            assert answer.status == 200
    await server.assert_no_violations()


async def test_a_body_that_is_no_json_object_is_refused(server: Playground) -> None:
    url = f"{server.base_url}{server.token}/getMe"
    async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
        for body, problem in ((b"{", "can't parse JSON object"), (b"[]", "expected a JSON object")):
            async with session.post(url, data=body) as answer:
                assert (await answer.json())["description"] == f"Bad Request: {problem}"
