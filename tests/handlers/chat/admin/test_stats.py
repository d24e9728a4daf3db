"""/stats: the figures of a span, in place, with who and what brought them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.links import Purpose
from chat import DAY, NOON, UNILEVEL, texts_of
from engine.queries.figures import bounds
from handlers.chat.admin.buttons import OpenStats
from office import Office, open_office, rows_of

JALALI = {**UNILEVEL, "program": {**UNILEVEL["program"], "calendar": "jalali", "week_start": "saturday"}}
"""NOON is on 1 Farvardin 1405; the office is open since then, and a month later it is 2 Ordibehesht."""
LATER = NOON + 32 * DAY


async def sales(office: Office) -> None:
    """Two orders in Farvardin, one in the new month; a withdrawal is paid, another waits."""
    office.chat.facts = replace(office.chat.facts, shops=frozenset({"woo"}))
    await office.chat.buy(office.ali, 100_000, "woo:1")
    await office.chat.buy(office.ali, 50_000, "2")
    await office.chat.engine.refund("woo:1", 40_000, key="f", actor="shop:woo")
    office.chat.clock.now = LATER
    await office.chat.buy(office.ali, 200_000, "woo:3")
    await office.ask_for(5_000, "w1")
    await office.ask_for(2_000, "w2")
    await office.chat.engine.authorise("w1", actor=office.karim.id)
    await office.chat.engine.settle("w1", "paid", actor=office.karim.id, tracking="T")


async def test_todays_figures_are_shown_and_another_span_in_place(tmp_path: Path) -> None:
    async with open_office(tmp_path, JALALI) as office:
        await sales(office)
        page = await office.send("/stats")
        assert texts_of(page)[0] == (
            "<b>Today, 2026-04-22</b>\n"
            "Friends: 0 came, 0 joined\n"
            "Orders: 1, 200,000 toman\n"
            "Commissions: 2, 40,000 toman\n"
            "Commissions are 20% of sales\n"
            "Payouts: 1, 5,000 toman\n\n"
            "<b>Now</b>\n"
            "One request is waiting, 2,000 toman. It was made just now.\n\n"
            "<b>Who earned most</b>\n"
            "\u2068Sara\u2069: 34,000 toman (1)\n\u2068Maryam\u2069: 6,000 toman (1)\n"
            "<b>Sales by shop</b>\n\u2068woo\u2069: 1, 200,000 toman"
        )
        assert rows_of(page) == [
            ["✓ Today", "This week"],
            ["This month", "Last month"],
            ["Chart of 7 days"],
            ["Back to admin"],
        ]
        last = await office.press(page, "Last month")
        assert [each.method for each in last.outgoing] == ["editMessageText"]
        assert rows_of(last)[:2] == [["Today", "This week"], ["This month", "✓ Last month"]]
        lines = texts_of(last)[0].split("\n")
        assert lines[0] == "<b>Last month, 2026-03-21 to 2026-04-20</b>"
        assert lines[1:6] == [
            "Friends: 2 came, 2 joined",
            "Orders: 2, 150,000 toman",
            "– refunded since: 40,000 toman",
            "Commissions: 4, 30,000 toman",
            "– taken back since: 8,000 toman",
        ]
        assert lines[-3:] == [
            "<b>Sales by shop</b>",
            "\u2068woo\u2069: 1, 60,000 toman",
            "Without a shop: 1, 50,000 toman",
        ]


@pytest.mark.parametrize(("typed", "title"), [("week", "This week"), ("ماه", "This month"), ("last", "Last month")])
async def test_the_span_may_be_typed(tmp_path: Path, typed: str, title: str) -> None:
    async with open_office(tmp_path, JALALI) as office:
        assert (await office.said(f"/stats {typed}")).startswith(f"<b>{title}, ")


async def test_in_persian_dates_and_digits_are_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, JALALI, language="fa") as office:
        await sales(office)
        page = await office.send("/stats")
        assert rows_of(page)[:2] == [["این هفته", "✓ امروز"], ["ماه قبل", "این ماه"]]
        month = texts_of(await office.press(page, "این ماه"))[0]
        assert month.startswith("<b>این ماه، از ۱ اردیبهشت ۱۴۰۵ تا ۳۱ اردیبهشت ۱۴۰۵</b>\n")
        assert "سهم پورسانت از فروش: ۲۰٪\nتسویه‌ها: ۱ مورد، ۵٬۰۰۰ تومان" in month
        assert "از \u2068Sara\u2069: ۳۴٬۰۰۰ تومان (۱ مورد)" in month


async def test_what_tags_have_brought_is_listed(tmp_path: Path) -> None:
    async with open_office(tmp_path, JALALI) as office:
        chat = office.chat
        [link] = await chat.links.make(office.sara.id, [Purpose("tag", "insta")], NOON)
        for name, buys in (("Reza", 30_000), ("Mina", 0)):
            person = await chat.arrive(name)
            await chat.links.follow(person.id, link.code, cause=name, now=NOON)
            if buys:
                await chat.buy(person, buys, f"o-{name}")
                await chat.engine.refund(f"o-{name}", 10_000, key="f", actor="shop:woo")
        assert (await office.said("/stats")).endswith(
            "<b>By tag</b>\n\u2068insta\u2069: 2 came, one order, 20,000 toman"
        )
        since, until = bounds(chat.engine.programme.program, "last_month", NOON)
        assert await chat.figures.sales_by_tag(since, until, 5) == []


async def test_under_a_summary_the_figures_come_as_a_new_message(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        pressed = await office.chat.press(office.nader, OpenStats("week", fresh=True))
        assert [each.method for each in pressed.outgoing] == ["sendMessage"]


async def test_members_do_not_see_them(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert texts_of(await office.chat.send(office.sara, "/stats"))[0].startswith("I do not know that command.")
        assert (await office.chat.press(office.sara, OpenStats("week", fresh=False))).outgoing == []
