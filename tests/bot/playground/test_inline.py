"""Inline mode: the bot's name typed in any chat, what is offered there, and the card that is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import telegram

from bot.playground import ControlRefusal, Phone, Playground, Settings, WebPageOffer, playground_server
from bot.playground.inline import ANSWER_MS

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]

GROUP = -500


def article(id: str = "a", **changes: Any) -> Json:
    content = {"message_text": "<b>Look</b>: https://t.me/x?start=A", "parse_mode": "HTML"}
    return {"type": "article", "id": id, "title": f"Card {id}", "input_message_content": content, **changes}


async def asked(call: Call) -> Json:
    query: Json = (await call("getUpdates", timeout=2))["result"][-1]["inline_query"]
    return query


async def offered(nader: Phone, call: Call, *results: Json, **more: Any) -> WebPageOffer:
    """What Nader is offered in the group by a bot that answers so."""
    typing = asyncio.create_task(nader.types("look", chat_id=GROUP))
    await asyncio.sleep(0.05)
    query = await asked(call)
    answer = await call("answerInlineQuery", inline_query_id=query["id"], results=list(results), **more)
    assert answer["ok"], answer
    return await typing


@pytest.fixture(autouse=True)
async def group(server: Playground) -> None:
    await server.add_group(GROUP, "Friends")


async def test_what_is_typed_comes_to_the_bot_with_who_and_where(nader: Phone, call: Call) -> None:
    typing = asyncio.create_task(nader.types("shoes", chat_id=GROUP, timeout=0.2))
    await asyncio.sleep(0.05)
    query = await asked(call)
    assert (query["query"], query["from"]["id"], query["chat_type"], query["offset"]) == ("shoes", 101, "group", "")
    with pytest.raises(AssertionError, match="nothing was offered"):
        await typing


async def test_a_card_that_is_chosen_is_a_message_of_the_person_s_via_the_bot(nader: Phone, call: Call) -> None:
    markup = {"inline_keyboard": [[{"text": "Open", "url": "https://t.me/x?start=A"}]]}
    offer = await offered(nader, call, article("a", reply_markup=markup), article("b"), is_personal=True, cache_time=5)
    assert (offer.titles, offer.is_personal, offer.cache_time) == (["Card a", "Card b"], True, 5)
    card = await offer.choose("Card a")
    assert card.text == "Look: https://t.me/x?start=A"
    assert card.links == ["https://t.me/x?start=A", "https://t.me/x?start=A"]
    message = (await call("getUpdates", timeout=2))["result"][-1]["message"]
    assert (message["chat"]["id"], message["from"]["id"], message["via_bot"]["is_bot"]) == (GROUP, 101, True)
    assert [each["type"] for each in message["entities"]] == ["bold", "url"]


async def test_a_card_sent_to_another_person_is_shown_to_them_and_the_bot_learns_nothing(
    nader: Phone, call: Call, server: Playground
) -> None:
    sara = await server.phone(103, "Sara")
    link = f"https://t.me/{server.bot_username}?start=A"
    keys = [[{"text": "Site", "url": "https://example.com/"}, {"text": "Open", "url": link}]]
    typing = asyncio.create_task(nader.types("look", chat_id=sara.id))
    await asyncio.sleep(0.05)
    query = await asked(call)
    assert query["chat_type"] == "private"
    results = [article("a", reply_markup={"inline_keyboard": keys})]
    assert (await call("answerInlineQuery", inline_query_id=query["id"], results=results))["ok"]
    before = await server.updates()
    await (await typing).choose("Card a")
    assert await server.updates() == before
    [event] = await server.events(chat_id=sara.id)
    assert (event["kind"], event["content"]["sender"], event["content"]["link"]) == ("shared", 101, link)
    message = event["content"]["message"]
    assert message["reply_markup"]["inline_keyboard"] == keys
    assert (message["via_bot"]["username"], message["entities"][0]["type"]) == (server.bot_username, "bold")
    assert (await server.get(f"chats/{sara.id}"))["messages"] == []
    await sara.receives_nothing()


async def test_a_card_that_leads_elsewhere_carries_no_link_to_the_bot(
    nader: Phone, call: Call, server: Playground
) -> None:
    sara = await server.phone(103, "Sara")
    typing = asyncio.create_task(nader.types("look", chat_id=sara.id))
    await asyncio.sleep(0.05)
    query = await asked(call)
    keys = [[{"text": "Site", "url": "https://[broken"}]]
    results = [article("a", reply_markup={"inline_keyboard": keys})]
    assert (await call("answerInlineQuery", inline_query_id=query["id"], results=results))["ok"]
    await (await typing).choose("Card a")
    assert (await server.events(chat_id=sara.id))[0]["content"]["link"] == ""


async def test_a_button_above_the_cards_is_shown(nader: Phone, call: Call) -> None:
    button = {"text": "Join", "start_parameter": "link"}
    assert (await offered(nader, call, button=button)).button == button


async def test_nobody_sends_what_was_not_offered_to_them(nader: Phone, call: Call, server: Playground) -> None:
    offer = await offered(nader, call, article())
    sara = await server.phone(103, "Sara")
    with pytest.raises(ControlRefusal, match="somebody else"):
        await sara.chooses(offer, "Card a")
    with pytest.raises(ControlRefusal, match="did not offer"):
        await server.post("users/101/choose", {"query_id": offer.query_id, "result_id": "z"})
    with pytest.raises(AssertionError, match="no card"):
        await offer.choose("Card z")


@pytest.mark.parametrize(
    ("results", "more", "problem"),
    [
        ([article("a"), article("a")], {}, "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], {}, "RESULT_ID_INVALID"),
        ([article("")], {}, "RESULT_ID_INVALID"),
        ([article("a", title=" ")], {}, "RESULT_TITLE_EMPTY"),
        ([article(str(number)) for number in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([article("a", input_message_content={"message_text": ""})], {}, "message text is empty"),
        ([article("a", input_message_content={"message_text": "<b>", "parse_mode": "HTML"})], {}, "can't parse"),
        ([article("a", colour="red")], {}, "colour"),
        ([], {"button": {"text": "Join"}}, "exactly one thing"),
        ([], {"button": {"text": "Join", "start_parameter": "no blank"}}, "START_PARAM_INVALID"),
    ],
)
async def test_an_answer_that_breaks_the_contract_is_refused_and_noted(
    nader: Phone, call: Call, server: Playground, results: list[Json], more: Json, problem: str
) -> None:
    typing = asyncio.create_task(nader.types(timeout=0.3))
    await asyncio.sleep(0.05)
    query = await asked(call)
    answer = await call("answerInlineQuery", inline_query_id=query["id"], results=results, **more)
    assert not answer["ok"]
    assert problem in answer["description"]
    assert len(await server.violations()) == 1
    with pytest.raises(AssertionError):
        await typing


async def test_a_query_is_answered_once_and_in_time(nader: Phone, call: Call, clock: Any) -> None:
    offer = await offered(nader, call, article())
    again = await call("answerInlineQuery", inline_query_id=offer.query_id, results=[])
    assert "query is too old" in again["description"]
    typing = asyncio.create_task(nader.types(timeout=0.2))
    await asyncio.sleep(0.05)
    query = await asked(call)
    clock.advance(ANSWER_MS / 1000 + 1)
    late = await call("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert "query is too old" in late["description"]
    with pytest.raises(AssertionError):
        await typing


async def test_the_library_s_own_bot_answers(nader: Phone, bot: telegram.Bot) -> None:
    typing = asyncio.create_task(nader.types("x", chat_id=GROUP))
    await asyncio.sleep(0.05)
    query = (await bot.get_updates(timeout=1))[-1].inline_query
    assert query is not None
    await query.answer([telegram.InlineQueryResultArticle("1", "Card", telegram.InputTextMessageContent("hello"))])
    assert (await typing).titles == ["Card"]


async def test_the_bot_knows_whether_its_mode_is_on(bot: telegram.Bot) -> None:
    assert bot.supports_inline_queries
    async with playground_server(settings=Settings(inline_mode=False)) as server:
        other = telegram.Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url)
        async with other:
            assert not other.supports_inline_queries
        with pytest.raises(ControlRefusal, match="off"):
            await (await server.phone(101, "Nader")).types()
