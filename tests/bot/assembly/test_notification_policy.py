"""Who is told what when: the voice of the notice pump."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assembly.notification_policy import ChatNotificationPolicy
from bot.kit.person import Person
from bot.kit.preferences import ChosenPreferences, Group, Quiet
from bot.notifications.notice_dispatcher import Due
from chat import NOON, Chat, buttons_of, open_chat, text_of
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
        chat.preferences,
        lambda: NoticeRenderer(chat.engine, chat.people, chat.texts, chat.facts, chat.preferences),
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
        assert await voice.due(notice(kind), sara, NOON) == Due(NOON)


async def test_quiet_hours_hold_everything_until_they_end_in_the_person_s_own_zone(chat: Chat) -> None:
    sara, nader = await chat.member("Sara"), await chat.member("Nader")
    chat.preferences.kept[sara.id] = ChosenPreferences(quiet=Quiet(23, 8))
    chat.preferences.kept[nader.id] = ChosenPreferences(quiet=Quiet(23, 8), zone="Europe/Berlin")
    voice = voice_of(chat)
    for kind in ("commission", "withdrawal_paid"):
        assert await voice.due(notice(kind), sara, EVENING) == Due(EVENING + 8 * HOUR + HOUR // 2)
        assert await voice.due(notice(kind), nader, EVENING) == Due(EVENING), "it is nine in the evening there"


async def test_one_is_told_in_full_and_several_in_a_line_each(chat: Chat) -> None:
    sara = await chat.member("Sara")
    hamid = await chat.friend("Hamid", sara)
    await chat.buy(hamid, 100_000, "A17")
    came, bought = [each for each in await chat.engine.notices(0, 10) if each.person == sara.id]
    voice = voice_of(chat)
    [alone] = await voice.say([came], sara, waited=False)
    assert text_of(alone).startswith("<b>Your first friend is here!</b>\n\u2068Hamid\u2069 used your link.\n")
    [both] = await voice.say([came, bought], sara, waited=False)
    assert text_of(both).startswith("<b>2 updates</b>")


async def busy_day(chat: Chat, orders: int) -> tuple[Person, list[NoticeRow]]:
    """A member, and the notices of so many commissions of one day."""
    sara = await chat.member("Sara")
    hamid = await chat.friend("Hamid", sara)
    for number in range(orders):
        await chat.buy(hamid, 1_000, f"A{number}")
    rows = await chat.engine.notices(0, 1_000)
    return sara, [each for each in rows if each.person == sara.id and each.kind == "commission"]


async def test_ten_commissions_of_a_day_are_told_at_once_and_the_eleventh_makes_it_hourly(chat: Chat) -> None:
    sara, rows = await busy_day(chat, 12)
    voice, full_hour = voice_of(chat), NOON + HOUR // 2
    due = [await voice.due(each, sara, NOON) for each in rows]
    assert due == [Due(NOON)] * 10 + [Due(full_hour, busy=True)] * 2
    chat.preferences.kept[sara.id] = ChosenPreferences(busy_from=rows[10].number)
    due = [await voice.due(each, sara, NOON) for each in rows]
    assert due == [Due(NOON)] * 10 + [Due(full_hour)] * 2, "what came before is not held back"
    assert [await voice.due(each, sara, full_hour) for each in rows] == [Due(full_hour)] * 12


async def test_another_day_begins_a_new_count(chat: Chat) -> None:
    sara, _ = await busy_day(chat, 10)
    chat.clock.now += 12 * HOUR
    await chat.buy(await chat.friend("Karim", sara), 1_000, "B1")
    row = (await chat.engine.notices(0, 1_000))[-1]
    assert row.kind == "commission"
    assert await voice_of(chat).due(row, sara, chat.clock.now) == Due(chat.clock.now)


async def test_whoever_wants_each_at_once_gets_each_at_once_on_the_busiest_day(chat: Chat) -> None:
    sara, rows = await busy_day(chat, 12)
    chat.preferences.kept[sara.id] = ChosenPreferences(gather="now")
    assert [await voice_of(chat).due(each, sara, NOON) for each in rows] == [Due(NOON)] * 12


async def test_commissions_that_are_gathered_wait_and_quiet_hours_hold_them_longer(chat: Chat) -> None:
    sara, rows = await busy_day(chat, 1)
    voice = voice_of(chat)
    for gather, wait in (("hourly", HOUR // 2), ("daily", 11 * HOUR // 2)):
        chat.preferences.kept[sara.id] = ChosenPreferences(gather=gather)  # type: ignore[arg-type]  # of the Literal
        assert await voice.due(rows[0], sara, NOON) == Due(NOON + wait)
        assert await voice.due(notice("friend_came"), sara, NOON) == Due(NOON), "friends are no commissions"
    chat.preferences.kept[sara.id] = ChosenPreferences(gather="hourly", quiet=Quiet(15, 17))
    assert await voice.due(rows[0], sara, NOON) == Due(NOON + 5 * HOUR // 2)
    chat.preferences.kept[sara.id] = ChosenPreferences(frozenset({"commissions", "milestones"}), gather="hourly")
    assert await voice.due(rows[0], sara, NOON + HOUR) is None, "switched off while it waited"


async def test_what_a_clock_since_set_back_has_dated_is_told_at_once(chat: Chat) -> None:
    sara, rows = await busy_day(chat, 1)
    chat.preferences.kept[sara.id] = ChosenPreferences(gather="daily")
    assert await voice_of(chat).due(rows[0], sara, NOON - 72 * HOUR) == Due(NOON - 72 * HOUR)


@pytest.mark.parametrize(
    ("muted", "told"),
    [
        (set(), ["Your first friend is here!", "Your first sale! You earned 20,000 toman"]),
        ({"milestones"}, ["Hamid used your link.", "You earned 20,000 toman"]),
        ({"friends", "commissions"}, ["Your first friend is here!", "Your first sale! You earned 20,000 toman"]),
        ({"friends", "commissions", "milestones"}, []),
    ],
)
async def test_a_milestone_has_a_switch_of_its_own(chat: Chat, muted: set[Group], told: list[str]) -> None:
    sara = await chat.member("Sara")
    await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
    chat.clock.now += 1
    await chat.buy(await chat.friend("Karim", sara), 100_000, "A18")
    chat.preferences.kept[sara.id] = ChosenPreferences(frozenset(muted))
    voice, heard = voice_of(chat), list[str]()
    for row in await chat.engine.notices(0, 10):
        if row.person == sara.id and await voice.due(row, sara, chat.clock.now) is not None:
            [message] = await voice.say([row], sara, waited=False)
            heard.append(re.sub("<[^<>]+>|[\u2068\u2069]", "", text_of(message)).split("\n")[0])
    later = [] if "friends" in muted else ["Karim used your link.", "You earned 20,000 toman"]
    assert heard == told + later


@pytest.mark.parametrize("count", [1, 2])
async def test_the_first_hourly_message_says_so_with_the_way_to_the_settings(chat: Chat, count: int) -> None:
    sara, rows = await busy_day(chat, 12)
    chat.preferences.kept[sara.id] = ChosenPreferences(busy_from=rows[10].number)
    voice = voice_of(chat)
    [message] = await voice.say(rows[10 : 10 + count], sara, waited=True)
    assert "from now on I'll tell you about commissions once an hour" in text_of(message)
    assert "set:1" in buttons_of(message).values()
    [later] = await voice.say(rows[11:], sara, waited=True)
    assert "once an hour" not in text_of(later)
