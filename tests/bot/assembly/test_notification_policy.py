"""Who is told what when: the voice of the notice pump."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assembly.notification_policy import ChatNotificationPolicy
from bot.kit.preferences import ChosenPreferences, Quiet
from chat import NOON, Chat, open_chat, text_of
from engine.notices import read
from engine.queries.views import NoticeRow
from handlers.notices import NoticeRenderer
from stored_notices import STORED

HOUR = 3_600_000
EVENING = NOON + 9 * HOUR
"""23:30 in Tehran."""


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with open_chat(tmp_path) as chat:
        yield chat


def voice_of(chat: Chat) -> ChatNotificationPolicy:
    return ChatNotificationPolicy(
        chat.preferences, lambda: NoticeRenderer(chat.engine, chat.people, chat.texts, chat.facts)
    )


def notice(kind: str) -> NoticeRow:
    return NoticeRow(1, 1, 0, kind, "SARA", read(kind, json.dumps(STORED[kind])))


async def test_what_is_switched_off_is_never_told_and_receipts_cannot_be(chat: Chat) -> None:
    sara = await chat.member("Sara")
    chat.preferences.kept[sara.id] = ChosenPreferences(frozenset({"friends", "commissions", "withdrawals"}))
    voice = voice_of(chat)
    for kind in ("friend_came", "commission", "withdrawal_approved"):
        assert await voice.due(notice(kind), sara, NOON) is None
    for kind in ("rank_reached", "withdrawal_paid", "withdrawal_rejected", "adjusted"):
        assert await voice.due(notice(kind), sara, NOON) == NOON


async def test_quiet_hours_hold_everything_until_they_end_in_the_person_s_own_zone(chat: Chat) -> None:
    sara, nader = await chat.member("Sara"), await chat.member("Nader")
    chat.preferences.kept[sara.id] = ChosenPreferences(quiet=Quiet(23, 8))
    chat.preferences.kept[nader.id] = ChosenPreferences(quiet=Quiet(23, 8), zone="Europe/Berlin")
    voice = voice_of(chat)
    for kind in ("commission", "withdrawal_paid"):
        assert await voice.due(notice(kind), sara, EVENING) == EVENING + 8 * HOUR + HOUR // 2
        assert await voice.due(notice(kind), nader, EVENING) == EVENING, "it is nine in the evening there"


async def test_one_is_told_in_full_and_several_in_a_line_each(chat: Chat) -> None:
    sara = await chat.member("Sara")
    hamid = await chat.friend("Hamid", sara)
    await chat.buy(hamid, 100_000, "A17")
    came, bought = [each for each in await chat.engine.notices(0, 10) if each.person == sara.id]
    voice = voice_of(chat)
    [alone] = await voice.say([came], sara)
    assert text_of(alone) == "\u2068Hamid\u2069 came through your link."
    [both] = await voice.say([came, bought], sara)
    assert text_of(both).startswith("<b>2 things have happened</b>")
