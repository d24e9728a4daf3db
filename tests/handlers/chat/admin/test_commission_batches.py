"""Many commissions by one confirmation: all, a member's, old ones, or by number; exactly those that it named."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from chat import DAY, UNILEVEL, texts_of
from handlers.chat.admin.buttons import ApproveAllCommissions, ApproveOfMember, ApproveOlder, OpenWaitingMembers
from handlers.chat.admin.commission_batches import BATCH_MAX
from office import Office, button, open_office, rows_of

MANUAL: dict[str, Any] = {**UNILEVEL, "program": {**UNILEVEL["program"], "approval": "manual"}}


async def orders(office: Office, first: int, last: int, *, amount: int = 10_000) -> None:
    """Each brings Sara 1,700 (commissions 1, 3, 5 ...) and Maryam 300."""
    for number in range(first, last + 1):
        await office.chat.buy(office.ali, amount, f"o-{number}")


async def waiting(office: Office) -> int:
    return (await office.chat.engine.undecided(False, count=0))[1]


async def approvals(office: Office) -> int:
    return len([event async for event in office.chat.engine.events() if event["type"] == "approve"])


async def test_all_that_wait_are_approved_in_two_presses(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 15)
        page = await office.send("/commissions")
        card = await office.press(page, "Approve all that wait: 30")
        assert texts_of(card)[0] == (
            "<b>Approve 30 commissions, 30,000 toman in all?</b>\n\n"
            "\u2068Sara\u2069: 15, 25,500 toman\n\u2068Maryam\u2069: 15, 4,500 toman"
        )
        assert rows_of(card) == [["Approve 30: 30,000 toman"], ["Cancel"]]
        assert await waiting(office) == 30
        done = await office.press(card, "Approve 30: 30,000 toman")
        assert texts_of(done)[0].strip() == "<b>Approved: 30 commissions, 30,000 toman in all</b>"
        assert await waiting(office) == 0
        assert await office.available(office.sara) == 25_500


async def test_a_member_s_are_approved_from_the_list_of_members(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 3)
        page = await office.press(await office.send("/commissions"), "By member or age")
        assert texts_of(page)[0].startswith("<b>6 commissions to approve, 6,000 toman in all</b>")
        assert rows_of(page) == [
            ["\u2068Sara\u2069", "\u2068Maryam\u2069"],
            ["Older than 7 days"],
            ["Older than 30 days"],
            ["Commissions"],
            ["Back to admin"],
        ]
        card = await office.press(page, "\u2068Maryam\u2069")
        await office.press(card, "Approve 3: 900 toman")
        assert (await office.available(office.maryam), await office.available(office.sara)) == (900, 0)
        sara_s = await office.send(f"/commissions approve {office.sara.id}")
        await office.press(sara_s, "Approve 3: 5,100 toman")
        assert await waiting(office) == 0


@pytest.mark.parametrize("typed", ["older 7", "older than 7 days", "قدیمی‌تر از ۷ روز", ""])
async def test_those_older_than_some_days_leave_the_younger_ones_waiting(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 2)
        office.chat.clock.now += 8 * DAY
        await orders(office, 3, 5)
        if typed:
            card = await office.send(f"/commissions approve {typed}")
        else:
            card = await office.chat.press(office.nader, ApproveOlder(7))
        await office.press(card, "Approve 4: 4,000 toman")
        assert await waiting(office) == 6


async def test_numbers_and_ranges_name_what_is_left_out(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 4)
        await office.chat.engine.approve(2, actor=office.karim.id, key="k")
        await office.chat.engine.reject(3, actor=office.karim.id, key="r")
        card = await office.send("/commissions approve ۱-۴، 99")
        assert texts_of(card)[0].partition("<b>Left out: 3</b>\n")[2].split("\n") == [
            "2: already approved by \u2068Karim\u2069",
            "3: already rejected",
            "99: there is none of this number",
        ]
        await office.press(card, "Approve 2: 2,000 toman")
        assert await waiting(office) == 4
        wide = await office.send("/commissions approve 5-999999999")
        await office.press(wide, "Approve 4: 4,000 toman")
        assert await waiting(office) == 0


async def test_what_came_after_the_card_waits_for_another_one(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 2)
        card = await office.chat.press(office.nader, ApproveAllCommissions())
        await orders(office, 3, 3)
        await office.press(card, rows_of(card)[0][0])
        assert await waiting(office) == 2


async def test_what_changed_after_the_card_is_left_out(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 3)
        card = await office.chat.press(office.nader, ApproveOfMember(office.sara.id))
        await office.chat.engine.refund("o-1", 5_000, key="f", actor="shop:woo")
        await office.chat.engine.reject(3, actor=office.karim.id, key="r")
        done = texts_of(await office.press(card, "Approve 3: 5,100 toman"))[0]
        assert done == (
            "<b>Approved: one commission, 1,700 toman</b>\n<b>Left out: 2</b>\n"
            "1: has changed meanwhile\n3: already rejected"
        )
        assert await office.available(office.sara) == 1_700


async def test_two_admins_at_once_approve_each_once(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 4)
        admins = (office.nader, office.karim)
        cards = [await office.chat.press(each, ApproveAllCommissions()) for each in admins]
        label = "Approve 8: 8,000 toman"
        pressed = [office.chat.press(each, button(card, label)) for each, card in zip(admins, cards, strict=True)]
        told = sorted(texts_of(each)[0] for each in await asyncio.gather(*pressed))
        assert told[0].startswith("<b>Approved: 8 commissions, 8,000 toman in all</b>")
        assert told[1].startswith("<b>Nothing was approved</b>\n<b>Left out: 8</b>\n1: already approved by ")
        assert await approvals(office) == 8


async def test_an_admin_s_own_are_never_among_them(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.buy(await office.chat.friend("Babak", office.nader), 10_000, "o-1")
        await orders(office, 2, 2)
        page = await office.send("/commissions")
        assert rows_of(page)[0] == ["Approve all that wait: 2"]
        card = await office.press(page, "Approve all that wait: 2")
        assert "\u2068Nader\u2069" not in texts_of(card)[0]
        assert "1: your own, so another admin has to decide" in await office.said("/commissions approve 1-3")
        other = await office.chat.press(office.karim, ApproveAllCommissions())
        assert rows_of(other)[0] == ["Approve 3: 4,000 toman"]


async def test_a_kill_between_the_books_and_the_answer_does_not_show(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 30)
        card = await office.chat.press(office.nader, ApproveAllCommissions())
        again = await office.killed_once(lambda: office.press(card, rows_of(card)[0][0]))
        assert texts_of(again)[0].startswith("<b>Approved: 60 commissions, 60,000 toman in all</b>")
        assert await approvals(office) == 60


async def test_of_more_than_fit_one_card_the_oldest_come_first(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, BATCH_MAX // 2 + 2)
        card = await office.chat.press(office.nader, ApproveAllCommissions())
        assert f"These are the oldest {BATCH_MAX}; the others come next." in texts_of(card)[0]
        await office.press(card, rows_of(card)[0][0])
        assert await waiting(office) == 4


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("approve older", "\u2068older\u2069 is not a request number"),
        ("approve older than ever", "\u2068ever\u2069 is not a request number"),
        ("approve @nobody", "I can't find \u2068@nobody\u2069."),
        ("approve older 99999999999", "<b>None of these can be approved</b>"),
        ("approve 50-60", "<b>None of these can be approved</b>"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_approves_nothing(tmp_path: Path, typed: str, answer: str) -> None:
    async with open_office(tmp_path, MANUAL) as office:
        await orders(office, 1, 2)
        assert (await office.said(f"/commissions {typed}")).startswith(answer)
        assert await waiting(office) == 4


async def test_where_they_need_no_word_there_is_nothing_to_approve(tmp_path: Path) -> None:
    ripening = {**UNILEVEL, "program": {**UNILEVEL["program"], "maturity_days": 14}}
    async with open_office(tmp_path, ripening) as office:
        await orders(office, 1, 2)
        assert rows_of(await office.send("/commissions"))[0][0] == "Commission 1"
        assert await office.said("/commissions approve all") == (
            "Commissions need no approval here: each becomes available by itself."
        )


async def test_in_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, MANUAL, language="fa") as office:
        await orders(office, 1, 2)
        page = await office.press(await office.send("/commissions"), "به تفکیک همکار یا زمان")
        assert texts_of(page)[0].startswith("<b>پورسانت‌های منتظر تأیید شما: ۴ مورد، جمعاً ۴٬۰۰۰ تومان</b>")
        card = await office.send("/commissions approve همه")
        assert texts_of(card)[0].startswith("<b>تأیید ۴ پورسانت، جمعاً ۴٬۰۰۰ تومان؟</b>")
        done = await office.press(card, "تأیید ۴ مورد: ۴٬۰۰۰ تومان")
        assert texts_of(done)[0].startswith("<b>تأیید شد: ۴ پورسانت، جمعاً ۴٬۰۰۰ تومان</b>")
        empty = await office.chat.press(office.nader, OpenWaitingMembers())
        assert texts_of(empty)[0].startswith("<b>پورسانتی منتظر تأیید شما نیست</b>")
