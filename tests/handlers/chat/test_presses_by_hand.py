"""Whatever data somebody makes up for a button: it is answered, opens nothing of the admins', and moves no money."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kit.buttons import Button
from bot.kit.languages import Language
from chat import Chat, open_chat, texts_of
from gifts import SHARE, WELCOME, rules
from handlers.chat import FEATURES

WORDS = ("", "x", "-1", "0", "1", "9" * 30, "٣", "😀", "<b>", "1:2", "-1:-1", "1:2:3:4:5:6", "a" * 50)
BUTTONS = [handler.button for feature in FEATURES for handler in feature.buttons]


def made_up(button: type[Button]) -> list[str]:
    """Returns data that begins as the button's does and goes on with something of every kind, within 64 bytes."""
    data = [button.prefix, *(f"{button.prefix}:{word}" for word in WORDS)]
    return [each for each in data if len(each.encode()) <= 64]


async def journal(chat: Chat) -> list[str]:
    """Returns what has happened, except that somebody joined: asking for a link does that."""
    return [event["type"] async for event in chat.engine.events() if event["type"] != "join"]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("who", ["newcomer", "member", "admin"])
async def test_made_up_data_is_answered_and_changes_nothing_in_the_books(
    tmp_path: Path, language: Language, who: str
) -> None:
    async with open_chat(tmp_path, rules=rules(WELCOME, share=SHARE)) as chat:
        sara = await chat.member("Sara", language=language)
        await chat.buy(await chat.friend("Karim", sara), 100_000, "o-1")
        hamid = await chat.arrive("Hamid", language=language, admin=True)
        babak = await chat.arrive("Babak", language=language)
        person = {"newcomer": babak, "member": sara, "admin": hamid}[who]
        before = await journal(chat)
        silent = []
        for button in BUTTONS:
            for data in made_up(button):
                effects = await chat.press(person, data)
                if not effects.outgoing and effects.toast is None:
                    silent.append(data)
                if (button.admin or button.owner) and who != "admin":
                    assert not texts_of(effects), data
        assert silent == []
        assert await journal(chat) == before
        assert (await chat.engine.balance(sara.id)).available == 20_000
