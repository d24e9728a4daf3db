"""Several requests by one confirmation: exactly those that it named, whoever else decides meanwhile."""

import asyncio
from pathlib import Path

import pytest

from chat import DAY, Chat, texts_of
from engine.batch_decisions import PinnedRequest, decide_withdrawals
from handlers.chat.admin.buttons import ApproveAllRequests, ConfirmBatch, OpenPending
from handlers.chat.admin.request_batches import BATCH_MAX, LISTED
from office import Office, button, open_office, rows_of


async def requests(office: Office, count: int, *, amount: int = 1_000) -> None:
    """Sara has enough, and asks so many times."""
    await office.chat.engine.adjust("plenty", office.sara.id, 1_000_000, "a present", actor=office.karim.id)
    for number in range(1, count + 1):
        await office.ask_for(amount + number, f"w{number}")


async def states(office: Office, count: int) -> str:
    """The first letters of all states, in order."""
    found = await office.chat.engine.withdrawals_numbered(range(1, count + 1))
    return "".join(found[number].state[0] if found[number].state != "requested" else "." for number in sorted(found))


async def authorisations(chat: Chat) -> int:
    return len([event async for event in chat.engine.events() if event["type"] == "authorise"])


async def test_numbers_and_ranges_are_approved_by_one_confirmation(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 10)
        card = await office.send("/approve 1 2 ۵-۹")
        assert texts_of(card)[0].startswith("<b>Approve 7 requests, 7,038 toman in all?</b>\n\n<b>1</b> · ")
        assert rows_of(card) == [["Approve 7: 7,038 toman"], ["Cancel"]]
        assert await states(office, 10) == "." * 10
        done = await office.press(card, "Approve 7: 7,038 toman")
        assert texts_of(done)[0].startswith("<b>Approved: 7 requests, 7,038 toman in all</b>")
        assert [each.method for each in done.outgoing] == ["editMessageText"]
        assert await states(office, 10) == "aa..aaaaa."


async def test_in_persian_ranges_are_written_and_answered_in_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await requests(office, 4)
        card = await office.send("/reject ۱، ۳ تا ۴ شمارهٔ شبا اشتباه است")
        assert texts_of(card)[0].startswith(
            "<b>رد ۳ درخواست، جمعاً ۳٬۰۰۸ تومان؟</b>\n\nدلیل: \u2068شمارهٔ شبا اشتباه است\u2069\nشمارهٔ <b>۱</b>: "
        )
        done = await office.press(card, "رد ۳ مورد: ۳٬۰۰۸ تومان")
        assert texts_of(done)[0].startswith("<b>رد شد: ۳ درخواست، جمعاً ۳٬۰۰۸ تومان</b>")
        assert await states(office, 4) == "r.rr"
        request = await office.chat.engine.withdrawal(3)
        assert request is not None
        assert request.reason == "شمارهٔ شبا اشتباه است"


async def test_what_is_left_out_is_named_with_why_and_who(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 4)
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.engine.adjust("a1", office.nader.id, 5_000, "a present", actor=office.karim.id)
        await office.ask_for(1_000, "w5", by=office.nader)
        await office.chat.engine.authorise("w1", actor=office.karim.id)
        await office.chat.engine.settle("w2", "rejected", actor="shell:root", reason="no")
        await office.chat.engine.settle("w3", "cancelled", actor=office.sara.id)
        card = await office.said("/approve 1-6 99")
        assert card.startswith("<b>Approve one request, 1,004 toman in all?</b>")
        assert card.partition("<b>Left out: 6</b>\n")[2].split("\n") == [
            "1: already approved by \u2068Karim\u2069",
            "2: already rejected by \u2068root\u2069 (on the server)",
            "3: cancelled by \u2068Sara\u2069",
            "5: your own, so another admin has to decide",
            "6: there is none of this number",
            "99: there is none of this number",
        ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("/approve 8-6", ".....aaa"),
        ("/approve 1-999999999", "aaaaaaaa"),
        ("/approve 1-3 2-5 4", "aaaaa..."),
        ("/approve all", "aaaaaaaa"),
        ("/approve همه", "aaaaaaaa"),
        ("/reject 999999999-7 no", "......rr"),
    ],
)
async def test_ranges_may_be_reversed_huge_or_overlap(tmp_path: Path, typed: str, wanted: str) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 8)
        card = await office.send(typed)
        await office.press(card, rows_of(card)[0][0])
        assert await states(office, 8) == wanted


@pytest.mark.parametrize("typed", ["/approve 50-999999999", "/approve 2-4", "/reject 7 8 no"])
async def test_where_none_can_be_decided_there_is_no_button_for_it(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 1)
        card = await office.send(typed)
        assert texts_of(card)[0].startswith("<b>None of these can be ")
        assert rows_of(card) == [["Open requests"], ["Back to admin"]]


async def test_one_that_changed_after_the_card_is_left_out_and_said_so(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 3)
        card = await office.send("/reject 1-3 no")
        await office.chat.engine.authorise("w2", actor=office.karim.id)
        done = texts_of(await office.press(card, "Reject 3: 3,006 toman"))[0]
        assert done.startswith(
            "<b>Rejected: 2 requests, 2,004 toman in all</b>\n<b>Left out: 1</b>\n2: already approved"
        )
        assert await states(office, 3) == "rar"


