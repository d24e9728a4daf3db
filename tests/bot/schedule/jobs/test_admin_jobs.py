"""What admins are told at their hour, and what happens at night."""

import re
from pathlib import Path

import pytest

from backroom import ADMINS, Backroom, Letter, open_backroom
from bot.kit.languages import Language
from chat import UNILEVEL
from plans import WEEKLY
from ticking import START

HOUR, DAY = 3_600_000, 86_400_000
NINE_IN_TEHRAN = START + 18 * HOUR + HOUR // 2
"""2026-03-22 09:00 in Tehran; START is 14:30 on 1 Farvardin there."""
SHEBA = "IR820540102680020817909002"


def plain(letter: Letter) -> list[str]:
    return re.sub("<[^<>]+>|[\u2066\u2068\u2069]", "", letter.text).split("\n")


async def a_day(room: Backroom) -> str:
    """Sara joins, three friends buy, and she asks for some of what she earned."""
    sara = await room.member(101, "Sara")
    for order in ("A17", "A18", "A19"):
        await room.sells(sara, 100_000, order)
    kept = await room.engine.keep_destination(sara, "sheba", SHEBA)
    for id, amount in (("w1", 5_000), ("w2", 7_000)):
        await room.engine.withdraw(id, sara, amount, kept)
    await room.engine.authorise("w1", actor="admin")
    await room.engine.settle("w1", "paid", actor="admin", tracking="T")
    return sara


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "2026-03-21",
                "Friends: 3 came, 1 joined",
                "Orders: 3, 300,000 toman",
                "Commissions: 3, 60,000 toman",
                "Commissions are 20% of sales",
                "Payouts: 1, 5,000 toman",
                "",
                "Now",
                "One request is waiting, 7,000 toman. It was made 18 hours ago.",
                "The books add up.",
            ],
        ),
        (
            "fa",
            [
                "گزارش ۱ فروردین ۱۴۰۵",
                "دوستان دعوت‌شده: ۳ نفر آمد، ۱ همکار",
                "سفارش‌ها: ۳ سفارش، ۳۰۰٬۰۰۰ تومان",
                "پورسانت‌ها: ۳ مورد، ۶۰٬۰۰۰ تومان",
                "سهم پورسانت از فروش: ۲۰٪",
                "تسویه‌ها: ۱ مورد، ۵٬۰۰۰ تومان",
                "",
                "الان",
                "درخواست‌های باز: ۱ مورد، ۷٬۰۰۰ تومان، قدیمی‌ترین حدود ۱۸ ساعت پیش.",
                "حساب‌ها مغایرتی ندارند.",
            ],
        ),
    ],
)
async def test_admins_hear_in_the_morning_how_yesterday_went(
    tmp_path: Path, language: Language, lines: list[str]
) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid", language)
        await room.at(START)
        await a_day(room)
        room.clock.time = START + 10 * HOUR  # half past midnight: another day
        await room.sells(await room.member(102, "Nader"), 100_000, "A20")
        [summary] = await room.at(NINE_IN_TEHRAN)
        assert summary.chat_id == ADMINS[0]
        assert plain(summary) == lines
        assert await room.at(NINE_IN_TEHRAN + HOUR) == []


