"""The way to support: its button wherever a text sends people to somebody, and what the handlers refuse."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.home_button import OpenHome
from bot.kit.languages import Language
from bot.kit.refusals import ASKING
from bot.kit.support import SentMessage, SupportChannel
from bot.kit.support_button import OpenSupport
from bot.kit.texts import LOCALE
from chat import Chat, buttons_of, open_chat, texts_of
from gifts import reward, rules
from handlers.chat.buttons import AnswerSupport, OpenGifts, OpenHelp, OpenWithdraw, SendToSupport

GROUP = -500


def supported(chat: Chat, channel: SupportChannel | None = None) -> Chat:
    """Gives the bot a support group, or another channel."""
    chat.facts = replace(chat.facts, support=channel or SupportChannel(GROUP))
    return chat


@pytest.mark.parametrize(("language", "label"), [("en", "Support"), ("fa", "پشتیبانی")])
async def test_help_and_home_lead_to_support(tmp_path: Path, language: Language, label: str) -> None:
    async with open_chat(tmp_path) as chat:
        supported(chat)
        sara = await chat.arrive("Sara", language=language)
        for button in (OpenHelp(), OpenHome()):
            assert buttons_of((await chat.press(sara, button)).outgoing[0])[label] == "sup:0"


async def test_without_support_no_page_has_the_button(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        for button in (OpenHelp(), OpenHome()):
            assert "Support" not in buttons_of((await chat.press(sara, button)).outgoing[0])


async def test_a_suspended_member_finds_the_button_under_the_refusal(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.engine.suspend(sara.id, key="s:1", actor="admin")
        before = await chat.press(sara, OpenWithdraw())
        assert before.outgoing == []
        assert before.toast is not None
        supported(chat)
        after = await chat.press(sara, OpenWithdraw())
        assert "suspended" in texts_of(after)[0]
        assert buttons_of(after.outgoing[0]) == {"Support": "sup:1"}
        (notice,) = [messages[0] for kind, messages in await chat.notices() if "suspended" in kind]
        assert buttons_of(notice)["Support"] == "sup:1"


def test_every_refusal_that_says_whom_to_ask_has_the_button() -> None:
    catalogue = LOCALE.joinpath("en.ftl").read_text(encoding="utf-8")
    asking = re.findall(r"^refused-(\w+) = .*ask an admin", catalogue, re.MULTILINE)
    assert set(asking) == ASKING


async def test_a_gift_that_is_to_be_asked_for_leads_to_support(tmp_path: Path) -> None:
    async with open_chat(
        tmp_path, rules=rules(reward("present", "coming", {"en": "A present", "fa": "یک هدیه"}, kind="text"))
    ) as chat:
        supported(chat, SupportChannel(url="https://t.me/nader"))
        nader = await chat.member("Nader")
        sara = await chat.arrive("Sara")
        await chat.send(sara, f"/start {nader.id}")
        page = await chat.press(sara, OpenGifts())
        assert "Please ask us for it." in texts_of(page)[0]
        assert buttons_of(page.outgoing[0])["Support"] == "https://t.me/nader"


async def test_an_old_button_finds_that_questions_go_nowhere_any_more(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        supported(chat)
        sara = await chat.arrive("Sara")
        offered = await chat.write(sara, "Where is it?", SentMessage(5))
        token = offered.drafts[0].token
        supported(chat, SupportChannel(url="https://t.me/nader"))
        for button in (SendToSupport(token), AnswerSupport(1)):
            refused = await chat.press(sara, button)
            assert refused.toast is not None
            assert refused.toast.alert
            assert refused.handovers == []
        assert buttons_of((await chat.press(sara, OpenSupport())).outgoing[0])["Support"] == "https://t.me/nader"


@pytest.mark.parametrize("token", ["", "nothing1", "x" * 50])
async def test_a_token_that_never_was_passes_nothing_on(tmp_path: Path, token: str) -> None:
    async with open_chat(tmp_path) as chat:
        supported(chat)
        sara = await chat.arrive("Sara")
        refused = await chat.press(sara, SendToSupport(token))
        assert (refused.handovers, refused.outgoing) == ([], [])
        assert refused.toast is not None


async def test_what_cannot_be_copied_is_asked_for_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        supported(chat)
        sara = await chat.arrive("Sara")
        await chat.press(sara, OpenSupport())
        poll = await chat.write(sara, None, SentMessage(6, copyable=False))
        assert texts_of(poll) == ["This can't be passed on. Please send a text, a picture, a file or a voice message."]
        voice = await chat.write(sara, None, SentMessage(7))
        assert [each.messages for each in voice.handovers] == [(7,)]
        again = await chat.write(sara, None, SentMessage(8))
        assert again.handovers == []  # the question was answered


async def test_a_command_ends_the_question(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        supported(chat)
        sara = await chat.arrive("Sara")
        await chat.press(sara, OpenSupport())
        stopped = await chat.write(sara, "/cancel", SentMessage(6))
        assert (texts_of(stopped), stopped.handovers) == (["Cancelled. Nothing changed."], [])
