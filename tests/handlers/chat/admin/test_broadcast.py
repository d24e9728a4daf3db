from pathlib import Path

import pytest

from bot.kit.effects import Effects
from bot.kit.languages import Language
from chat import texts_of
from handlers.chat.admin.broadcast_buttons import OpenBroadcast, SetAudience, StartBroadcast, WriteBroadcast
from handlers.chat.stop_broadcasts import FEATURE as STOPPING
from office import Office, button, open_office, rows_of

TOO_LONG_FOR_A_CAPTION = "x" * 1025


async def drafted(office: Office, text: str = "hello") -> Effects:
    """Broadcast 1 with a text in English; what its card says."""
    card = await office.send("/broadcast new")
    await office.press(card, "Text in English")
    return await office.chat.send(office.nader, text, html=text)


async def test_the_command_alone_lists_and_offers_a_new_one(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        none = await office.send("/broadcast")
        assert "No broadcasts yet" in texts_of(none)[0]
        assert rows_of(none)[0] == ["New broadcast"]
        await drafted(office)
        assert "not sent yet" in await office.said("/broadcast list")
        assert "Broadcast 1" in rows_of(await office.send("/broadcast"))[1]


async def test_a_number_that_does_not_exist_is_told(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        for words in ("7", "start 7", "pause 7", "resume 7", "cancel 7"):
            assert "There is no broadcast \u20687\u2069" in await office.said(f"/broadcast {words}")
        gone = await office.chat.press(office.nader, OpenBroadcast(7))
        assert gone.toast is not None
        assert "There is no broadcast \u20687\u2069" in gone.toast.text


async def test_what_cannot_be_read_is_answered_with_examples(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert "/broadcast start 3" in await office.said("/broadcast send it all now")
        assert "There is no broadcast \u2068soon\u2069" in await office.said("/broadcast soon")


async def test_persian_digits_name_a_broadcast(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await drafted(office)
        assert "Broadcast 1: not sent yet" in await office.said("/broadcast ۱")


async def test_without_a_text_it_is_not_started(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.send("/broadcast new")
        assert "no text yet" in await office.said("/broadcast start 1")
        pressed = await office.chat.press(office.nader, StartBroadcast(1))
        assert "not sent yet" in texts_of(pressed)[0]


async def test_handled_again_after_a_kill_the_same_draft_is_found(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.killed_once(lambda: office.send("/broadcast new"))
        assert "Broadcast 1: not sent yet" in texts_of(card)[0]


async def test_a_text_that_is_no_caption_does_not_go_with_a_photo(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await drafted(office, TOO_LONG_FOR_A_CAPTION)
        await office.chat.press(office.nader, WriteBroadcast(1, "fa"))
        refused = await office.chat.send(office.nader, None, html="عکس", photo="photo-1")
        assert "at most 1,024 characters" in texts_of(refused)[0]
        await office.chat.send(office.nader, "سلام", html="سلام")
        broadcast = await office.chat.broadcasts.find(1)
        assert broadcast is not None
        assert (set(broadcast.content.texts), broadcast.content.photo) == ({"en", "fa"}, None)


async def test_a_photo_alone_is_kept_and_can_be_left_out_again(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await drafted(office)
        await office.chat.press(office.nader, WriteBroadcast(1, "en"))
        card = await office.chat.send(office.nader, None, photo="photo-1")
        assert "Text: in English, also for Persian speakers, with a photo" in texts_of(card)[0]
        preview = await office.press(card, "Preview")
        assert [each.method for each in preview.outgoing].count("sendPhoto") == 2
        assert preview.outgoing[1].params["photo"] == "photo-1"
        plain = await office.press(card, "Without the photo")
        assert "photo" not in texts_of(plain)[0]


async def test_words_that_are_not_asked_for_are_no_text(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.send("/broadcast new")
        assert "Sorry, I didn't get that." in await office.said("hello")


async def test_a_sticker_is_no_text(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send("/broadcast new")
        await office.press(card, "Text in English")
        assert "Please answer with text" in texts_of(await office.chat.send(office.nader, None))[0]


async def test_the_audience_is_chosen_by_buttons_and_counted(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.press(await drafted(office), "Recipients")
        assert "People: 5" in texts_of(card)[0]
        members = await office.press(card, "Members")
        assert "To: all members" in texts_of(members)[0]
        assert "People: 2" in texts_of(members)[0]
        ranked = await office.press(members, "\u2068base\u2069")
        assert "all members of the rank \u2068base\u2069" in texts_of(ranked)[0]
        odd = await office.chat.press(office.nader, SetAudience(1, "rank", 77))
        assert "all members of the rank \u2068base\u2069" in texts_of(odd)[0]


async def test_the_question_before_it_is_sent_says_how_many_and_how_long(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        asked = await office.press(await drafted(office), "Send")
        assert "People: 5" in texts_of(asked)[0]
        assert "At 25 a second: about 1 second" in texts_of(asked)[0]
        assert rows_of(asked) == [["Yes, send it now"], ["Back"]]


@pytest.mark.parametrize(("language", "word"), [("en", "is being sent"), ("fa", "در حال ارسال است")])
async def test_started_twice_it_is_the_same_one(tmp_path: Path, language: Language, word: str) -> None:
    async with open_office(tmp_path, language=language) as office:
        await office.send("/broadcast new")
        await office.chat.press(office.nader, WriteBroadcast(1, "en"))
        await office.chat.send(office.nader, "hello", html="hello")
        for _ in range(2):
            started = await office.chat.press(office.nader, StartBroadcast(1))
            assert word in texts_of(started)[0]
            office.chat.clock.now += 1000
        broadcast = await office.chat.broadcasts.find(1)
        assert broadcast is not None
        assert broadcast.started_at == office.chat.clock.now - 2000
        late = await office.chat.press(office.nader, WriteBroadcast(1, "en"))
        assert word in texts_of(late)[0], "it is not asked for a text any more"


async def test_members_cannot_press_what_is_the_admins(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await drafted(office)
        pressed = await office.chat.press(office.sara, StartBroadcast(1))
        assert pressed.outgoing == []
        assert pressed.toast is not None
        broadcast = await office.chat.broadcasts.find(1)
        assert broadcast is not None
        assert broadcast.state == "draft"


async def test_the_buttons_below_a_broadcast_belong_to_everybody(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert not any(each.button.admin for each in STOPPING.buttons)
        test = await office.press(await drafted(office), "Test to myself")
        stopped = await office.chat.press(office.nader, button(test, "Stop these messages"))
        assert "are off for you" in texts_of(stopped)[0]
        assert stopped.outgoing[0].method == "sendMessage", "the broadcast stays to be read"
