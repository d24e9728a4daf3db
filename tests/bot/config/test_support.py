"""The table `[support]`, and the texts of the bot's own profile."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import ConfigError, build
from bot.kit.support import SupportChannel
from stores import UNILEVEL

TOKEN = {"token": "7:abc", "admins": [900]}


def problems(**tables: Any) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        build({"telegram": TOKEN, **UNILEVEL, **tables}, {}, Path())
    return [str(each) for each in refused.value.problems]


def channel(environ: dict[str, str] | None = None, **table: Any) -> SupportChannel | None:
    found = build({"telegram": TOKEN, **UNILEVEL, "support": table}, environ or {}, Path()).support
    return None if found is None else found.channel


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ({"chat": -100}, SupportChannel(-100)),
        ({"chat": -100, "topic": 7}, SupportChannel(-100, 7)),
        ({"chat": 900, "messages_an_hour": 0}, SupportChannel(900, an_hour=0)),
        ({"url": "https://t.me/nader"}, SupportChannel(url="https://t.me/nader")),
    ],
)
def test_support_is_a_chat_or_an_address(table: dict[str, Any], wanted: SupportChannel) -> None:
    assert channel(**table) == wanted


def test_the_environment_may_name_the_chat() -> None:
    assert channel({"MOAREF_SUPPORT__CHAT": "-100"}) == SupportChannel(-100)


PLACE = "either chat, the id of a group or of an admin, or url"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({}, f"support: expected {PLACE}"),
        ({"topic": 7}, f"support: expected {PLACE}"),
        ({"chat": -100, "url": "https://t.me/nader"}, f"support: expected {PLACE}"),
        ({"chat": 900, "topic": 7}, "support: expected a topic only with the chat of a group, whose id is negative"),
        ({"chat": 901}, "support.chat: expected the id of a group, or of a person among telegram.admins"),
        ({"chat": "@nader"}, "support.chat: expected a whole number"),
        ({"chat": True}, "support.chat: expected a whole number"),
        ({"chat": -100, "topic": -1}, "support.topic: expected 0 or above"),
        ({"chat": -100, "messages_an_hour": -1}, "support.messages_an_hour: expected 0 or above"),
        ({"chat": -100, "chats": 1}, "support.chats: expected no such key; did you mean chat?"),
        (
            {"url": "t.me/nader"},
            "support.url: expected an address that begins with https://, such as https://t.me/NAME",
        ),
        (
            {"url": "http://t.me/n"},
            "support.url: expected an address that begins with https://, such as https://t.me/NAME",
        ),
    ],
)
def test_anything_else_is_refused_by_name(table: dict[str, Any], problem: str) -> None:
    assert problems(support=table) == [problem]


@pytest.mark.parametrize(("key", "most"), [("name", 60), ("description", 512), ("short_description", 120)])
def test_texts_of_the_profile_have_telegram_s_limits(key: str, most: int) -> None:
    build({"telegram": TOKEN, **UNILEVEL, "texts": {"fa": {key: "ن" * most}}}, {}, Path())
    (problem,) = problems(texts={"fa": {key: "ن" * (most + 1)}})
    assert problem.startswith(f"texts.fa.{key}: expected at most {most} characters")


def test_an_emoji_counts_as_telegram_counts_it() -> None:
    build({"telegram": TOKEN, **UNILEVEL, "texts": {"en": {"short_description": "👟" * 60}}}, {}, Path())
    (problem,) = problems(texts={"en": {"short_description": "👟" * 61}})
    assert problem == (
        "texts.en.short_description: expected at most 120 characters, of which an emoji may count as two"
    )
