"""What the bot says of itself on Telegram: the operator's words, or what the programme in force pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.kit.bot_facts import ProgrammeTexts
from bot.kit.bot_profile import LENGTHS_MAX, OwnProfile, ProfileText
from chat import UNILEVEL, Chat, open_chat
from handlers.bot_profile import profile_texts
from handlers.notices import NoticeRenderer

DIRECT: Mapping[str, Any] = {**UNILEVEL, "plan": {"kind": "direct"}}
EACH: Mapping[str, Any] = {**DIRECT, "ranks": [{"id": "base", "commission": "5000"}]}


def texts_of(chat: Chat) -> dict[tuple[str, str], ProfileText]:
    renderer = NoticeRenderer(chat.engine, chat.people, chat.texts, chat.facts)
    return {(each.field, each.language): each for each in profile_texts(renderer)}


def plain(text: ProfileText) -> str:
    return "".join(each for each in text.value if each not in "\u2068\u2069")


@pytest.mark.parametrize(
    ("tables", "english", "persian"),
    [
        (
            DIRECT,
            "Share your link and earn 20% of your friends' purchases.",
            "لینکتان را بفرستید و از خرید دوستانتان ۲۰٪ پورسانت بگیرید.",
        ),
        (
            UNILEVEL,
            "Share your link and earn up to 20% of your friends' purchases.",
            "لینکتان را بفرستید و از خرید دوستانتان تا ۲۰٪ پورسانت بگیرید.",
        ),
        (
            EACH,
            "Share your link and earn 5,000 toman for each item your friends buy.",
            "لینکتان را بفرستید و از هر کالایی که دوستانتان بخرند ۵٬۰۰۰ تومان پورسانت بگیرید.",
        ),
    ],
)
async def test_what_is_earned_is_the_programme_s(
    tables: Mapping[str, Any], english: str, persian: str, tmp_path: Path
) -> None:
    async with open_chat(tmp_path, tables) as chat:
        texts = texts_of(chat)
        shorts = {language: plain(texts["short_description", language]) for language in ("", "en", "fa")}
        assert shorts == {"": english, "en": english, "fa": persian}
        assert plain(texts["description", "fa"]).startswith("فروشگاه نادر\n\nلینکتان را برای دوستانتان بفرستید")
        assert not any(each.is_own for each in texts.values())


async def test_the_operator_s_words_go_first_and_only_they_name_the_bot(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        assert [field for field, _ in texts_of(chat) if field == "name"] == []
        chat.facts = replace(chat.facts, profile={"fa": OwnProfile("کفش نادر", "معرفی", "کوتاه")})
        texts = texts_of(chat)
        assert {key: each.value for key, each in texts.items() if each.is_own} == {
            ("name", "fa"): "کفش نادر",
            ("description", "fa"): "معرفی",
            ("short_description", "fa"): "کوتاه",
        }


async def test_the_longest_name_leaves_room_for_what_is_earned(tmp_path: Path) -> None:
    async with open_chat(tmp_path, EACH) as chat:
        long = {language: ProgrammeTexts("ن" * 60, "", "") for language in chat.facts.texts}
        chat.facts = replace(chat.facts, texts=long)
        for (field, _), each in texts_of(chat).items():
            assert len(each.value.encode("utf-16-le")) // 2 <= LENGTHS_MAX.get(field, 64)  # type: ignore[call-overload]
            assert "…" not in each.value
