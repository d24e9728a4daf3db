"""Which answers give way to a newer one: screens, and never what was done."""

from __future__ import annotations

import re
from pathlib import Path

import bot
from bot.kit.look_ups import SAME_FOR_ALL, SCREENS, kind_of

ROOT = Path(str(bot.__file__)).parent.parent
CHANGES = ("done", "received", "given-back", "confirm", "decided", "ask", "recorded", "refunded", "paid", "cancelled")


def test_every_screen_is_said_somewhere() -> None:
    said = "\n".join(
        file.read_text(encoding="utf-8") for folder in ("bot/kit", "handlers") for file in (ROOT / folder).rglob("*.py")
    )
    listed = (ROOT / "bot/kit/look_ups.py").read_text(encoding="utf-8")
    for text_id in SCREENS | SAME_FOR_ALL:
        assert said.count(f'"{text_id}"') > listed.count(f'"{text_id}"'), text_id


def test_nothing_that_says_what_was_done_is_a_screen() -> None:
    done = [each for each in SCREENS for word in CHANGES if re.search(rf"(^|-){word}(-|$)", each)]
    assert done == ["language-ask"]


def test_the_same_words_show_the_same_and_other_words_something_else() -> None:
    first = kind_of("balance-card", edited=None, asked="/balance")
    assert first == kind_of("balance-card", edited=None, asked=" /BALANCE ")
    assert first != kind_of("balance-card", edited=None, asked="/balance 2")
    assert first != kind_of("team-page", edited=None, asked="/balance")
    assert "balance" not in str(first).partition(":")[2]


def test_an_edit_shows_what_its_message_shows() -> None:
    assert kind_of("balance-card", edited=7, asked="a") == kind_of("team-page", edited=7, asked="b") == "edit:7"


def test_receipts_questions_and_refusals_are_each_wanted() -> None:
    for text_id in (
        "withdraw-done",
        "payment-received",
        "withdraw-ask-amount",
        "withdraw-confirm",
        "refused-suspended",
    ):
        assert kind_of(text_id, edited=None, asked="x") is None
        assert kind_of(text_id, edited=7, asked="x") is None


def test_what_is_not_understood_is_answered_once_whatever_it_was() -> None:
    assert kind_of("unknown-text", edited=None, asked="a") == kind_of("unknown-text", edited=None, asked="6037 9910")
