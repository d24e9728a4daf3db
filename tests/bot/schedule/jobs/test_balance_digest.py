"""Digests: who gets one, when, what it says, and each exactly once."""

import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from backroom import Backroom, Letter, open_backroom
from bot.kit.languages import Language
from bot.kit.preferences import ChosenPreferences, Quiet
from bot.store.preferences import Subscriber
from chat import UNILEVEL
from ticking import START

HOUR, DAY = 3_600_000, 86_400_000
NINE_IN_TEHRAN = START + 18 * HOUR + HOUR // 2
"""2026-03-22 09:00, a Sunday, in Tehran; START is Saturday 14:30 there."""


def plain(letter: Letter) -> list[str]:
    """The lines as they read."""
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", letter.text).split("\n")


async def test_a_member_hears_what_changed_and_the_next_time_only_what_changed_since(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        assert await room.at(START) == []
        sara = await room.member(101, "Sara")
        await room.sells(sara, 100_000, "A17")
        [first] = await room.at(NINE_IN_TEHRAN)
        assert plain(first) == [
            "Your balance",
            "Available: 20,000 toman",
            "",
            "Since 2026-03-21:",
            "– earned: 20,000 toman",
            "– friends: 1 came, 0 joined, 1 bought",
        ]
        assert first.cause == f"digest:2026-03-22/{sara}/0"
        await room.sells(sara, 50_000, "A18")
        await room.engine.refund("A17", 50_000, key="r", actor="shop")
        [second] = await room.at(NINE_IN_TEHRAN + DAY)
        assert plain(second)[3:7] == [
            "Since 2026-03-22:",
            "– earned: 10,000 toman",
            "– taken back: 10,000 toman",
            "– friends: 1 came, 0 joined, 1 bought",
        ]
        assert second.reference != first.reference


async def test_the_same_in_persian_with_a_picture_of_the_last_weeks(tmp_path: Path) -> None:
    ranks = [{"id": "base", "commission": "20%"}, {"id": "نقره", "commission": "25%", "requires": {"sales": 500_000}}]
    tables = {**UNILEVEL, "ranks": ranks, "program": {**UNILEVEL["program"], "maturity_days": 1}}
    async with open_backroom(tmp_path, tables=tables) as room:
        await room.at(START)
        sara = await room.member(101, "سارا", "fa")
        await room.sells(sara, 100_000, "A17")
        [digest] = await room.at(NINE_IN_TEHRAN)
        assert plain(digest) == [
            "موجودی شما",
            "قابل برداشت: ۰ تومان",
            "در انتظار: ۲۰٬۰۰۰ تومان (تا سررسید یا تأیید)",
            "",
            "از ۱ فروردین ۱۴۰۵ تا امروز:",
            "پورسانت تازه: ۲۰٬۰۰۰ تومان",
            "دوستان دعوت‌شده: ۱ نفر آمد، ۰ همکار، ۱ خریدار",
            "",
            "تا ۳ فروردین ۱۴۰۵ قابل برداشت می‌شود: ۲۰٬۰۰۰ تومان",
            "رتبهٔ بعدی: نقره",
            "آنجا پورسانت خرید دوستانتان ۲۵٪ می‌شود. تا رسیدن به آن:",
            "شرط فروش: ۱۰۰٬۰۰۰ تومان از ۵۰۰٬۰۰۰ تومان",
        ]
        assert digest.method == "sendPhoto"
        assert digest.picture is not None
        assert digest.picture["title"] == "این هفته: ۲۰٬۰۰۰ تومان"
        assert digest.picture["change"] == "هفتهٔ اول شما"
        assert digest.picture["amounts"] == [20_000]
        assert (digest.picture["days"], digest.picture["values"]) == (["۱ فروردین"], ["۲۰ هزار"])
        [[balance], settings] = [
            [each["text"] for each in row] for row in digest.params["reply_markup"]["inline_keyboard"]
        ]
        assert (balance, settings) == ("موجودی", ["تنظیمات", "رتبه"])


@pytest.mark.parametrize(
    ("language", "title", "change", "days", "values"),
    [
        (
            "en",
            "3 weeks: 75,000 toman",
            "This week 15,000 toman more than last week",
            ["16 March", "23 March", "30 March"],
            ["20K", "20K", "35K"],
        ),
        (
            "fa",
            "پورسانت ۳ هفته: ۷۵٬۰۰۰ تومان",
            "این هفته ۱۵٬۰۰۰ تومان بیشتر از هفتهٔ قبل",
            ["۱ فروردین", "۸ فروردین", "۱۵ فروردین"],
            ["۲۰ هزار", "۲۰ هزار", "۳۵ هزار"],
        ),
    ],
)
async def test_the_weeks_since_joining_are_drawn_and_said(
    tmp_path: Path, language: Language, title: str, change: str, days: list[str], values: list[str]
) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        sara, digests = await room.member(101, "Sara", language), list[Letter]()
        for week, (amount, order) in enumerate(((100_000, "A1"), (100_000, "A2"), (175_000, "A3"))):
            room.clock.time = START + week * 7 * DAY
            await room.sells(sara, amount, order)
            digests = await room.at(NINE_IN_TEHRAN + week * 7 * DAY)
        assert digests[-1].picture is not None
        picture = digests[-1].picture
        assert (picture["title"], picture["change"]) == (title, change)
        assert (picture["days"], picture["values"], picture["amounts"]) == (days, values, [20_000, 20_000, 35_000])
        said = plain(digests[-1])
        assert said[said.index(title) + 1] == change


async def test_where_nothing_has_changed_there_is_none_unless_it_is_wished(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        await room.member(101, "Sara")
        keen = await room.member(102, "Nader")
        await room.person(103, "Karim, who has not joined")
        await room.choose_preferences(keen, ChosenPreferences(always=True))
        [digest] = await room.at(NINE_IN_TEHRAN)
        assert digest.chat_id == 102
        assert "Nothing has changed since 2026-03-21." in plain(digest)
        assert digest.method == "sendMessage", "no picture of flat bars"


async def test_everybody_has_it_at_their_own_hour_zone_and_rhythm(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        preferences = {
            101: ChosenPreferences(),
            102: ChosenPreferences(hour=21),
            103: ChosenPreferences(zone="Europe/Berlin"),
            104: ChosenPreferences(digest="weekly"),
            105: ChosenPreferences(digest="monthly"),
            106: ChosenPreferences(digest="off"),
        }
        for number, wished in preferences.items():
            member = await room.member(number, "Sara", "fa" if number in (104, 105) else "en")
            await room.choose_preferences(member, wished)
            await room.sells(member, 100_000, f"A{number}")
        heard: dict[int, int] = {}
        for hour in range(24 * 32):
            for letter in await room.at(START + HOUR // 2 + hour * HOUR):
                assert letter.chat_id not in heard
                heard[letter.chat_id] = hour
        # Sunday 9:00, Saturday 21:00, 9:00 in Berlin (11:30 in Tehran), the next Saturday 9:00, 1 Ordibehesht 9:00
        assert heard == {101: 18, 102: 6, 103: 21, 104: 18 + 6 * 24, 105: 18 + 30 * 24}


async def test_who_chooses_an_hour_that_has_passed_hears_the_next_day(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        sara, nader = await room.member(101, "Sara"), await room.member(102, "Nader")
        for member in (sara, nader):
            await room.sells(member, 100_000, f"of {member}")
        await room.choose_preferences(nader, ChosenPreferences(hour=10))
        await room.at(NINE_IN_TEHRAN + HOUR)
        room.clock.time += 60_000
        await room.sells(sara, 100_000, "A18")
        await room.choose_preferences(sara, ChosenPreferences(hour=10))
        assert await room.at(NINE_IN_TEHRAN + HOUR + 120_000) == []
        assert [letter.chat_id for letter in await room.at(NINE_IN_TEHRAN + HOUR + DAY)] == [101]


async def heard_by(room: Backroom, hours: range) -> dict[int, int]:
    """Who heard when: the chats, with the hour behind START of their only digest."""
    heard: dict[int, int] = {}
    for hour in hours:
        for letter in await room.at(START + HOUR // 2 + hour * HOUR + 60_000):
            assert letter.chat_id not in heard
            heard[letter.chat_id] = hour
    return heard


async def test_what_would_come_in_quiet_hours_comes_at_their_end(tmp_path: Path) -> None:
    """START is 14:30 in Tehran, so 23:01 is hour 8 behind it, and 8:01 hour 17."""
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        preferences = {
            101: ChosenPreferences(hour=23, quiet=Quiet(22, 8)),
            102: ChosenPreferences(hour=23),
            103: ChosenPreferences(hour=23, quiet=Quiet(23, 7)),
            104: ChosenPreferences(hour=23, quiet=Quiet(21, 8)),
        }
        for number, wished in preferences.items():
            member = await room.member(number, "Sara")
            await room.choose_preferences(member, wished)
            if number != 104:
                await room.sells(member, 100_000, f"A{number}")
        quiet_late = await room.member(105, "Nader")
        await room.choose_preferences(quiet_late, ChosenPreferences(hour=23))
        assert await heard_by(room, range(10)) == {102: 8}
        await room.sells(quiet_late, 100_000, "A105")  # no news at their hour: it waits for the next day
        assert await heard_by(room, range(10, 20)) == {101: 17, 103: 16}
        run = next(each for each in await room.timetable.records() if " 23 " in each.job)
        assert (run.done_slot, run.failed, run.problem) == ("2026-03-21", 0, None)
        again = await heard_by(room, range(24, 48))
        assert again == {105: 32}, "and each slot comes once"


async def test_what_is_late_because_the_bot_was_away_does_not_come_at_night_either(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "daily", "hour": 20, "quiet": "23-8"}) as room:
        await room.at(START)
        sara = await room.member(101, "Sara")
        await room.sells(sara, 100_000, "A17")
        assert await heard_by(room, range(13, 20)) == {101: 17}


async def test_a_run_that_waits_for_the_end_of_quiet_hours_gives_way_to_the_next(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        sara = await room.member(101, "Sara")
        await room.choose_preferences(sara, ChosenPreferences(hour=23, quiet=Quiet(22, 8)))
        await room.sells(sara, 100_000, "A17")
        assert await heard_by(room, range(10)) == {}
        assert await room.at(START + HOUR // 2 + 32 * HOUR) == [], "the next day at 23:00: it was away all day"
        assert [letter.cause for letter in await room.at(START + HOUR // 2 + 41 * HOUR)] == [
            f"digest:2026-03-22/{sara}/0"
        ]


async def test_a_week_away_only_the_latest_comes(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        sara = await room.member(101, "Sara")
        await room.sells(sara, 100_000, "A17")
        assert [letter.cause for letter in await room.at(NINE_IN_TEHRAN + 7 * DAY)] == [f"digest:2026-03-29/{sara}/0"]


async def test_by_hand_it_comes_once_for_what_is_new_and_with_force_also_for_nothing(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        sara = await room.member(101, "Sara")
        await room.member(102, "Nader")
        off = await room.member(103, "Karim")
        await room.choose_preferences(off, ChosenPreferences(digest="off"))
        for member in (sara, off):
            await room.sells(member, 100_000, f"of {member}")

        async def by_hand(*, force: bool) -> list[int]:
            before = len(await room.letters())
            room.clock.time += 1
            await room.timetable.run_by_hand("balance-digest", force=force)
            return [letter.chat_id for letter in (await room.letters())[before:]]

        assert await by_hand(force=False) == [101]
        assert await by_hand(force=False) == []
        assert await by_hand(force=True) == [101, 102]
        assert await room.at(NINE_IN_TEHRAN) == [], "the timetable has nothing new to say either"


class PowerCut(BaseException):
    pass


async def killed_on_the_way(room: Backroom, pages: int) -> None:
    """A run that dies when it has written so many pages."""
    job = room.timetable.jobs["balance-digest"]
    write, written = job._write, []  # type: ignore[attr-defined]

    def cut(connection: sqlite3.Connection, letters: object, slot: str) -> None:
        write(connection, letters, slot)
        written.append(slot)
        if len(written) > pages:
            raise PowerCutInTheTransaction

    class PowerCutInTheTransaction(Exception):
        pass

    work = job.work

    async def dies(run: object) -> None:
        try:
            await work(run)  # type: ignore[arg-type]
        except PowerCutInTheTransaction:
            raise PowerCut from None

    job._write, job.work = cut, dies  # type: ignore[attr-defined, method-assign]
    with pytest.raises(PowerCut):
        await room.timetable.tick()
    job._write, job.work = write, work  # type: ignore[attr-defined, method-assign]


async def test_five_hundred_members_each_get_exactly_one_however_often_the_run_is_killed(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.timetable.tick()
        members = [await room.member(1000 + number, "Sara") for number in range(500)]
        for number, member in enumerate(members):
            await room.sells(member, 1_000 + number, f"A{number}")
        room.clock.time = NINE_IN_TEHRAN
        for pages in (1, 0, 2):
            await killed_on_the_way(room, pages)
            room.clock.time += 130_000  # the dead run's claim has to run out
        await room.timetable.tick()
        await room.timetable.tick()
        letters = await room.letters()
        assert Counter(letter.chat_id for letter in letters) == Counter(range(1000, 1500))
        assert len({letter.reference for letter in letters}) == 500
        amounts = {letter.chat_id: plain(letter)[4] for letter in letters}
        assert amounts[1499] == "– earned: 299 toman"


async def test_a_member_whose_digest_cannot_be_written_keeps_nobody_else_from_theirs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        members = [await room.member(number, "Sara") for number in (101, 102, 103)]
        for member in members:
            await room.sells(member, 100_000, f"of {member}")
        job = room.timetable.jobs["balance-digest"]
        letter_of = job._letter  # type: ignore[attr-defined]

        async def stumbling(to: Subscriber, run: object) -> object:
            if to.person == min(members):
                raise LookupError("no such zone")
            return await letter_of(to, run)

        job._letter = stumbling  # type: ignore[attr-defined]
        assert len(await room.at(NINE_IN_TEHRAN)) == 2
        [record] = [each for each in await room.timetable.records() if each.failed]
        assert record.problem == "DigestsNotWritten: 1 digests could not be written, see the log"
        assert f"digest for {min(members)}" in caplog.text


async def test_a_run_by_hand_beside_the_timetable_tells_nobody_the_same_twice(tmp_path: Path) -> None:
    """Both have read the same last digest; whoever writes second finds it told."""
    async with open_backroom(tmp_path) as room:
        await room.at(START)
        sara = await room.member(101, "Sara")
        await room.sells(sara, 100_000, "A17")
        job = room.timetable.jobs["balance-digest"]
        letter_of = job._letter  # type: ignore[attr-defined]

        async def slow(to: object, run: object) -> object:
            letter = await letter_of(to, run)
            job._letter = letter_of  # type: ignore[attr-defined]
            await room.timetable.run_by_hand("balance-digest", force=False)
            return letter

        job._letter = slow  # type: ignore[attr-defined]
        assert len(await room.at(NINE_IN_TEHRAN)) == 1


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_ten_thousand_members_each_get_exactly_one(tmp_path: Path) -> None:
    async with open_backroom(tmp_path) as room:
        await room.timetable.tick()
        for number in range(10_000):
            await room.sells(await room.member(10_000 + number, "Sara"), 1_000 + number, f"A{number}")
        letters = await room.at(NINE_IN_TEHRAN)
        assert Counter(letter.chat_id for letter in letters) == Counter(range(10_000, 20_000))
