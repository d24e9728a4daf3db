from pathlib import Path

import pytest

from chat import texts_of
from handlers.chat.admin.buttons import ApproveRequest, OpenRequest, PayRequest, RejectRequest
from office import SHEBA, Office, button, open_office, rows_of, styles_of


async def state(office: Office, number: int = 1) -> tuple[str, str | None, str | None]:
    """State, tracking code and reason of a request."""
    request = await office.chat.engine.withdrawal(number)
    assert request is not None
    return request.state, request.tracking, request.reason


async def a_request(office: Office) -> None:
    """Sara asks for 15,000 of her 17,000 toman."""
    await office.chat.buy(office.ali, 100_000, "o-17")
    await office.ask_for(15_000)


# --- typed out


async def test_typed_out_a_request_is_approved_and_paid_with_its_tracking_code(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        approved = await office.send("/approve 1")
        assert "State: approved, to be paid" in texts_of(approved)[0]
        assert rows_of(approved) == [["Mark as paid"], ["Reject"], ["Copy Sheba"], ["Open requests"]]
        paid = await office.send("/paid #۱ 1405 0102 AB")
        assert "State: paid\nTracking code: \u2068<code>1405 0102 AB</code>\u2069" in texts_of(paid)[0]
        assert rows_of(paid) == [["Open requests"]]
        assert SHEBA not in texts_of(paid)[0]
        assert await state(office) == ("paid", "1405 0102 AB", None)


async def test_rejected_with_a_reason_the_money_is_available_again(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await a_request(office)
        assert await office.available(office.sara) == 2_000
        answer = await office.said("/reject ۱ شمارهٔ شبا به نام دیگری است")
        assert "وضعیت: ردشده\nدلیل: \u2068شمارهٔ شبا به نام دیگری است\u2069" in answer
        assert await state(office) == ("rejected", None, "شمارهٔ شبا به نام دیگری است")
        assert await office.available(office.sara) == 17_000


async def test_an_approved_request_can_still_be_rejected(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.send("/approve 1")
        await office.send("/reject 1 wrong account")
        assert await state(office) == ("rejected", None, "wrong account")


@pytest.mark.parametrize(
    ("before", "typed", "answer"),
    [
        (["/approve 1"], "/approve 1", "\u2068Nader\u2069 has approved this already."),
        (["/reject 1 no"], "/approve 1", "\u2068Nader\u2069 has rejected this already."),
        (["/reject 1 no"], "/reject 1 no", "\u2068Nader\u2069 has rejected this already."),
        (["/reject 1 no"], "/paid 1 T-1", "\u2068Nader\u2069 has rejected this already."),
        (["/approve 1", "/paid 1 T-1"], "/paid 1 T-1", "\u2068Nader\u2069 has paid this already."),
        (["/approve 1", "/paid 1 T-1"], "/reject 1 no", "\u2068Nader\u2069 has paid this already."),
        ([], "/paid 1 T-1", "This withdrawal has to be approved before it is paid."),
        ([], "/approve 9", "There is no such withdrawal."),
        ([], "/reject 9 no", "There is no such withdrawal."),
        ([], "/approve one", "\u2068one\u2069 is not a request number."),
        ([], "/paid −1 T-1", "\u2068−1\u2069 is not a request number."),
        ([], "/approve", "Please name the request's number"),
        ([], "/approve 2-3 7", "<b>None of these can be approved</b>"),
        ([], "/approve 1 2 x", "\u2068x\u2069 is not a request number."),
        ([], "/reject ۱ ۲ ۳", "Please name the request's number, or several, and the reason"),
        ([], "/reject 1", "Please name the request's number, or several, and the reason"),
        ([], "/paid 1", "Please name the request's number and the tracking code"),
        ([], "/paid 1 " + "9" * 65, "That is too long. Please use at most 64 characters."),
    ],
)
async def test_what_cannot_be_decided_is_told_and_changes_nothing(
    tmp_path: Path, before: list[str], typed: str, answer: str
) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        for each in before:
            await office.send(each)
        stood = await state(office)
        assert (await office.said(typed)).startswith(answer)
        assert await state(office) == stood


@pytest.mark.parametrize("typed", ["/approve 1", "/reject 1 no", "/paid 1 T-1"])
async def test_nobody_decides_about_their_own_request(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.engine.adjust("a1", office.nader.id, 5000, "a present", actor=office.karim.id)
        await office.ask_for(1000, by=office.nader)
        assert await office.said(typed) == "You can't decide on your own request. Another admin has to."
        assert (await state(office))[0] == "requested"


async def test_nothing_is_paid_while_payouts_are_stopped(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.send("/approve 1")
        await office.chat.engine.stop_payouts("a digest does not fit")
        assert await office.said("/paid 1 T-1") == "Payouts are on hold until the books have been checked."
        assert (await state(office))[0] == "approved"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("/approve 1", "approved, to be paid"), ("/reject 1 no", "State: rejected"), ("/paid 1 T-1", "State: paid")],
)
async def test_a_kill_between_the_books_and_the_answer_does_not_show(tmp_path: Path, typed: str, told: str) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        if typed.startswith("/paid"):
            await office.chat.engine.authorise("w1", actor=office.karim.id)
        again = await office.killed_once(lambda: office.send(typed))
        assert told in texts_of(again)[0]


# --- by button


async def test_a_press_approves_and_the_card_changes_in_place(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        pressed = await office.chat.press(office.nader, ApproveRequest(1))
        assert [each.method for each in pressed.outgoing] == ["editMessageText"]
        assert "State: approved, to be paid" in texts_of(pressed)[0]
        assert styles_of(pressed) == {"Mark as paid": "success", "Reject": "danger"}
        assert pressed.toast is not None
        assert pressed.toast.text == "Approved."


async def test_whoever_comes_second_is_told_and_sees_the_card_as_it_is(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.chat.press(office.karim, ApproveRequest(1))
        pressed = await office.chat.press(office.nader, ApproveRequest(1))
        assert pressed.toast is not None
        assert pressed.toast.text == "\u2068Karim\u2069 has approved this already."
        assert "State: approved, to be paid" in texts_of(pressed)[0]


async def test_paying_repeats_amount_and_destination_and_asks_for_the_tracking_code(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        card = await office.send("/approve 1")
        question = await office.press(card, "Mark as paid")
        assert (
            f"Please pay 15,000 toman to \u2068Sara\u2069:\nSheba \u2068<code>{SHEBA}</code>\u2069"
            in texts_of(question)[0]
        )
        assert rows_of(question) == [["Copy Sheba"], ["Request 1"]]
        answered = await office.send("۱۴۰۵-۱۷")
        assert "State: paid\nTracking code: \u2068<code>1405-17</code>\u2069" in texts_of(answered)[0]
        assert answered.dialogue_changed
        assert answered.dialogue is None
        assert await state(office) == ("paid", "1405-17", None)


async def test_rejecting_asks_for_the_reason_and_asks_again_where_it_is_too_long(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        question = await office.chat.press(office.nader, RejectRequest(1))
        assert texts_of(question)[0].startswith("<b>Rejecting withdrawal 1</b>\n\u2068Sara\u2069, 15,000 toman")
        assert (await office.said("x" * 301)).startswith("That is too long.")
        assert await office.said("\u200f ") == "That was empty. Please write it out."
        assert "Reason: \u2068wrong &lt;account&gt;\u2069" in await office.said("wrong\n<account>")
        assert await state(office) == ("rejected", None, "wrong <account>")


async def test_cancel_leaves_the_question_and_the_request(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.chat.press(office.nader, RejectRequest(1))
        assert await office.said("/cancel") == "Cancelled. Nothing changed."
        await office.send("wrong account")
        assert (await state(office))[0] == "requested"


async def test_back_to_the_card_ends_the_question(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        question = await office.chat.press(office.nader, RejectRequest(1))
        card = await office.press(question, "Request 1")
        assert "State: to be decided" in texts_of(card)[0]
        await office.send("wrong account")
        assert (await state(office))[0] == "requested"


async def test_an_answer_that_comes_too_late_ends_the_question(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.chat.press(office.nader, RejectRequest(1))
        await office.chat.engine.settle("w1", "cancelled", actor=office.sara.id)
        told, card = texts_of(await office.send("wrong account"))
        assert told == "\u2068Sara\u2069 has cancelled this."
        assert "State: cancelled by the member" in card
        assert "Sorry, I didn't get that." in await office.said("wrong account")


async def test_an_answer_cut_off_once_is_taken_once(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.press(await office.send("/approve 1"), "Mark as paid")
        answered = await office.killed_once(lambda: office.send("T-1"))
        assert [text.splitlines()[0] for text in texts_of(answered)] == ["<b>Withdrawal 1</b>"]
        assert await state(office) == ("paid", "T-1", None)


@pytest.mark.parametrize(
    ("pressed", "told"),
    [
        (PayRequest(1), "This withdrawal has to be approved before it is paid."),
        (RejectRequest(2), "\u2068Sara\u2069 has cancelled this."),
        (PayRequest(2), "\u2068Sara\u2069 has cancelled this."),
        (ApproveRequest(2), "\u2068Sara\u2069 has cancelled this."),
        (RejectRequest(3), "You can't decide on your own request. Another admin has to."),
        (ApproveRequest(3), "You can't decide on your own request. Another admin has to."),
        (PayRequest(9), "There is no such withdrawal."),
    ],
)
async def test_old_buttons_ask_nothing_and_say_why(
    tmp_path: Path, pressed: ApproveRequest | RejectRequest | PayRequest, told: str
) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        await office.ask_for(1000, "w2")
        await office.chat.engine.settle("w2", "cancelled", actor=office.sara.id)
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.engine.adjust("a1", office.nader.id, 5000, "a present", actor=office.karim.id)
        await office.ask_for(1000, "w3", by=office.nader)
        effects = await office.chat.press(office.nader, pressed)
        assert effects.toast is not None
        assert (effects.toast.text, effects.toast.alert) == (told, True)
        assert not effects.dialogue_changed


async def test_members_cannot_press_an_admin_s_buttons(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await a_request(office)
        for pressed in (ApproveRequest(1), RejectRequest(1), PayRequest(1), OpenRequest(1)):
            effects = await office.chat.press(office.maryam, pressed)
            assert effects.outgoing == []
            assert not effects.dialogue_changed
        assert (await state(office))[0] == "requested"


async def test_the_row_is_mirrored_and_the_words_are_persian(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await a_request(office)
        card = await office.send("/approve ۱")
        assert "وضعیت: تأییدشده و آمادهٔ پرداخت" in texts_of(card)[0]
        question = await office.chat.press(office.nader, button(card, "پرداخت شد"))
        assert "لطفاً ۱۵٬۰۰۰ تومان برای \u2068Sara\u2069 به این مقصد واریز کنید:" in texts_of(question)[0]
