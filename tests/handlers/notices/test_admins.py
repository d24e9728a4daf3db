from pathlib import Path

from bot.kit.effects import Outgoing
from chat import buttons_of, text_of
from office import SHEBA, Office, open_office


async def told(office: Office, kind: str) -> dict[int, Outgoing]:
    """The one message that each admin gets of a notice, by their chat."""
    found = [messages for name, messages in await office.chat.notices() if name == kind]
    return {message.chat_id: message for messages in found for message in messages}


async def test_every_admin_gets_the_card_of_a_new_request_in_their_language(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(15_000)
        messages = await told(office, "admin_withdrawal_requested")
        assert set(messages) == {office.nader.chat_id, office.karim.chat_id}
        card = messages[office.karim.chat_id]
        assert text_of(card).startswith("<b>Withdrawal 1</b>\nMember: \u2068Sara\u2069")
        assert f"To: Sheba \u2068<code>{SHEBA}</code>\u2069" in text_of(card)
        assert list(buttons_of(card)) == ["Approve", "Reject", "Copy Sheba", "Open requests"]
        assert text_of(messages[office.nader.chat_id]).startswith("<b>برداشت شمارهٔ ۱</b>\nهمکار فروش: \u2068Sara\u2069")


async def test_the_card_ends_with_the_reference_that_a_repeat_bears_too(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(15_000)
        first = await told(office, "admin_withdrawal_requested")
        office.chat.noticed = 0
        assert await told(office, "admin_withdrawal_requested") == first
        card = first[office.nader.chat_id]
        assert card.reference is not None
        assert text_of(card).endswith(f"Reference: \u2068<code>{card.reference}</code>\u2069")


async def test_an_admin_s_own_request_comes_to_them_without_buttons_that_decide(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        await office.chat.engine.adjust("a1", office.nader.id, 5000, "a present", actor=office.karim.id)
        await office.ask_for(1000, by=office.nader)
        messages = await told(office, "admin_withdrawal_requested")
        assert list(buttons_of(messages[office.nader.chat_id])) == ["Open requests"]
        assert "Approve" in buttons_of(messages[office.karim.chat_id])


async def test_a_request_decided_before_its_card_was_sent_shows_as_it_is(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(15_000)
        await office.send("/reject 1 wrong account")
        card = (await told(office, "admin_withdrawal_requested"))[office.karim.chat_id]
        assert "State: rejected\nReason: \u2068wrong account\u2069" in text_of(card)
        assert SHEBA not in text_of(card)
        assert list(buttons_of(card)) == ["Open requests"]


async def test_a_cancelled_request_is_told_in_a_line(tmp_path: Path) -> None:
    async with open_office(tmp_path, language="fa") as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(15_000)
        await office.chat.engine.settle("w1", "cancelled", actor=office.sara.id)
        messages = await told(office, "admin_withdrawal_cancelled")
        assert text_of(messages[office.karim.chat_id]).startswith(
            "\u2068Sara\u2069 has cancelled request 1 for 15,000 toman."
        )
        assert text_of(messages[office.nader.chat_id]).startswith(
            "درخواست برداشت شمارهٔ ۱ به مبلغ ۱۵٬۰۰۰ تومان را خود \u2068Sara\u2069 لغو کرد."
        )
