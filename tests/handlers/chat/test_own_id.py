"""/id: what a person tells an admin who asks who they are."""

from pathlib import Path

import pytest

from bot.kit.languages import Language
from chat import buttons_of, open_chat, texts_of


@pytest.mark.parametrize(
    ("language", "words", "copies"),
    [
        ("en", ("This is you", "Code: ", "Telegram id: "), ("Copy code", "Copy id")),
        ("fa", ("شناسهٔ شما", "کد دعوت: ", "شناسهٔ تلگرام: "), ("کپی کد", "کپی شناسه")),
    ],
)
async def test_anybody_sees_their_code_and_number_ready_to_copy(
    tmp_path: Path, language: Language, words: tuple[str, ...], copies: tuple[str, str]
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara", language=language)
        shown = await chat.send(sara, "/id")
        [text] = texts_of(shown)
        assert all(each in text for each in words)
        assert f"<code>{sara.id}</code>" in text
        assert f"<code>{sara.chat_id}</code>" in text, "in Latin digits, as they are typed"
        buttons = buttons_of(shown.outgoing[0])
        assert [buttons[each] for each in copies] == [sara.id, str(sara.chat_id)]
