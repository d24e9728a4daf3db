from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.kit.dialogues import name_of
from chat import DAY, UNILEVEL, texts_of
from handlers.chat.admin.buttons import ApproveCommission, OpenCommission, RejectCommission
from handlers.chat.admin.commissions import CommissionReasonAsked
from office import Office, button, open_office, rows_of, styles_of

MANUAL: dict[str, Any] = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}
RIPENING: dict[str, Any] = {**UNILEVEL, "program": {**UNILEVEL["program"], "maturity_days": 14}}


async def state_of(office: Office, number: int) -> str:
    explained = await office.chat.engine.explain(number)
    assert explained is not None
    return explained.commission.state


async def toast_of(office: Office, button: Any) -> str:
    effects = await office.chat.press(office.nader, button)
    assert effects.toast is not None
    return effects.toast.text


async def test_where_nothing_waits_it_says_whose_word_is_needed(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        assert (await office.said("/commissions")).startswith("No commissions are awaiting approval.")
    (tmp_path / "other").mkdir()
    async with open_office(tmp_path / "other") as office:
        assert "They need no approval here" in await office.said("/commissions")


async def test_the_list_holds_what_waits_for_a_word(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        page = await office.send("/commissions")
        assert texts_of(page)[0] == (
            "<b>Commissions awaiting approval: 2</b>\n\n"
            "<b>1</b> · \u2068Sara\u2069 · 17,000 toman · direct, order \u2068<code>o-17</code>\u2069 · "
            "pending, due 2026-03-21\n"
            "<b>2</b> · \u2068Maryam\u2069 · 3,000 toman · level 1, order \u2068<code>o-17</code>\u2069 · "
            "pending, due 2026-03-21\n"
            "<b>By member</b>\n\u2068Sara\u2069: 1, 17,000 toman\n\u2068Maryam\u2069: 1, 3,000 toman"
        )
        assert rows_of(page) == [
            ["Approve all that wait: 2"],
            ["By member or age"],
            ["Commission 1", "Commission 2"],
            ["Back to admin"],
        ]
        await office.send("/commissions approve 1")
        assert "<b>1</b>" not in await office.said("/commissions")


async def test_held_ones_wait_for_a_word_too_and_it_is_remembered(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"recruits": 2}}
    async with open_office(tmp_path, {**MANUAL, "plan": plan}) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        assert "· held" in await office.said("/commissions")
        assert "An admin has approved it." in await office.said("/commissions approve 2")
        assert await state_of(office, 2) == "held"
        await office.chat.member("Babak", office.maryam)
        assert await state_of(office, 2) == "available"


async def test_six_a_page(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        for number in range(4):
            await office.chat.buy(office.ali, 100_000, f"o-{number}")
        first = await office.send("/commissions")
        assert rows_of(first)[3:] == [
            ["Commission 3", "Commission 4"],
            ["Commission 5", "Commission 6"],
            ["Next"],
            ["Back to admin"],
        ]
        assert rows_of(await office.press(first, "Next"))[2:4] == [["Commission 7", "Commission 8"], ["Previous"]]
        assert rows_of(await office.send("/commissions ۹")) == rows_of(await office.press(first, "Next"))


async def test_a_card_explains_before_it_lets_decide(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        card = await office.press(await office.send("/commissions"), "Commission 2")
        assert "Level 1 gets 15% of the direct commission (20,000 toman)." in texts_of(card)[0]
        assert "It waits for an admin's approval." in texts_of(card)[0]
        assert rows_of(card) == [["Approve"], ["Reject"], ["Commissions"]]
        assert styles_of(card) == {"Approve": "success", "Reject": "danger"}
        done = await office.press(card, "Approve")
        assert done.toast is not None
        assert done.toast.text == "Approved."
        assert await state_of(office, 2) == "available"
        assert await office.available(office.maryam) == 3000
        assert rows_of(done) == [["Commissions"]]
        assert await toast_of(office, ApproveCommission(2)) == "This is already available and can be withdrawn."


async def test_rejecting_asks_for_the_reason_which_the_member_reads(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        question = await office.chat.press(office.nader, RejectCommission(1, sure=False))
        assert rows_of(question) == [["Reject without a reason"], ["Commission 1"]]
        assert await state_of(office, 1) == "pending"
        await office.chat.notices()
        answer = await office.send("a double order")
        assert "Rejected by an admin." in texts_of(answer)[0]
        assert office.chat.dialogues[office.nader.id] is None
        assert await state_of(office, 1) == "rejected"
        [(_, [told])] = [each for each in await office.chat.notices() if each[0] == "rejected"]
        assert "a double order" in told.params["text"]


async def test_a_reason_is_not_taken_from_somebody_who_is_no_admin_any_more(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.chat.press(office.nader, RejectCommission(1, sure=False))
        office.chat.people.known[office.nader.id] = replace(office.nader, is_admin=False)
        await office.send("a double order")
        assert await state_of(office, 1) == "pending"
        assert office.chat.dialogues[office.nader.id] is None


async def test_rejecting_goes_without_a_reason_too(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        question = await office.chat.press(office.nader, RejectCommission(1, sure=False))
        await office.press(question, "Reject without a reason")
        assert await state_of(office, 1) == "rejected"
        assert office.chat.dialogues[office.nader.id] is None
        assert await toast_of(office, RejectCommission(1, sure=True)) == "This has already been rejected."
        assert await toast_of(office, RejectCommission(1, sure=False)) == "This has already been rejected."
        assert await toast_of(office, ApproveCommission(1)) == "This has already been rejected."


async def test_the_card_is_the_way_back_from_the_question(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        question = await office.chat.press(office.nader, RejectCommission(1, sure=False))
        asked = office.chat.dialogues[office.nader.id]
        assert asked is not None
        assert asked.step == name_of(CommissionReasonAsked)
        card = await office.press(question, "Commission 1")
        assert office.chat.dialogues[office.nader.id] is None
        assert button(card, "Approve") == "capp:1"


@pytest.mark.parametrize("reason", ["", " wrong price"])
async def test_it_all_works_typed_out(tmp_path: Path, reason: str) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        assert "Available: it can be withdrawn." in await office.said("/commissions approve #۲")
        assert "Rejected by an admin." in await office.said(f"/commissions reject 1{reason}")
        assert await office.said("/commissions reject 1") == "This has already been rejected."
        assert await office.said("/commissions reject 2") == "This is already available and can be withdrawn."
        assert await office.said("/commissions approve 1") == "This has already been rejected."
        assert await office.said("/commissions approve 99") == "There is no such commission."


async def test_an_approval_that_came_before_is_told_and_a_kill_is_not_taken_for_one(tmp_path: Path) -> None:
    program = {**MANUAL["program"], "maturity_days": 14}
    async with open_office(tmp_path, {**MANUAL, "program": program}) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        effects = await office.killed_once(lambda: office.chat.press(office.nader, ApproveCommission(1)))
        assert effects.toast is not None
        assert effects.toast.text == "Approved."
        assert (await office.said("/commissions approve 1")).startswith("\u2068Nader\u2069 has approved this already.")
        office.chat.clock.now += 14 * DAY
        await office.chat.engine.tick()
        assert await state_of(office, 1) == "available"
        assert await state_of(office, 2) == "pending"


async def test_a_killed_rejection_comes_out_once(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        effects = await office.killed_once(lambda: office.send("/commissions reject 1 twice"))
        assert "Rejected by an admin." in texts_of(effects)[0]


async def test_nobody_decides_about_their_own(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.buy(await office.chat.friend("Hamid", office.nader), 100_000, "o-18")
        card = await office.chat.press(office.nader, OpenCommission(1))
        assert texts_of(card)[0].endswith("This is your own commission, so another admin has to decide.")
        assert rows_of(card) == [["Commissions"]]
        refused = "You can't decide on your own request. Another admin has to."
        assert await office.said("/commissions approve 1") == refused
        assert await office.said("/commissions reject 1") == refused
        assert await toast_of(office, ApproveCommission(1)) == refused
        assert await toast_of(office, RejectCommission(1, sure=False)) == refused
        assert await toast_of(office, RejectCommission(1, sure=True)) == refused
        assert await state_of(office, 1) == "pending"
        await office.chat.press(office.karim, ApproveCommission(1))
        assert await state_of(office, 1) == "available"


async def test_where_they_need_no_word_they_can_still_be_rejected_before_maturity(tmp_path: Path) -> None:
    async with open_office(tmp_path, RIPENING) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        page = await office.send("/commissions")
        assert "They need no approval here, but can be rejected until they are available." in texts_of(page)[0]
        card = await office.press(page, "Commission 1")
        assert rows_of(card) == [["Reject"], ["Commissions"]]
        assert (await office.said("/commissions approve 1")).startswith("Commissions need no approval here")
        assert await state_of(office, 1) == "pending"
        await office.send("/commissions reject 1")
        assert await state_of(office, 1) == "rejected"


@pytest.mark.parametrize("typed", ["approve", "reject", "1 2", "why 12"])
async def test_what_cannot_be_meant_is_answered_by_how_it_is_typed(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        assert "/commissions reject 31" in await office.said(f"/commissions {typed}")


async def test_members_cannot_decide(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        assert texts_of(await office.chat.send(office.sara, "/commissions"))[0].startswith("I don't know that command.")
        assert (await office.chat.press(office.sara, ApproveCommission(1))).outgoing == []
        assert await state_of(office, 1) == "pending"


async def test_in_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL, language="fa") as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        text = await office.said("/commissions")
        assert "<b>پورسانت‌های منتظر تأیید: ۲</b>" in text
        assert "شمارهٔ <b>۱</b>: \u2068Sara\u2069، ۱۷٬۰۰۰ تومان، پورسانت مستقیم، سفارش" in text