async def test_the_mornings_picture_has_the_seven_days_before(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid")
        await room.at(START)
        await a_day(room)
        room.clock.time = START + 10 * HOUR  # half past midnight: today's sales are for tomorrow
        await room.sells(await room.member(102, "Nader"), 100_000, "A20")
        [summary] = await room.at(NINE_IN_TEHRAN)
        assert summary.method == "sendPhoto"
        assert summary.picture is not None
        assert summary.picture["amounts"] == [0] * 6 + [300_000]
        assert [each["name"].strip("\u2068\u2069") for each in summary.picture["top"]] == ["Sara"]
        assert [each["value"] for each in summary.picture["tiles"]] == ["300K", "60K", "5K"]


async def test_a_morning_after_a_week_without_anything_has_no_picture(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid")
        await room.at(START)
        [summary] = await room.at(NINE_IN_TEHRAN)
        assert (summary.method, summary.picture) == ("sendMessage", None)


async def test_a_manual_programme_says_what_waits_for_approval_and_broken_books_are_said_to_be(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}
    async with open_backroom(tmp_path, notify={"digest": "off"}, tables=tables) as room:
        await room.person(ADMINS[0], "Hamid")
        await room.at(START)
        sara = await room.member(101, "Sara")
        await room.sells(sara, 100_000, "A17")
        await room.stores.writer.run(lambda db: db.execute("UPDATE members SET paid = 1").rowcount)
        [summary] = await room.at(NINE_IN_TEHRAN)
        assert plain(summary)[-3:] == [
            "No request is waiting.",
            "One commission waits for approval.",
            "The books do not add up. Run moaref verify on the server.",
        ]


async def test_what_was_done_by_hand_is_summed_up_for_each_admin(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        hamid = await room.person(ADMINS[0], "Hamid")
        await room.at(START)
        sara = await room.member(101, "Sara")
        for number, amount in enumerate((5_000, -1_000, 2_000)):
            await room.engine.adjust(f"a{number}", sara, amount, "because", actor=hamid)
        await room.engine.suspend(sara, actor="shell:shop", key="s")
        room.clock.time = START + 10 * HOUR  # half past midnight: another day
        await room.engine.reinstate(sara, actor=hamid, key="r")
        [summary] = await room.at(NINE_IN_TEHRAN)
        assert plain(summary)[-4:] == [
            "",
            "Done by hand",
            "– Hamid: accounts corrected: 3, 6,000 toman in all",
            "– shop (on the server): members suspended: 1",
        ]


async def test_requests_older_than_a_day_are_brought_to_mind_and_younger_ones_are_not(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        for admin in ADMINS:
            await room.person(admin, "Hamid")
        await room.at(START)
        await a_day(room)
        first = await room.at(NINE_IN_TEHRAN)
        assert {letter.cause.partition(":")[0] for letter in first} == {"admin-summary"}
        second = [letter for letter in await room.at(NINE_IN_TEHRAN + DAY) if letter.cause.startswith("withdrawal")]
        assert [letter.chat_id for letter in second] == list(ADMINS)
        assert plain(second[0]) == [
            "One request has waited for more than a day",
            "",
            "2 · Sara · 7,000 toman · Sheba •••• 9002 · to be decided · 1 day ago",
        ]
        await room.engine.authorise("w2", actor="admin")
        await room.engine.settle("w2", "paid", actor="admin", tracking="T")
        third = await room.at(NINE_IN_TEHRAN + 2 * DAY)
        assert {letter.cause.partition(":")[0] for letter in third} == {"admin-summary"}


async def test_a_reminder_that_was_missed_is_not_made_up_for(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid")
        await room.at(START)
        await a_day(room)
        late = await room.at(NINE_IN_TEHRAN + 3 * DAY + 2 * HOUR)
        assert [letter.cause.partition("/")[0] for letter in late] == ["admin-summary:2026-03-25"]


async def test_a_period_is_closed_when_it_is_over_and_each_that_was_missed_has_its_run(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "plan": {"kind": "binary", "pairing": WEEKLY}}
    async with open_backroom(tmp_path, notify={"digest": "off"}, tables=tables) as room:
        await room.at(START)
        nader = await room.member(101, "Nader")
        for number, name in ((102, "Babak"), (103, "Maryam")):
            await room.sells(await room.member(number, name, sponsor=nader), 50_000, name)
        assert (await room.engine.balance(nader)).available == 0
        await room.at(START + 22 * DAY)
        assert (await room.engine.balance(nader)).available == 5_000
        runs = await room.stores.machine.fetch(
            "SELECT slot FROM runs WHERE job = 'period-close week gregorian' AND state = 'done' ORDER BY slot"
        )
        assert [row["slot"] for row in runs] == ["2026-03-23", "2026-03-30", "2026-04-06"]


async def test_a_job_that_fails_is_told_to_admins_once_a_day(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid")
        await room.at(START)

        async def fails(_run: object) -> None:
            raise LookupError("no ink")

        job = room.timetable.jobs["admin-summary"]
        work, job.work = job.work, fails  # type: ignore[method-assign, assignment]
        told = []
        for hours in range(0, 36, 3):
            told += await room.at(NINE_IN_TEHRAN + hours * HOUR)
        assert [letter.cause.partition("/")[0] for letter in told] == [
            "job-failed:admin-summary:2026-03-22",
            "job-failed:admin-summary:2026-03-23",
        ]
        assert plain(told[0])[0] == "A scheduled job did not run: admin-summary"
        job.work = work  # type: ignore[method-assign]
        [summary] = await room.at(NINE_IN_TEHRAN + 49 * HOUR)
        assert summary.cause.startswith("admin-summary:2026-03-24")
        records = {record.job: record for record in await room.timetable.records()}
        assert (records["admin-summary"].failed, records["admin-summary"].missed) == (0, 2)


async def test_what_is_old_is_forgotten_at_night(tmp_path: Path) -> None:
    async with open_backroom(tmp_path, notify={"digest": "off"}) as room:
        await room.person(ADMINS[0], "Hamid")
        await room.at(START)
        await room.at(NINE_IN_TEHRAN)
        finish = "UPDATE outbox SET state = 'sent', params = '{}', finished_at = created_at"
        await room.stores.writer.run(lambda db: db.execute(finish).rowcount)
        await room.at(NINE_IN_TEHRAN + 8 * DAY)
        causes = [letter.cause for letter in await room.letters()]
        assert [cause.partition("/")[0] for cause in causes] == ["admin-summary:2026-03-30"]
