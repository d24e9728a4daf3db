"""Entities that are found without markup, and what trimming does to them."""

from __future__ import annotations

import pytest

from bot.playground.entities import find_entities, trimmed, utf16_slice


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start@moaref_bot abc", [("bot_command", "/start@moaref_bot")]),
        ("😀 /help", [("bot_command", "/help")]),
        ("and/or 1/2 //x", []),
        ("ask @nader", [("mention", "@nader")]),
        ("mail a@example.org", []),
        ("see https://t.me/x?start=ab, please", [("url", "https://t.me/x?start=ab")]),
        ("#سلام #1", [("hashtag", "#سلام")]),
    ],
)
def test_commands_mentions_links_and_hashtags_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(e["type"], utf16_slice(text, e["offset"], e["length"])) for e in find_entities(text)]
    assert found == expected


def test_nothing_is_found_inside_code() -> None:
    code = {"type": "code", "offset": 0, "length": 6}
    assert find_entities("/start /help", [code]) == [code, {"type": "bot_command", "offset": 7, "length": 5}]


def test_trimming_moves_and_cuts_entities() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 6}, {"type": "italic", "offset": 5, "length": 1}]
    assert trimmed("  abc ", entities) == ("abc", [{"type": "bold", "offset": 0, "length": 3}])
