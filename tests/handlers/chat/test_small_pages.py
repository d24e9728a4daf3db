from pathlib import Path

import pytest

from bot.kit.languages import Language
from chat import buttons_of, open_chat, texts_of
from handlers.chat.buttons import OpenHelp, OpenLanguage


async def test_a_language_holds_from_its_own_answer_on(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        choices = buttons_of((await chat.press(sara, OpenLanguage())).outgoing[0])
        effects = await chat.press(sara, choices["فارسی"])
        assert effects.language == "fa"
        assert effects.outgoing[0].method == "editMessageText"
        assert "موجودی شما: ۰ تومان" in texts_of(effects)[0]
        assert effects.toast is not None
        assert effects.toast.text == "زبان: فارسی"
        assert "موجودی شما" in texts_of(await chat.send(sara, "/balance"))[0]


async def test_a_language_that_we_do_not_speak_is_an_old_button(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Sara"), "speak:xx")
        assert effects.language is None
        assert effects.toast is not None


async def test_help_is_for_whoever_asks(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        newcomer = texts_of(await chat.send(await chat.arrive("Hamid"), "/help"))[0]
        member = texts_of(await chat.press(await chat.member("Sara"), OpenHelp()))[0]
        admin = texts_of(await chat.send(await chat.arrive("Maryam", admin=True), "/help"))[0]
        assert "/code" in newcomer
        assert "/withdraw" not in newcomer
        assert "/withdraw" in member
        assert "/admin" not in newcomer + member
        assert "/admin" in admin


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_privacy_says_five_things_and_none_twice(tmp_path: Path, language: Language) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid", language=language), "/privacy")
        _title, *lines = texts_of(effects)[0].split("\n")
        assert len({line[:12] for line in lines}) == len(lines) == 5


async def test_cancel_ends_what_is_being_asked(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        hamid = await chat.arrive("Hamid")
        await chat.send(hamid, "/code")
        await chat.send(hamid, "/cancel")
        assert chat.dialogues[hamid.id] is None


@pytest.mark.parametrize("name", ["<b>Ali</b> & Co", "\u202eilA", "x" * 64])
async def test_any_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    async with open_chat(tmp_path) as chat:
        odd = await chat.member(name)
        text = texts_of(await chat.send(await chat.arrive("Hamid"), f"/start {odd.id}"))[0]
        assert "<b>Ali" not in text
        assert "\u202e" not in text
