from pathlib import Path

from chat import DAY, buttons_of, texts_of
from handlers.chat.admin.buttons import OpenCommissions, OpenPending, OpenRequest
from office import SHEBA, Office, open_office, rows_of, styles_of


async def requests(office: Office, count: int) -> None:
    await office.chat.buy(office.ali, 100_000, "o-17")
    for number in range(1, count + 1):
        await office.ask_for(1000, f"w{number}")


async def test_where_nothing_waits_the_list_says_what_will_come(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.send("/pending")
        assert texts_of(effects)[0].startswith("No open requests.")
        assert rows_of(effects) == [["Back to admin"]]


async def test_a_line_holds_number_member_amount_masked_destination_state_and_age(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 2)
        await office.chat.engine.authorise("w2", actor=office.karim.id)
        office.chat.clock.now += 3 * DAY // 24
        assert await office.said("/pending") == (
            "<b>Open requests: 2</b>\n\n"
            "<b>1</b> · \u2068Sara\u2069 · 1,000 toman · Sheba \u2068•••• 9002\u2069 · to be decided · 3 hours ago\n"
            "<b>2</b> · \u2068Sara\u2069 · 1,000 toman · Sheba \u2068•••• 9002\u2069 · approved, to be paid · "
            "3 hours ago"
        )


async def test_in_persian_a_line_begins_in_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await requests(office, 1)
        office.chat.clock.now += 2 * DAY
        line = (await office.said("/pending")).splitlines()[-1]
        assert (
            line
            == "شمارهٔ <b>۱</b>: \u2068Sara\u2069، ۱٬۰۰۰ تومان، شبا \u2068•••• 9002\u2069، منتظر تصمیم، حدود ۲ روز پیش"
        )


async def test_a_page_holds_six_and_leads_on(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 8)
        first = await office.send("/pending")
        assert rows_of(first) == [
            ["Approve all that wait: 8"],
            ["Request 1", "Request 2", "Request 3"],
            ["Request 4", "Request 5", "Request 6"],
            ["Next"],
            ["Back to admin"],
        ]
        assert rows_of(await office.press(first, "Next")) == [
            ["Approve all that wait: 8"],
            ["Request 7", "Request 8"],
            ["Previous"],
            ["Back to admin"],
        ]


async def test_a_page_that_is_not_there_is_the_nearest_one(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 7)
        assert "<b>7</b>" in await office.said("/pending ۹۹")
        assert "<b>1</b>" in texts_of(await office.chat.press(office.nader, OpenPending(-3)))[0]


async def test_a_card_shows_the_destination_in_clear_to_whoever_may_pay_it(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 1)
        card = await office.press(await office.send("/pending"), "Request 1")
        assert texts_of(card)[0] == (
            "<b>Withdrawal 1</b>\n"
            f"Member: \u2068Sara\u2069 (\u2068<code>{office.sara.id}</code>\u2069)\n"
            "Amount: 1,000 toman\n"
            f"To: Sheba \u2068<code>{SHEBA}</code>\u2069\n"
            "Requested: 2026-03-21 14:30\n"
            "State: to be decided"
        )
        assert rows_of(card) == [["Approve"], ["Reject"], ["Copy Sheba"], ["Open requests"]]
        assert styles_of(card) == {"Approve": "success", "Reject": "danger"}
        assert buttons_of(card.outgoing[0])["Copy Sheba"] == SHEBA


async def test_one_s_own_request_has_no_button_that_decides(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.engine.adjust("a1", office.nader.id, 5000, "a present", actor=office.karim.id)
        await office.ask_for(1000, by=office.nader)
        card = await office.chat.press(office.nader, OpenRequest(1))
        assert "This is your own request, so another admin has to decide." in texts_of(card)[0]
        assert SHEBA not in texts_of(card)[0]
        assert rows_of(card) == [["Open requests"]]


async def test_a_request_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.chat.press(office.nader, OpenRequest(99))
        assert effects.toast is not None
        assert effects.toast.text == "There is no such withdrawal."


async def test_under_a_summary_the_list_comes_as_a_message_of_its_own(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 1)
        for button in (OpenPending(0), OpenCommissions(0)):
            [message] = (await office.chat.press(office.nader, button)).outgoing
            assert message.method == "sendMessage"
        [message] = (await office.chat.press(office.nader, OpenPending(1))).outgoing
        assert message.method == "editMessageText"
