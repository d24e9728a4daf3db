"""Sets up two admins and a chain of three: Maryam invited Sara, and Sara invited Ali, who has not joined."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.kit.effects import Effects
from bot.kit.languages import Language
from bot.kit.person import Person
from chat import UNILEVEL, Chat, buttons_of, open_chat, texts_of

SHEBA = "IR820540102680020817909002"


@dataclass
class Office:
    """Holds the chat; `nader` and `karim` are the admins, and nader writes."""

    chat: Chat
    nader: Person
    karim: Person
    maryam: Person
    sara: Person
    ali: Person

    async def send(self, text: str) -> Effects:
        """Returns the effects of a message of nader's."""
        return await self.chat.send(self.nader, text)

    async def said(self, text: str) -> str:
        """Returns the answer to a message of nader's."""
        return "\n".join(texts_of(await self.send(text)))

    async def press(self, effects: Effects, label: str) -> Effects:
        """Returns the effects of nader's press of the button with that label."""
        return await self.chat.press(self.nader, button(effects, label))

    async def ask_for(self, amount: int, id: str = "w1", *, by: Person | None = None) -> None:
        """Requests a withdrawal of an amount in minor units, by default as sara."""
        member = by or self.sara
        destination = await self.chat.engine.keep_destination(member.id, "sheba", SHEBA)
        await self.chat.engine.withdraw(id, member.id, amount, destination)

    async def available(self, person: Person) -> int:
        """Returns the available balance in minor units."""
        return (await self.chat.engine.balance(person.id)).available

    async def killed_once(self, act: Callable[[], Awaitable[Effects]]) -> Effects:
        """Returns the effects of an update whose first handling was killed before its effects were stored."""
        chat = self.chat
        updates, drafts, dialogues = chat.updates, dict(chat.drafts.kept), dict(chat.dialogues)
        await act()
        chat.updates, chat.drafts.kept, chat.dialogues = updates, drafts, dialogues
        return await act()


@asynccontextmanager
async def open_office(
    folder: Path, tables: Mapping[str, Any] = UNILEVEL, *, language: Language = "en", config: Path | None = None
) -> AsyncIterator[Office]:
    """Opens an office whose first admin reads this language; `config` is the file that the programme is in."""
    async with open_chat(folder, tables, config=config) as chat:
        nader = await chat.arrive("Nader", admin=True, language=language)
        karim = await chat.arrive("Karim", admin=True)
        maryam = await chat.member("Maryam")
        sara = await chat.member("Sara", maryam)
        ali = replace(await chat.friend("Ali", sara), username="ali")
        chat.people.known[ali.id] = ali
        yield Office(chat, nader, karim, maryam, sara, ali)


def button(effects: Effects, label: str) -> str:
    """Returns the callback data of the button with that label."""
    return next(data for outgoing in effects.outgoing for text, data in buttons_of(outgoing).items() if text == label)


def rows_of(effects: Effects) -> list[list[str]]:
    """Returns the labels under the last message, row by row."""
    markup = effects.outgoing[-1].params.get("reply_markup", {"inline_keyboard": []})
    return [[each["text"] for each in row] for row in markup["inline_keyboard"]]


def styles_of(effects: Effects) -> dict[str, str]:
    """Returns the styles of the styled buttons under the last message."""
    markup = effects.outgoing[-1].params["reply_markup"]
    return {each["text"]: each["style"] for row in markup["inline_keyboard"] for each in row if "style" in each}
