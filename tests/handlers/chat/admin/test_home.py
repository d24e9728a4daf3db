from dataclasses import replace
from pathlib import Path

from bot.kit.routes import Routes
from chat import UNILEVEL, texts_of
from handlers.chat import FEATURES
from handlers.chat.admin.buttons import RejectRequest
from handlers.chat.admin.home import COMMANDS, OWNERS
from handlers.chat.buttons import OpenAdmin
from office import open_office, rows_of


async def test_the_home_card_counts_what_waits_and_lists_the_commands(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(1000)
        home = await office.send("/admin")
        assert "1 withdrawal request is waiting." in texts_of(home)[0]
        assert "\u2068/approve\u2069: Approve a request" in texts_of(home)[0]
        assert rows_of(home) == [
            ["Open requests: 1"],
            ["Commissions"],
            ["How to record purchases"],
            ["Broadcasts"],
            ["Offers", "Rates", "Admins"],
            ["Home"],
        ]
        assert texts_of(await office.press(home, "Open requests: 1"))[0].startswith("<b>Open requests: 1</b>")


async def test_commissions_that_wait_for_approval_are_counted_as_requests_are(tmp_path: Path) -> None:
    manual = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}
    async with open_office(tmp_path, manual) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        home = await office.send("/admin")
        assert "2 commissions are waiting for approval." in texts_of(home)[0]
        assert "Nothing is waiting" not in texts_of(home)[0]
        assert ["Commissions to approve: 2"] in rows_of(home)


async def test_in_persian_it_is_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        answer = await office.said("/admin")
        assert "چیزی در انتظار شما نیست." in answer
        assert "دستور \u2068/paid\u2069: ثبت تسویهٔ یک برداشت با کد پیگیری" in answer


def test_every_admin_s_command_is_listed() -> None:
    commands = Routes(FEATURES).commands.values()
    admins = {command.name for command in commands if command.admin and not command.owner}
    assert admins - {"admin"} | {"why"} == set(COMMANDS)
    assert {command.name for command in commands if command.owner} == set(OWNERS)


async def test_an_admin_who_is_no_owner_sees_nothing_of_owners(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        office.chat.people.known[office.nader.id] = replace(office.nader, is_owner=False)
        home = await office.send("/admin")
        assert ["Offers", "Rates", "Admins"] not in rows_of(home)
        assert "/offer" not in texts_of(home)[0]


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


async def test_members_get_neither_the_card_nor_its_button(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert texts_of(await office.chat.send(office.sara, "/admin"))[0].startswith("I do not know that command.")
        assert (await office.chat.press(office.sara, OpenAdmin())).outgoing == []
