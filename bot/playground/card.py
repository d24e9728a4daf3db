"""Shows one message of the bot as on a phone: its text, its buttons, its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kit.json import Json
from bot.playground.entities import utf16_slice

if TYPE_CHECKING:
    from bot.playground.phone import Phone


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """Holds the answer to a press: a toast, or an alert that must be closed."""

    text: str
    alert: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class KeyboardButton:
    """Holds one inline button: its label and its single action."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    inline: str | None = None
    style: str | None = None


class ChatCard:
    """Shows a message at the moment it was seen; `refresh` reads it again.

    `photo` and `document` are the file's content, where the message has one.
    """

    def __init__(
        self,
        phone: Phone,
        message: Json,
        *,
        edited: bool = False,
        photo: bytes | None = None,
        document: bytes | None = None,
    ) -> None:
        self._phone = phone
        self.message = message
        self.edited = edited
        self.photo = photo
        self.document = document

    def __repr__(self) -> str:
        return f"ChatCard({self.id}, {self.text!r}, {self.labels})"

    @property
    def id(self) -> int:
        """Returns the message's number in its chat."""
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        """Returns the text, or the caption, without markup."""
        return str(self.message.get("text", self.message.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """Returns the entities of the text or caption."""
        return list(self.message.get("entities") or self.message.get("caption_entities") or [])

    @property
    def buttons(self) -> list[list[KeyboardButton]]:
        """Returns the inline buttons, row by row."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [[_button(button) for button in row] for row in rows]

    @property
    def labels(self) -> list[list[str]]:
        """Returns the buttons' labels, row by row."""
        return [[button.text for button in row] for row in self.buttons]

    @property
    def copy_texts(self) -> list[str]:
        """Returns the texts that the copy buttons copy."""
        return [button.copy_text for row in self.buttons for button in row if button.copy_text is not None]

    @property
    def links(self) -> list[str]:
        """Returns every address on the card: in its text first, then on its buttons."""
        in_text = [
            entity.get("url") or utf16_slice(self.text, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] in {"url", "text_link"}
        ]
        return in_text + [button.url for row in self.buttons for button in row if button.url is not None]

    def button(self, label: str) -> KeyboardButton:
        """Returns the first button whose text contains `label`.

        Raises AssertionError with the conversation where none does.
        """
        found = next((button for row in self.buttons for button in row if label in button.text), None)
        if found is None:
            raise AssertionError(f"no button {label!r} on {self!r}\n\n{self._phone.transcript()}")
        return found

    async def tap(self, label: str) -> str:
        """Presses a button without waiting; returns the press's number. An old card's buttons can be pressed too."""
        data = self.button(label).data
        if data is None:
            raise AssertionError(f"the button {label!r} sends nothing to the bot")
        return await self._phone.press_raw(data, self.id)

    async def press(self, label: str, timeout: float = 5) -> PressAnswer | None:
        """Presses a button and waits for the answer; returns its text, None for an answer without text.

        Raises AssertionError with the conversation where no answer comes within `timeout` seconds.
        """
        return await self._phone.answer_to(await self.tap(label), timeout)

    async def refresh(self) -> ChatCard:
        """Returns the message's current state."""
        return await self._phone.look_at(self.id)


class WebPageOffer:
    """Shows the bot's offer for an inline query: cards to send, and optionally a button above them."""

    def __init__(self, phone: Phone, query_id: str, answer: Json) -> None:
        self._phone = phone
        self.query_id = query_id
        self.results: list[Json] = answer["results"]
        self.button: Json | None = answer["button"]
        self.is_personal: bool = answer["is_personal"]
        self.cache_time: int = answer["cache_time"]

    @property
    def titles(self) -> list[str]:
        """Returns the cards' titles, in order."""
        return [str(each["title"]) for each in self.results]

    async def choose(self, title: str) -> ChatCard:
        """Sends the first card whose title contains this.

        Raises AssertionError with the conversation where none does.
        """
        return await self._phone.chooses(self, title)


def _button(button: Json) -> KeyboardButton:
    return KeyboardButton(
        text=button["text"],
        data=button.get("callback_data"),
        url=button.get("url"),
        copy_text=button.get("copy_text", {}).get("text"),
        inline=button.get("switch_inline_query"),
        style=button.get("style"),
    )
