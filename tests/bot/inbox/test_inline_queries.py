"""Answers to people who type the bot's name: at once, each to their latest letters, and silence where it fails."""

import asyncio
import logging
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.inbox.inline_queries import InlineAnswers
from bot.kit.inline import Asking
from bot.kit.person import Person
from engine.errors import StoreClosed

SARA = Person("SARA234", 103, "Sara", None, "fa", is_admin=False, blocked=False)


class Platform:
    """Notes what is called; `trouble` is raised instead, where there is some."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.called: list[tuple[str, dict[str, Any]]] = []
        self._trouble = trouble

    async def call(self, method: str, params: dict[str, Any], *, read_timeout: float | None = None) -> bool:
        assert read_timeout is None
        if self._trouble is not None:
            raise self._trouble
        self.called.append((method, params))
        return True


class OnlySara:
    async def by_telegram_id(self, telegram_id: int) -> Person | None:
        return SARA if telegram_id == SARA.chat_id else None


def typed(query: str, by: int = 103, number: int = 1) -> dict[str, Any]:
    sender = {"id": by, "is_bot": False, "first_name": "x", "language_code": "en"}
    return {"update_id": number, "inline_query": {"id": str(number), "from": sender, "query": query, "offset": ""}}


class Offering:
    """Offers the very question back; `waits` holds up what is typed so."""

    def __init__(self, waits: str = "") -> None:
        self.asked: list[Asking] = []
        self._waits = waits

    async def __call__(self, asking: Asking) -> dict[str, Any]:
        self.asked.append(asking)
        if asking.query == self._waits != "":
            await asyncio.Event().wait()
        return {"results": [], "cache_time": 0}


async def test_a_query_is_answered_in_the_language_of_whoever_typed_it() -> None:
    platform, offering = Platform(), Offering()
    answers = InlineAnswers(platform, OnlySara(), offering, lambda: 5)
    answers.look_at([typed("shoes"), {"update_id": 2, "message": {}}, typed("hats", by=7, number=3)])
    await answers.finish()
    assert sorted(offering.asked, key=lambda each: each.query) == [
        Asking(None, "en", "hats", 5),
        Asking(SARA, "fa", "shoes", 5),
    ]
    assert sorted(params["inline_query_id"] for _, params in platform.called) == ["1", "3"]
    assert {method for method, _ in platform.called} == {"answerInlineQuery"}


async def test_who_types_on_is_answered_to_the_last_letters_alone() -> None:
    platform = Platform()
    answers = InlineAnswers(platform, OnlySara(), Offering(waits="s"), lambda: 5)
    answers.look_at([typed("s", number=1)])
    await asyncio.sleep(0)
    answers.look_at([typed("sh", number=2), typed("s", by=7, number=3), typed("hat", by=7, number=4)])
    await asyncio.wait_for(answers.finish(), 2)
    assert sorted(params["inline_query_id"] for _, params in platform.called) == ["2", "4"]


@pytest.mark.parametrize("trouble", [NetworkError("away"), StoreClosed()])
async def test_what_cannot_be_answered_is_noted_and_stops_nothing(
    trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    answers = InlineAnswers(Platform(trouble), OnlySara(), Offering(), lambda: 5)
    with caplog.at_level(logging.INFO):
        answers.look_at([typed("shoes")])
        await answers.finish()
    assert "not answered" in caplog.text


@pytest.mark.parametrize("query", [None, "text", {}, {"from": 7}, {"from": {"id": "7"}}])
async def test_what_is_no_query_is_passed_over(query: Any) -> None:
    platform = Platform()
    answers = InlineAnswers(platform, OnlySara(), Offering(), lambda: 5)
    answers.look_at([{"update_id": 1, "inline_query": query}])
    await answers.finish()
    assert platform.called == []