async def test_requests_that_came_after_the_card_are_not_decided_by_it(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 3)
        card = await office.send("/pending")
        sure = await office.press(card, "Approve all that wait: 3")
        await office.ask_for(1_000, "w4")
        await office.press(sure, "Approve 3: 3,006 toman")
        assert await states(office, 4) == "aaa."


async def test_two_admins_at_once_approve_each_request_once_and_the_second_hears_who_was_first(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 6)
        cards = [await office.chat.send(each, "/approve 1-6") for each in (office.nader, office.karim)]
        label = "Approve 6: 6,021 toman"
        done = await asyncio.gather(
            *(
                office.chat.press(admin, button(card, label))
                for admin, card in zip((office.nader, office.karim), cards, strict=True)
            )
        )
        told = sorted((texts_of(each)[0] for each in done), key=lambda text: "Nothing" in text)
        assert told[0].startswith("<b>Approved: 6 requests, 6,021 toman in all</b>")
        assert told[1].startswith("<b>Nothing was approved</b>\n<b>Left out: 6</b>\n1: already approved by ")
        assert await authorisations(office.chat) == 6


async def test_a_second_press_and_another_admin_s_press_decide_nothing(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 2)
        card = await office.send("/approve 1 2")
        label = rows_of(card)[0][0]
        stranger = await office.chat.press(office.karim, button(card, label))
        assert stranger.toast is not None
        assert await states(office, 2) == ".."
        await office.press(card, label)
        again = await office.press(card, label)
        assert again.toast is not None
        assert await authorisations(office.chat) == 2


async def test_a_card_left_or_a_day_old_decides_nothing(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 2)
        card = await office.send("/approve 1 2")
        await office.press(card, "Cancel")
        await office.press(card, rows_of(card)[0][0])
        old = await office.send("/approve 1 2")
        office.chat.clock.now += DAY + 1
        await office.press(old, rows_of(old)[0][0])
        assert await states(office, 2) == ".."


async def test_a_kill_between_the_books_and_the_answer_does_not_show(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 3)
        card = await office.send("/approve 1-3")
        again = await office.killed_once(lambda: office.press(card, rows_of(card)[0][0]))
        assert texts_of(again)[0].startswith("<b>Approved: 3 requests, 3,006 toman in all</b>")
        assert await authorisations(office.chat) == 3


async def test_of_more_than_fit_one_card_the_oldest_come_first(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, BATCH_MAX + 5)
        card = await office.chat.press(office.nader, ApproveAllRequests())
        text = texts_of(card)[0]
        assert text.startswith(f"<b>Approve {BATCH_MAX} requests, ")
        assert f"These are the oldest {BATCH_MAX}; the others come next." in text
        assert f"– and {BATCH_MAX - LISTED} more" in text
        await office.press(card, rows_of(card)[0][0])
        assert await states(office, BATCH_MAX + 5) == "a" * BATCH_MAX + "." * 5
        assert "Approve all that wait: 5" in str(rows_of(await office.chat.press(office.nader, OpenPending(1))))


async def test_members_cannot_press_an_admin_s_card(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 2)
        card = await office.send("/approve 1 2")
        for pressed in (button(card, rows_of(card)[0][0]), ApproveAllRequests().pack(), ConfirmBatch("abc").pack()):
            assert (await office.chat.press(office.sara, pressed)).outgoing == []
        assert await states(office, 2) == ".."


async def test_an_amount_that_is_not_the_pinned_one_is_left_out(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 1)
        pinned = [PinnedRequest(1, 1_000, "requested"), PinnedRequest(9, 1, "requested")]
        decided = await decide_withdrawals(office.chat.engine, pinned, "approved", actor=office.karim.id, key="k")
        assert [each.left_out for each in decided] == ["changed", "unknown"]
        assert await states(office, 1) == "."


@pytest.mark.parametrize(("language", "reason"), [("en", "The card or Sheba number is wrong"), ("fa", "شمارهٔ کارت")])
async def test_a_usual_reason_is_one_press_and_in_the_member_s_language(
    tmp_path: Path, language: str, reason: str
) -> None:
    async with open_office(tmp_path) as office:
        await requests(office, 1)
        sara = office.chat.people.known[office.sara.id]
        office.chat.people.known[sara.id] = type(sara)(
            sara.id, sara.chat_id, sara.name, sara.username, "fa" if language == "fa" else "en", False, blocked=False
        )
        card = await office.send("/pending")
        asked = await office.press(await office.press(card, "Request 1"), "Reject")
        assert "Choose a reason or write one" in texts_of(asked)[0]
        assert rows_of(asked)[:2] == [["The card or Sheba number is wrong"], ["The account is in another name"]]
        own = await office.press(asked, "Write my own reason")
        assert "Please write the reason; the member will read it." in texts_of(own)[0]
        done = await office.press(asked, "The card or Sheba number is wrong")
        assert "State: rejected" in texts_of(done)[0]
        assert done.dialogue is None
        request = await office.chat.engine.withdrawal(1)
        assert request is not None
        assert (request.reason or "").startswith(reason)
        late = await office.press(asked, "There is another request for it")
        assert late.toast is not None
        assert late.toast.text == "\u2068Nader\u2069 has rejected this already."
