import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.broadcasts import Audience
from bot.kit.buttons import Button
from bot.kit.routes import Routes
from chat import UNILEVEL, texts_of
from handlers.chat import FEATURES
from handlers.chat.admin.buttons import OpenOverview, OpenShopProblems, RejectRequest
from handlers.chat.admin.home import COMMANDS, OWNERS
from handlers.chat.buttons import OpenAdmin
from office import Office, open_office, rows_of

MANUAL = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}


async def shop_problem(office: Office, order: str, kind: str = "deleted") -> None:
    """An order of the shop needs a look."""
    row = ("woo", order, kind, json.dumps({"total": "20 dollars"}), "", 1)
    sql = "INSERT INTO shop_problems (shop, order_id, kind, content, change, at) VALUES (?, ?, ?, ?, ?, ?)"

    await office.chat.engine.write_silently(lambda books: books.connection.execute(sql, row).rowcount)


async def test_everything_that_waits_has_its_count_and_leads_to_its_list(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.chat.engine.adjust("a1", office.sara.id, 5_000, "a present", actor=office.karim.id)
        for number in range(3):
            await office.ask_for(1000 + number, f"w{number}")
        await shop_problem(office, "7")
        broadcasts = office.chat.broadcasts
        id = await broadcasts.create("c", office.nader.id, 1)
        await broadcasts.write(id, "en", "Hello")
        await broadcasts.address(id, Audience())
        await broadcasts.start(id, 1, 2, 3)
        home = await office.send("/admin")
        assert texts_of(home)[0] == (
            "<b>Admin</b>\n7 things are waiting for you.\n\nToday: one order, 100,000 toman, commissions 20,000 toman"
        )
        assert rows_of(home) == [
            ["Open requests: 3"],
            ["Commissions to approve: 2"],
            ["Shop problems: 1"],
            ["Broadcasts under way: 1"],
            ["Statistics"],
            ["How to record purchases"],
            ["Commands"],
            ["Offers", "Rates", "Admins"],
            ["Home"],
        ]
        for label, title in (
            ("Open requests: 3", "<b>Open requests: 3</b>"),
            ("Commissions to approve: 2", "<b>Commissions awaiting approval: 2</b>"),
            ("Shop problems: 1", "<b>Shop problems: 1</b>"),
            ("Broadcasts under way: 1", "<b>Broadcasts"),
            ("Statistics", "<b>Today, 2026-03-21</b>"),
        ):
            page = await office.press(home, label)
            assert texts_of(page)[0].startswith(title)
            assert rows_of(page)[-1] == ["Back to admin"]


async def test_where_nothing_waits_the_lists_can_still_be_reached(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        home = await office.send("/admin")
        assert texts_of(home)[0] == "<b>Admin</b>\nNothing is waiting for you.\n\nToday: no orders yet"
        assert rows_of(home)[:4] == [["Open requests"], ["Commissions"], ["Broadcasts"], ["Statistics"]]


async def test_under_a_summary_it_comes_as_a_new_message(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        pressed = await office.chat.press(office.nader, OpenOverview())
        assert [each.method for each in pressed.outgoing] == ["sendMessage"]
        assert texts_of(pressed)[0].startswith("<b>Admin</b>")


async def test_in_persian_it_is_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL, language="fa") as office:
        assert "چیزی در انتظار شما نیست." in await office.said("/admin")
        await office.chat.buy(office.ali, 100_000, "o-17")
        home = await office.send("/admin")
        assert "در انتظار شما: ۲ مورد\n\nامروز: ۱ سفارش، ۱۰۰٬۰۰۰ تومان، پورسانت ۲۰٬۰۰۰ تومان" in texts_of(home)[0]
        commands = texts_of(await office.press(home, "فهرست دستورها"))[0]
        assert "برای ثبت تسویهٔ یک برداشت با کد پیگیری: \u2068/paid\u2069" in commands


async def test_the_commands_are_one_press_away_and_none_is_missing(tmp_path: Path) -> None:
    admins = {command.name for command in Routes(FEATURES).commands.values() if command.admin}
    assert admins - {"admin"} | {"why"} == {*COMMANDS, *OWNERS}
    async with open_office(tmp_path) as office:
        page = await office.press(await office.send("/admin"), "Commands")
        assert "\u2068/approve\u2069 – Approve a request" in texts_of(page)[0]
        assert rows_of(page) == [["Back to admin"]]


async def test_a_shop_s_problem_stays_on_the_list_until_somebody_has_dealt_with_it(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        for number in range(6):
            await shop_problem(office, f"{number}")
        page = await office.chat.press(office.nader, OpenShopProblems(1))
        assert "<b>Shop problems: 6</b>\n\n<b>Please look at the order" in texts_of(page)[0]
        assert rows_of(page)[0] == ["Done: woo:0"]
        assert rows_of(page)[-2:] == [["Next"], ["Back to admin"]]
        done = await office.press(page, "Done: woo:0")
        assert done.toast is not None
        assert "<b>Shop problems: 5</b>" in texts_of(done)[0]
        again = await office.press(page, "Done: woo:0")
        assert "<b>Shop problems: 5</b>" in texts_of(again)[0]
        for _ in range(5):
            page = await office.chat.press(office.nader, OpenShopProblems(9))
            page = await office.press(page, rows_of(page)[0][0])
        assert texts_of(page)[0] == "No order of a shop needs a look."


async def test_in_persian_a_shop_s_problem_is_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await shop_problem(office, "7")
        page = await office.press(await office.send("/admin"), "مشکلات فروشگاه: ۱")
        assert texts_of(page)[0].startswith("<b>مشکلات فروشگاه: ۱</b>")
        done = await office.press(page, "بررسی شد: woo:7")
        assert texts_of(done)[0] == "سفارشی از فروشگاه‌ها نیاز به بررسی ندارد."


async def test_an_admin_who_is_no_owner_sees_nothing_of_owners(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        office.chat.people.known[office.nader.id] = replace(office.nader, is_owner=False)
        home = await office.send("/admin")
        assert ["Offers", "Rates", "Admins"] not in rows_of(home)
        assert "/offer" not in texts_of(await office.press(home, "Commands"))[0]


async def test_how_to_record_is_shown_by_examples_and_leads_back(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        page = await office.press(await office.send("/admin"), "How to record purchases")
        assert "<code>/purchase @sara 100000</code>" in texts_of(page)[0]
        assert "Nothing is waiting for you." in texts_of(await office.press(page, "Back to admin"))[0]


async def test_going_home_leaves_a_question(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(1000)
        await office.chat.press(office.nader, RejectRequest(1))
        home = await office.chat.press(office.nader, OpenAdmin())
        assert home.dialogue_changed
        assert home.dialogue is None


@pytest.mark.parametrize("button", [OpenAdmin(), OpenOverview(), OpenShopProblems(1)])
async def test_members_get_neither_the_card_nor_its_buttons(tmp_path: Path, button: Button) -> None:
    async with open_office(tmp_path) as office:
        assert texts_of(await office.chat.send(office.sara, "/admin"))[0].startswith("I don't know that command.")
        assert (await office.chat.press(office.sara, button)).outgoing == []
