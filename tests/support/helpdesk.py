"""Gives tests a support group beside the bot: its messages as they stand, and replies to them."""

from __future__ import annotations

from typing import Any

from bot.kit.json import Json
from bot.playground import Phone, Playground
from machine import until

GROUP = -100_200
TOPIC = 7


class Helpdesk:
    """Reads and answers in the support group."""

    def __init__(self, playground: Playground, chat_id: int = GROUP) -> None:
        self._playground = playground
        self.chat_id = chat_id

    async def messages(self) -> list[Json]:
        """Returns the bot's messages in the group, oldest first."""
        chat = await self._playground.get(f"chats/{self.chat_id}")
        return [each for each in chat["messages"] if each["from"].get("username") == self._playground.bot_username]

    async def receives(self, count: int, seconds: float = 15) -> list[Json]:
        """Waits until the bot has written so many messages in all; returns them."""
        found: list[Json] = []

        async def complete() -> bool:
            found[:] = await self.messages()
            return len(found) >= count

        await until(complete, seconds)
        assert len(found) == count, [text_of(each) for each in found]
        return found

    async def reply(self, phone: Phone, to: Json, text: str, **how: Any) -> int:
        """Replies to one of the group's messages as a person."""
        return await phone.send(text, chat_id=self.chat_id, reply_to=to["message_id"], **how)


def text_of(message: Json) -> str:
    """Returns a message's text or caption, without the isolates around names."""
    return "".join(each for each in str(message.get("text", message.get("caption", ""))) if each not in "\u2068\u2069")


def support(chat: int = GROUP, **more: Any) -> dict[str, Any]:
    """Returns the configuration's table."""
    return {"support": {"chat": chat, **more}}
