"""Conversations between people and support, with the real bot: passed on after a tap, answered by a reply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.playground import Phone, Playground
from engine.verify.ledger import verify_file
from helpdesk import GROUP, TOPIC, Helpdesk, support, text_of
from machine import until
from running import ADMIN, running_app

PATIENCE = 20.0

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "offer": "I didn't get that. Shall I pass it on to support?",
        "send": "Send to support",
        "passed": "Passed on to support. You'll get the answer here.",
        "answer": "Reply to support",
        "ask": "What would you like to tell support?",
        "edited": "Your edit was not passed on. Please send it as a new message.",
        "lost": "Your message did not reach support. Please try again later.",
        "button": "Support",
        "help": "Help",
    },
    "fa": {
        "offer": "متوجه نشدم. این را برای پشتیبانی بفرستم؟",
        "send": "ارسال به پشتیبانی",
        "passed": "برای پشتیبانی فرستادیم. پاسخ همین‌جا می‌آید.",
        "answer": "پاسخ به پشتیبانی",
        "ask": "چه پیامی برای پشتیبانی دارید؟",
        "edited": "ویرایش شما فرستاده نشد. لطفاً آن را در یک پیام تازه بفرستید.",
        "lost": "پیامتان به پشتیبانی نرسید. لطفاً کمی بعد دوباره بفرستید.",
        "button": "پشتیبانی",
        "help": "راهنما",
    },
}


@pytest.fixture
def desk(playground: Playground) -> Helpdesk:
    return Helpdesk(playground)


async def people(playground: Playground, language: str = "en") -> tuple[Phone, Phone]:
    """Returns the phones of Sara, who asks, and of Nader, an admin; both have started the bot."""
    sara = await playground.phone(101, "Sara", username="sara", language_code=language)
    nader = await playground.phone(ADMIN, "Nader", language_code="en")
    for each in (sara, nader):
        await each.send("/start")
        await each.receives(timeout=PATIENCE)
    return sara, nader


async def waiting(admin: Phone) -> str:
    """Returns the button of /admin that says how many people wait for an answer; "" where there is none."""
    await admin.send("/admin")
    card = await admin.receives("Today:", timeout=PATIENCE)
    return next((each.text for row in card.buttons for each in row if "to support" in each.text), "")


async def asks(phone: Phone, text: str, words: dict[str, str] = WORDS["en"]) -> int:
    """Sends a text that nothing expects, and takes the offer to pass it on; returns its number."""
    number = await phone.send(text)
    offer = await phone.receives(words["offer"], timeout=PATIENCE)
    await offer.press(words["send"], timeout=PATIENCE)
    await phone.receives(words["passed"], timeout=PATIENCE)
    return number


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_a_question_is_passed_on_after_a_tap_and_the_answer_comes_back(
    language: str, playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    words = WORDS[language]
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground, language)
        number = await sara.send("Where is my parcel?")
        offer = await sara.receives(words["offer"], timeout=PATIENCE)
        assert await desk.messages() == []
        await offer.press(words["send"], timeout=PATIENCE)
        assert (await sara.receives(words["passed"], timeout=PATIENCE)).edited
        card, question = await desk.receives(2)
        assert [part for part in ("Sara", "@sara", "Not a member yet") if part not in text_of(card)] == []
        assert (question["text"], question["reply_to_message"]["message_id"]) == (
            "Where is my parcel?",
            card["message_id"],
        )
        written = await desk.reply(nader, question, "It comes tomorrow.")
        answer = await sara.receives("It comes tomorrow.", timeout=PATIENCE)
        assert answer.message["reply_to_message"]["message_id"] == number
        assert answer.labels == [[words["answer"]]]
        await sara.send("Thanks!", reply_to=answer.id)
        await sara.receives(words["passed"], timeout=PATIENCE)
        *_, thanks = await desk.receives(3)
        assert (text_of(thanks), thanks["reply_to_message"]["message_id"]) == ("Thanks!", written)
        await answer.press(words["answer"], timeout=PATIENCE)
        await sara.receives(words["ask"], timeout=PATIENCE)
        await sara.send_voice()
        await sara.receives(words["passed"], timeout=PATIENCE)
        *_, voice = await desk.receives(4)
        assert (voice["voice"]["duration"], voice["reply_to_message"]["message_id"]) == (1, written)
        await desk.reply(nader, card, "Anything else?")
        await sara.receives("Anything else?", timeout=PATIENCE)
        await playground.assert_no_violations()
    assert verify_file(tmp_path / "m.db").problems == ()


async def test_the_second_tap_passes_nothing_on_again(playground: Playground, desk: Helpdesk, tmp_path: Path) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, _ = await people(playground)
        await sara.send("Hello?")
        offer = await sara.receives(WORDS["en"]["offer"], timeout=PATIENCE)
        await offer.press("Send to support", timeout=PATIENCE)
        await sara.receives("Passed on", timeout=PATIENCE)
        assert str(await offer.press("Send to support", timeout=PATIENCE)) == "This has been done already."
        await desk.receives(2)
        rahim = await playground.phone(102, "Rahim", language_code="en")
        await rahim.send("/start")
        await rahim.receives(timeout=PATIENCE)
        data = offer.button("Send to support").data
        assert data is not None
        refused = await rahim.answer_to(await rahim.press_raw(data, 1), PATIENCE)
        assert str(refused) == "This button is not for you."
        await desk.receives(2)


async def test_what_is_no_text_is_offered_too_and_an_album_is_one_question(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        for send in (sara.send_photo, sara.send_document, sara.send_voice, sara.send_sticker):
            await send()
            offer = await sara.receives(WORDS["en"]["offer"], timeout=PATIENCE)
            await offer.press("Send to support", timeout=PATIENCE)
            await sara.receives("Passed on", timeout=PATIENCE)
        found = await desk.receives(5)
        kinds = ("photo", "document", "voice", "sticker")
        assert [kind for each in found for kind in kinds if kind in each] == list(kinds)
        for place in ("first", "second", "third"):
            await sara.send_photo(caption=place, album="a1")
        offer = await sara.receives(WORDS["en"]["offer"], timeout=PATIENCE)
        await sara.send("/help")
        await sara.receives("/privacy", timeout=PATIENCE)
        await sara.receives_nothing()
        await offer.press("Send to support", timeout=PATIENCE)
        await sara.receives("Passed on", timeout=PATIENCE)
        assert [text_of(each) for each in await desk.receives(8)][5:] == ["first", "second", "third"]
        await nader.send_photo(caption="Like this?", chat_id=str(GROUP), reply_to=str(found[1]["message_id"]))
        assert (await sara.receives("Like this?", timeout=PATIENCE)).photo
        await sara.send_poll()
        await sara.receives("Sorry, I didn't get that.", timeout=PATIENCE)
        await playground.assert_no_violations()


async def test_an_album_that_was_asked_for_is_passed_on_whole(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, _ = await people(playground)
        await sara.send("/support")
        await sara.receives(WORDS["en"]["ask"], timeout=PATIENCE)
        for place in ("first", "second"):
            await sara.send_photo(caption=place, album="a1")
        await sara.receives("Passed on", timeout=PATIENCE)
        assert [text_of(each) for each in await desk.receives(3)][1:] == ["first", "second"]
        await sara.receives_nothing()


async def test_what_somebody_else_wrote_is_forwarded_so_that_support_sees_whose_it_is(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support", topics=[TOPIC])
    async with running_app(playground, tmp_path / "m.db", more=support(topic=TOPIC)):
        sara, nader = await people(playground)
        await sara.forward(nader, "Your order is cancelled.")
        offer = await sara.receives(WORDS["en"]["offer"], timeout=PATIENCE)
        await offer.press("Send to support", timeout=PATIENCE)
        card, forwarded = await desk.receives(2)
        assert forwarded["forward_origin"]["sender_user"]["id"] == ADMIN
        assert {card["message_thread_id"], forwarded["message_thread_id"]} == {TOPIC}
        await playground.assert_no_violations()


async def test_whoever_edits_a_message_is_told_that_its_copy_stays(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        other = await sara.send("Some words")
        await sara.receives(WORDS["en"]["offer"], timeout=PATIENCE)
        await sara.edit(other, "Some other words")
        number = await asks(sara, "Where is it?")
        await sara.edit(number, "Where is my parcel?")
        await sara.receives(WORDS["en"]["edited"], timeout=PATIENCE)
        _, question = await desk.receives(2)
        written = await desk.reply(nader, question, "Tomorow")
        await sara.receives("Tomorow", timeout=PATIENCE)
        await nader.edit(written, "Tomorrow", chat_id=GROUP)
        assert text_of((await desk.receives(3))[-1]) == WORDS["en"]["edited"]
        await sara.receives_nothing()


async def test_in_the_group_anybody_may_answer_and_all_else_is_ignored(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        helper = await playground.phone(150, "Helper", language_code="en")
        own = await helper.send("Good morning", chat_id=GROUP)
        await helper.send("What a morning", chat_id=GROUP, reply_to=own)
        await asks(sara, "Where is it?")
        _, question = await desk.receives(2)
        await desk.reply(helper, question, "I shall look.")
        await sara.receives("I shall look.", timeout=PATIENCE)
        await desk.reply(nader, question, "It is here.", anonymous=True)
        await sara.receives("It is here.", timeout=PATIENCE)
        assert await waiting(nader) == ""
        await asks(sara, "And now?")
        *_, last = await desk.receives(3)
        await until(lambda: waiting(nader))
        assert await waiting(nader) == "Questions to support: 1"
        await desk.reply(helper, last, "/done")
        done = (await desk.receives(4))[-1]
        assert text_of(done) == "Noted: Sara is not waiting for an answer any more."
        await desk.reply(helper, done, "For whom?")
        assert "I don't know who this is for." in text_of((await desk.receives(5))[-1])
        await sara.receives_nothing()
        assert await waiting(nader) == ""


async def test_support_hears_that_a_person_has_blocked_the_bot(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        await asks(sara, "Where is it?")
        _, question = await desk.receives(2)
        await sara.block()
        await desk.reply(nader, question, "Here.")
        lost = (await desk.receives(3))[-1]
        assert text_of(lost) == "Not delivered: Sara has blocked the bot."
        await desk.reply(nader, question, "Here!")
        assert text_of((await desk.receives(4))[-1]) == "Not delivered: Sara has blocked the bot."
        await sara.send("/help")
        await sara.receives("/privacy", timeout=PATIENCE)
        await sara.receives_nothing()


@pytest.mark.parametrize("refusal", ["kicked", "rights"])
async def test_a_question_that_does_not_reach_support_is_told_to_its_writer_and_once_to_the_admins(
    refusal: str, playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        await playground.change_group(GROUP, refusal=refusal)
        for _ in range(2):
            await asks(sara, "Where is it?")
            await sara.receives(WORDS["en"]["lost"], timeout=PATIENCE)
        told = await nader.receives("Questions don't reach the support chat", timeout=PATIENCE)
        assert ("the chat refuses the bot's messages" if refusal == "kicked" else "Not enough rights") in told.text
        await nader.receives_nothing()
        await playground.change_group(GROUP)
        await asks(sara, "And now?")
        assert text_of((await desk.receives(2))[-1]) == "And now?"
        await sara.receives_nothing()


async def test_a_group_that_becomes_a_supergroup_is_followed(playground: Playground, tmp_path: Path) -> None:
    await playground.add_group(GROUP, "Support")
    moved = Helpdesk(playground, -1_000_555)
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        await playground.change_group(GROUP, moved_to=moved.chat_id)
        await asks(sara, "Where is it?")
        _, question = await moved.receives(2)
        await moved.reply(nader, question, "Here.")
        await sara.receives("Here.", timeout=PATIENCE)
        calls = await playground.calls("copyMessage")
        assert calls[0]["params"]["chat_id"] in (str(moved.chat_id), moved.chat_id)


async def test_nobody_asks_more_than_the_limit_within_an_hour(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support(messages_an_hour=2)):
        sara, _ = await people(playground)
        await asks(sara, "One")
        await asks(sara, "Two")
        await sara.send("Three")
        offer = await sara.receives(WORDS["en"]["offer"], timeout=PATIENCE)
        refused = await offer.press("Send to support", timeout=PATIENCE)
        assert str(refused).startswith("You've sent support 2 messages within an hour")
        await sara.send("/support")
        await sara.receives("You've sent support 2 messages", timeout=PATIENCE)
        await desk.receives(3)


async def test_a_message_that_is_gone_is_told_without_alarming_the_admins(
    playground: Playground, desk: Helpdesk, tmp_path: Path
) -> None:
    await playground.add_group(GROUP, "Support")
    async with running_app(playground, tmp_path / "m.db", more=support()):
        sara, nader = await people(playground)
        await playground.fault("answer_before", "copyMessage", answer=_gone())
        await asks(sara, "Where is it?")
        await sara.receives(WORDS["en"]["lost"], timeout=PATIENCE)
        await nader.receives_nothing()
        assert len(await desk.messages()) == 1


def _gone() -> Any:
    from bot.playground.faults import GatewayAnswer

    words = '{"ok":false,"error_code":400,"description":"Bad Request: message to copy not found"}'
    return GatewayAnswer(400, "application/json", words)


async def test_the_support_chat_may_be_an_admin_s_own_chat(playground: Playground, tmp_path: Path) -> None:
    async with running_app(playground, tmp_path / "m.db", more=support(ADMIN)):
        sara, nader = await people(playground)
        await sara.send("/link")
        await sara.read_all()
        await asks(sara, "Where is it?")
        card = await nader.receives("To answer, reply", timeout=PATIENCE)
        assert "Balance: 0 toman, pending 0 toman" in card.text
        question = await nader.receives("Where is it?", timeout=PATIENCE)
        await nader.send("Here.", reply_to=question.id)
        await sara.receives("Here.", timeout=PATIENCE)
        await nader.send("Some words")
        await nader.receives("Sorry, I didn't get that.", timeout=PATIENCE)
        await nader.send("/help", reply_to=question.id)
        await nader.receives("/privacy", timeout=PATIENCE)
        await nader.block()
        await asks(sara, "Are you there?")
        await sara.receives(WORDS["en"]["lost"], timeout=PATIENCE)


async def test_without_support_nothing_is_offered(playground: Playground, tmp_path: Path) -> None:
    async with running_app(playground, tmp_path / "m.db"):
        sara, _ = await people(playground)
        await sara.send("Where is it?")
        answer = await sara.receives("Sorry, I didn't get that.", timeout=PATIENCE)
        assert answer.labels == [["Help"], ["Home"]]
        await sara.send("/support")
        await sara.receives("I do not know that command.", timeout=PATIENCE)


async def test_an_address_is_where_the_button_leads(playground: Playground, tmp_path: Path) -> None:
    async with running_app(playground, tmp_path / "m.db", more={"support": {"url": "https://t.me/nader"}}):
        sara, _ = await people(playground)
        await sara.send("Where is it?")
        answer = await sara.receives("Sorry, I didn't get that.", timeout=PATIENCE)
        assert answer.links == ["https://t.me/nader"]
        await sara.send("/support")
        assert (await sara.receives("You can reach support here", timeout=PATIENCE)).links == ["https://t.me/nader"]
