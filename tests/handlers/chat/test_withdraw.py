from pathlib import Path

import pytest

from bot.kit.effects import Effects
from bot.kit.person import Person
from chat import UNILEVEL, Chat, buttons_of, open_chat, texts_of
from handlers.chat.buttons import OpenWithdraw
from handlers.chat.withdraw import AskDestination, TakeAmount, TakeDestination

SHEBA = "IR820540102680020817909002"
CARD = "6037991000000004"


async def seller(chat: Chat, *, language: str = "en") -> Person:
    """Sara, who can withdraw 20,000 toman."""
    sara = await chat.member("Sara", language="fa" if language == "fa" else "en")
    await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
    return sara


def keyboard_of(effects: Effects) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = effects.outgoing[0].params["reply_markup"]["inline_keyboard"]
    return rows


def everything_in(folder: Path) -> bytes:
    """What the store's files hold, the journal's newest pages too."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_the_whole_dialogue_by_buttons_and_typing(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        asked = await chat.send(sara, "/withdraw")
        amounts = buttons_of(asked.outgoing[0])
        assert list(amounts)[:3] == ["All: 20,000 toman", "Half: 10,000 toman", "Minimum: 1,000 toman"]
        where = await chat.press(sara, amounts["Half: 10,000 toman"])
        assert "Where should 10,000 toman go?" in texts_of(where)[0]
        card = await chat.send(sara, "IR82 0540 1026 8002 0817 9090 02")
        assert "Amount: <b>10,000 toman</b>\nTo: \u2068IR82 •••• 9002\u2069" in texts_of(card)[0]
        rows = card.outgoing[0].params["reply_markup"]["inline_keyboard"]
        assert [each["text"] for each in rows[0]] == ["Yes, request it"]
        assert rows[0][0]["style"] == "success"
        done = await chat.press(sara, rows[0][0]["callback_data"])
        assert "Request 1 submitted" in texts_of(done)[0]
        assert "10,000 toman to \u2068IR82 •••• 9002\u2069" in texts_of(done)[0]
        assert (await chat.engine.balance(sara.id)).reserved == 10_000


async def test_the_number_of_a_card_is_kept_nowhere_but_encrypted(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        await chat.send(sara, "/withdraw 5000")
        effects = await chat.send(sara, CARD)
        assert [each.values for each in effects.drafts] == [{"amount": 5000, "destination": 1}]
        assert effects.dialogue is None
        assert all(CARD not in text for text in texts_of(effects))
        assert CARD.encode() not in everything_in(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        f"/withdraw 15000 {SHEBA}",
        f"/withdraw ۱۵ هزار تومان {SHEBA}",
        "/withdraw 15,000 IR82 0540 1026 8002 0817 9090 02",
        f"/withdraw 15 000 {CARD}",
        "/withdraw 15000 6037 9910 0000 0004",
    ],
)
async def test_one_line_goes_right_to_the_confirmation(tmp_path: Path, line: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        effects = await chat.send(sara, line)
        assert "Amount: <b>15,000 toman</b>" in texts_of(effects)[0]
        assert (await chat.engine.balance(sara.id)).reserved == 0
        await chat.press(sara, buttons_of(effects.outgoing[0])["Yes, request it"])
        assert (await chat.engine.balance(sara.id)).reserved == 15_000


async def test_the_confirmation_in_persian(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await seller(chat, language="fa"), f"/withdraw ۱۵۰۰۰ {CARD}")
        assert "مبلغ: <b>۱۵٬۰۰۰ تومان</b>\nبه: \u20686037 99** **** 0004\u2069" in texts_of(effects)[0]
        assert "بله، ثبت شود" in buttons_of(effects.outgoing[0])


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/withdraw 999", "The minimum withdrawal is 1,000 toman."),
        ("/withdraw 20001", "You can withdraw up to 20,000 toman right now."),
        ("/withdraw much", "I can't read that amount."),
        ("/withdraw -5000", "The amount must be above zero."),
        ("/withdraw 5000 123", "What you sent has 3 digits."),
        (f"/withdraw 5000 {SHEBA[:-1]}3", "The Sheba \u2068IR82 •••• 9003\u2069 is not right"),
        ("/withdraw 5000 6037 9910 0000 0005", "The card number \u20686037 99** **** 0005\u2069 is not right"),
    ],
)
async def test_what_is_wrong_is_said_at_once_and_changes_nothing(tmp_path: Path, line: str, answer: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        effects = await chat.send(sara, line)
        assert answer in texts_of(effects)[0]
        assert not effects.drafts
        assert not await chat.engine.destinations(sara.id)


async def test_a_wrong_answer_is_told_and_the_question_stays(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        await chat.send(sara, "/withdraw")
        assert "You can withdraw up to" in texts_of(await chat.send(sara, "۳۰ هزار"))[0]
        assert "answer with text" in texts_of(await chat.send(sara, None))[0]
        assert "Where should 3,000 toman go?" in texts_of(await chat.send(sara, "۳ هزار"))[0]
        assert "Please send a card number" in texts_of(await chat.send(sara, "my card"))[0]
        assert "Is this right?" in texts_of(await chat.send(sara, CARD))[0]


async def test_an_earlier_destination_is_a_button_and_only_its_owners(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        await chat.engine.keep_destination(sara.id, "card", CARD)
        await chat.engine.keep_destination(sara.id, "sheba", SHEBA)
        foreign = await chat.engine.keep_destination("somebody", "sheba", SHEBA)
        buttons = buttons_of((await chat.send(sara, "/withdraw 5000")).outgoing[0])
        kept = buttons["Card •••• 0004"] if "Card •••• 0004" in buttons else buttons["Card \u2068•••• 0004\u2069"]
        assert "Is this right?" in texts_of(await chat.press(sara, kept))[0]
        refused = await chat.press(sara, TakeDestination(5000, foreign))
        assert not refused.outgoing
        assert refused.toast is not None


async def test_with_one_stored_destination_the_amount_leads_right_to_the_confirmation(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        await chat.engine.keep_destination(sara.id, "card", CARD)
        asked = await chat.send(sara, "/withdraw")
        card = await chat.press(sara, buttons_of(asked.outgoing[0])["All: 20,000 toman"])
        assert "Amount: <b>20,000 toman</b>\nTo: \u20686037 99** **** 0004\u2069" in texts_of(card)[0]
        labels = [[each["text"] for each in row] for row in keyboard_of(card)]
        assert labels == [["Yes, request it"], ["Another account"], ["Change", "Cancel"]]
        elsewhere = await chat.press(sara, buttons_of(card.outgoing[0])["Another account"])
        assert "Where should 20,000 toman go?" in texts_of(elsewhere)[0]
        assert any("0004" in label for label in buttons_of(elsewhere.outgoing[0]))
        other = await chat.send(sara, SHEBA)
        assert "To: \u2068IR82 •••• 9002\u2069" in texts_of(other)[0]
        assert (await chat.engine.balance(sara.id)).reserved == 0


async def test_asking_for_another_account_checks_the_amount_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        refused = await chat.press(sara, AskDestination(50_000))
        assert refused.toast is not None
        assert "up to 20,000 toman right now" in refused.toast.text
        stranger = await chat.arrive("Hamid")
        assert "nothing to withdraw" in texts_of(await chat.press(stranger, AskDestination(5_000)))[0]


async def test_an_amount_button_of_another_day_is_checked_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        refused = await chat.press(await seller(chat), TakeAmount(50_000))
        assert refused.toast is not None
        assert "up to 20,000 toman right now" in refused.toast.text


async def test_a_second_press_changes_nothing(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        card = await chat.send(sara, f"/withdraw 5000 {CARD}")
        button = buttons_of(card.outgoing[0])["Yes, request it"]
        await chat.press(sara, button)
        again = await chat.press(sara, button)
        assert again.toast is not None
        assert again.toast.text == "This has already been done."
        assert (await chat.engine.balance(sara.id)).reserved == 5000


async def test_an_update_that_is_handled_again_after_a_kill_answers_the_same(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        card = await chat.send(sara, f"/withdraw 5000 {CARD}")
        button = buttons_of(card.outgoing[0])["Yes, request it"]
        before = dict(chat.drafts.kept)
        first = await chat.press(sara, button)
        chat.drafts.kept = before  # the engine had taken it, the effects were never committed
        second = await chat.press(sara, button)
        assert first.outgoing == second.outgoing
        assert (await chat.engine.balance(sara.id)).reserved == 5000


async def test_somebody_elses_card_is_not_theirs_to_confirm(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        card = await chat.send(await seller(chat), f"/withdraw 5000 {CARD}")
        other = await chat.press(await chat.member("Ali"), buttons_of(card.outgoing[0])["Yes, request it"])
        assert other.toast is not None
        assert other.toast.text == "This button is not for you."


async def test_nothing_to_withdraw_says_what_is_pending_and_the_least(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], "maturity_days": 14}}
    async with open_chat(tmp_path, tables) as chat:
        effects = await chat.press(await seller(chat), OpenWithdraw())
        text = texts_of(effects)[0]
        assert text.startswith(
            "There is nothing to withdraw at the moment.\nAvailable: <b>0 toman</b>\nPending: 20,000"
        )
        assert text.endswith("\nThe minimum withdrawal is 1,000 toman.")
        assert effects.dialogue is None


async def test_somebody_who_has_not_joined_is_offered_a_link(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), "/withdraw 5000")
        assert "Get my link" in buttons_of(effects.outgoing[0])


@pytest.mark.parametrize("command", ["/cancel_withdrawal", "/cancel_withdrawal 1", "/cancel_withdrawal #۱", "button"])
async def test_a_request_can_be_cancelled_until_it_is_approved(tmp_path: Path, command: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        card = await chat.send(sara, f"/withdraw 5000 {CARD}")
        done = await chat.press(sara, buttons_of(card.outgoing[0])["Yes, request it"])
        button = buttons_of(done.outgoing[0])["Cancel the request"]
        cancelled = await (chat.press(sara, button) if command == "button" else chat.send(sara, command))
        assert texts_of(cancelled)[0] == "Request 1 is cancelled. 5,000 toman can be withdrawn again."
        assert (await chat.engine.balance(sara.id)).available == 20_000


@pytest.mark.parametrize("command", ["/cancel_withdrawal", "/cancel_withdrawal 1", "button"])
async def test_an_approved_request_is_not_cancelled_and_its_member_is_told_why(tmp_path: Path, command: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        card = await chat.send(sara, f"/withdraw 5000 {CARD}")
        done = await chat.press(sara, buttons_of(card.outgoing[0])["Yes, request it"])
        await chat.engine.authorise((await chat.engine.open_withdrawals(count=1))[0][0].id, actor="admin")
        if command == "button":
            answer = await chat.press(sara, buttons_of(done.outgoing[0])["Cancel the request"])
            assert answer.toast is not None
            assert answer.toast.text.startswith("An admin has approved this withdrawal")
        else:
            assert texts_of(await chat.send(sara, command))[0].startswith("An admin has approved this withdrawal")
        assert (await chat.engine.balance(sara.id)).reserved == 5000


async def test_an_approved_request_is_not_offered_beside_one_that_can_be_cancelled(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        kept = await chat.engine.keep_destination(sara.id, "card", CARD)
        for id, amount in (("a", 1000), ("b", 2000)):
            await chat.engine.withdraw(id, sara.id, amount, kept)
        await chat.engine.authorise("a", actor="admin")
        assert "Request 2 is cancelled" in texts_of(await chat.send(sara, "/cancel_withdrawal"))[0]


async def test_of_several_requests_one_is_chosen(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        kept = await chat.engine.keep_destination(sara.id, "card", CARD)
        for id, amount in (("a", 1000), ("b", 2000)):
            await chat.engine.withdraw(id, sara.id, amount, kept)
        which = buttons_of((await chat.send(sara, "/cancel_withdrawal")).outgoing[0])
        assert list(which) == ["Cancel 1: 1,000 toman", "Cancel 2: 2,000 toman", "Home"]
        await chat.press(sara, which["Cancel 2: 2,000 toman"])
        assert (await chat.engine.balance(sara.id)).reserved == 1000


async def test_what_cannot_be_cancelled_is_answered_clearly(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await seller(chat), await chat.member("Ali")
        assert "no open request" in texts_of(await chat.send(sara, "/cancel_withdrawal"))[0]
        kept = await chat.engine.keep_destination(sara.id, "card", CARD)
        await chat.engine.withdraw("a", sara.id, 1000, kept)
        assert "no such withdrawal" in texts_of(await chat.send(ali, "/cancel_withdrawal 1"))[0]
        assert "no such withdrawal" in texts_of(await chat.send(sara, "/cancel_withdrawal 9"))[0]
        assert "no such withdrawal" in texts_of(await chat.send(sara, "/cancel_withdrawal x"))[0]
        await chat.engine.authorise("a", actor="admin")
        await chat.engine.settle("a", "paid", actor="admin", tracking="T1")
        assert "has already been paid" in texts_of(await chat.send(sara, "/cancel_withdrawal 1"))[0]
