"""Implements the answer to inline queries: articles, and a button above them."""

from __future__ import annotations

import re

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.content import inline_content
from bot.playground.limits import check_keyboard
from bot.playground.refusals import MalformedCall, NotSupported
from bot.playground.world import World

RESULTS_MAX = 50
ID_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def answer_inline_query(world: World, call: Call) -> bool:
    """Offers cards to the person who typed the bot's name."""
    results: list[Json] = call["results"]
    if len(results) > RESULTS_MAX:
        raise MalformedCall("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids):
        raise MalformedCall("RESULT_ID_DUPLICATE")
    button: Json | None = call.get("button")
    if button is not None:
        _check_button(button)
    contents = {result["id"]: _content(world, call, result) for result in results}
    answer = {
        "results": [{key: result.get(key, "") for key in ("id", "title", "description")} for result in results],
        "button": button,
        "cache_time": call.get("cache_time", 300),
        "is_personal": call.get("is_personal", False),
    }
    world.inline.answer(call["inline_query_id"], world.now_ms(), answer, contents)
    return True


def _content(world: World, call: Call, result: Json) -> Json:
    """Returns a result's message, with its keyboard, if any, beside it."""
    if result["type"] != "article":
        raise NotSupported(f"inline results of type {result['type']}")
    if not 1 <= len(result["id"].encode()) <= ID_BYTES:
        raise MalformedCall("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise MalformedCall("RESULT_TITLE_EMPTY")
    markup: Json | None = result.get("reply_markup")
    if markup is not None:
        check_keyboard(markup)
    return {"content": inline_content(world, call, result["input_message_content"]), "keyboard": markup}


def _check_button(button: Json) -> None:
    """Checks that the button has a label and exactly one action."""
    if not button["text"].strip() or ("web_app" in button) == ("start_parameter" in button):
        raise MalformedCall("the button above inline results must have a text and do exactly one thing")
    if "start_parameter" in button and not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise MalformedCall("START_PARAM_INVALID")


METHODS: dict[str, Method] = {"answerInlineQuery": answer_inline_query}
