"""A member who owes after a refund is paid only by an admin who has been told so."""

from pathlib import Path

from chat import texts_of
from handlers.chat.admin.buttons import PayRequest
from office import Office, open_office, rows_of


async def an_approved_request_of_a_debtor(office: Office) -> None:
    """Sara has 17,000 toman and asks for 15,000; then the purchase behind it goes back."""
    await office.chat.buy(office.ali, 100_000, "o-17")
    await office.ask_for(15_000)
    await office.send("/approve 1")
    await office.chat.engine.refund("o-17", None, key="refund", actor="shop:woo")
    assert await office.available(office.sara) == -15_000


async def state(office: Office) -> tuple[str, str | None]:
    request = await office.chat.engine.withdrawal(1)
    assert request is not None
    return request.state, request.tracking


async def test_the_card_says_what_the_member_owes(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await an_approved_request_of_a_debtor(office)
        card = await office.chat.press(office.nader, "req:1")
        assert "Note: the member owes 15,000 toman." in texts_of(card)[0]


async def test_the_button_asks_once_more_before_it_shows_where_to_pay(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await an_approved_request_of_a_debtor(office)
        warned = await office.chat.press(office.nader, PayRequest(1))
        assert "owes 15,000 toman" in texts_of(warned)[0]
        assert rows_of(warned)[:2] == [["Pay all the same"], ["Reject"]]
        question = await office.press(warned, "Pay all the same")
        assert "Please pay 15,000 toman" in texts_of(question)[0]
        assert "the member owes 15,000 toman" in texts_of(question)[0]
        await office.send("T-17")
        assert await state(office) == ("paid", "T-17")


async def test_typed_out_it_is_asked_too_and_the_tracking_code_is_kept(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await an_approved_request_of_a_debtor(office)
        warned = await office.send("/paid 1 T-17")
        assert await state(office) == ("approved", None)
        paid = await office.killed_once(lambda: office.press(warned, "Pay all the same"))
        assert "State: paid" in texts_of(paid)[0]
        assert await state(office) == ("paid", "T-17")


async def test_a_debt_that_came_or_grew_after_the_question_is_asked_about(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(15_000)
        await office.send("/approve 1")
        await office.chat.press(office.nader, PayRequest(1))
        await office.chat.engine.refund("o-17", 50_000, key="half", actor="shop:woo")
        warned = await office.send("T-17")
        assert "owes 6,500 toman" in texts_of(warned)[0]
        await office.chat.engine.refund("o-17", None, key="rest", actor="shop:woo")
        again = await office.press(warned, "Pay all the same")
        assert "owes 15,000 toman" in texts_of(again)[0]
        assert await state(office) == ("approved", None)
        await office.press(again, "Pay all the same")
        assert await state(office) == ("paid", "T-17")


async def test_a_rejected_request_makes_up_for_what_is_owed(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await an_approved_request_of_a_debtor(office)
        warned = await office.chat.press(office.nader, PayRequest(1))
        await office.press(warned, "Reject")
        await office.send("the order came back")
        assert await state(office) == ("rejected", None)
        assert await office.available(office.sara) == 0


async def test_left_alone_nothing_is_paid(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await an_approved_request_of_a_debtor(office)
        warned = await office.send("/paid 1 T-17")
        await office.press(warned, "Cancel")
        assert (await office.press(warned, "Pay all the same")).outgoing == []
        assert await state(office) == ("approved", None)
