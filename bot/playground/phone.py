"""Simulates one person's phone for tests and the demo."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.kit.json import Json
from bot.playground.card import ChatCard, PressAnswer, WebPageOffer
from bot.playground.transcript import transcript

if TYPE_CHECKING:
    from bot.playground.client import Playground


class Phone:
    """Acts as a person in their private chat with the bot. Messages stay unread until `receives` takes them."""

    def __init__(self, playground: Playground, user: Json) -> None:
        self._playground = playground
        self.user = user
        self._seen = 0
        self._history: list[Json] = []
        self._unread: list[Json] = []

    @property
    def id(self) -> int:
        """Returns the person's Telegram id, which is their private chat's."""
        return int(self.user["id"])

    @property
    def name(self) -> str:
        """Returns the person's name in transcripts: the username, else the first name."""
        return str(self.user.get("username") or self.user["first_name"])

    async def send(
        self, text: str, *, chat_id: int | None = None, reply_to: int | None = None, anonymous: bool = False
    ) -> int:
        """Sends a text to the bot or into a group, perhaps as a reply; returns the message's number.

        `anonymous` sends it in the group's name, as its admins may.
        """
        return await self._act("say", {"text": text, "chat_id": chat_id, "reply_to": reply_to, "anonymous": anonymous})

    async def edit(self, message_id: int, text: str, *, chat_id: int | None = None) -> None:
        """Changes the text of one's own message."""
        await self._act("edit", {"message_id": message_id, "text": text, "chat_id": chat_id})

    async def send_voice(self, data: bytes = b"voice", **place: str) -> int:
        """Sends a voice message."""
        return await self._upload("voice", data, mime="audio/ogg", **place)

    async def send_poll(self) -> int:
        """Sends a poll."""
        return await self._act("poll", {})

    async def open(self, link: str) -> int:
        """Opens a deep link and presses START."""
        return await self._act("open", {"link": link})

    async def forward(self, author: Phone, text: str = "Hello", *, hidden: bool = False) -> int:
        """Forwards a text of another person, who may hide their account in forwards."""
        return await self._act("forward", {"author": author.id, "text": text, "hidden": hidden})

    async def send_contact(self, of: Phone, *, without_account: bool = False) -> int:
        """Sends the contact card of another person."""
        return await self._act("contact", {"of": of.id, "without_account": without_account})

    async def send_sticker(self, emoji: str = "👍") -> int:
        """Sends a sticker."""
        return await self._act("sticker", {"emoji": emoji})

    async def send_photo(self, data: bytes | None = None, caption: str = "", **place: str) -> int:
        """Sends a photo, a small grey one unless given; `place` may have an `album`, a `chat_id` and a `reply_to`."""
        return await self._upload("photo", data or grey_png(), caption=caption, **place)

    async def send_document(self, name: str = "notes.txt", data: bytes = b"notes", mime: str = "text/plain") -> int:
        """Sends a document."""
        return await self._upload("document", data, mime=mime, name=name)

    async def block(self) -> None:
        """Blocks the bot."""
        await self._playground.post(f"users/{self.id}/block")

    async def unblock(self) -> None:
        """Unblocks the bot."""
        await self._playground.post(f"users/{self.id}/unblock")

    async def commands(self) -> dict[str, str]:
        """Returns the commands in this person's menu, with their descriptions."""
        shown = await self._playground.get(f"users/{self.id}/commands")
        return {command["command"]: command["description"] for command in shown}

    async def press_raw(self, data: str, message_id: int, *, chat_id: int | None = None, gone: bool = False) -> str:
        """Presses with any data under any message, even a foreign or deleted one; returns the press's number."""
        body = {"data": data, "message_id": message_id, "chat_id": chat_id, "gone": gone}
        pressed = await self._playground.post(f"users/{self.id}/press", body)
        return str(pressed["query_id"])

    async def answer_to(self, query_id: str, timeout: float = 5) -> PressAnswer | None:
        """Waits for the answer to a press; returns None where it has no text.

        Raises AssertionError where none comes.
        """
        answer = await self._playground.get(f"queries/{query_id}", timeout=timeout)
        await self.look()
        if answer is None:
            raise AssertionError(f"the press was not answered within {timeout} s\n\n{self.transcript()}")
        return PressAnswer(answer["text"], bool(answer["alert"])) if answer["text"] else None

    async def types(self, query: str = "", *, chat_id: int | None = None, timeout: float = 5) -> WebPageOffer:
        """Types the bot's name and a query; returns the offer. Raises AssertionError where none comes."""
        typed = await self._playground.post(f"users/{self.id}/inline", {"query": query, "chat_id": chat_id})
        answer = await self._playground.get(f"inline/{typed['query_id']}", timeout=timeout)
        if answer is None:
            raise AssertionError(f"nothing was offered for {query!r} within {timeout} s\n\n{self.transcript()}")
        return WebPageOffer(self, str(typed["query_id"]), answer)

    async def chooses(self, offer: WebPageOffer, title: str) -> ChatCard:
        """Sends the first of the offered cards whose title contains this; returns it."""
        found = next((each for each in offer.results if title in each["title"]), None)
        if found is None:
            raise AssertionError(f"no card {title!r} among {offer.titles}\n\n{self.transcript()}")
        body = {"query_id": offer.query_id, "result_id": found["id"]}
        return ChatCard(self, await self._playground.post(f"users/{self.id}/choose", body))

    async def pay(self, message_id: int, timeout: float = 5) -> str:
        """Pays an invoice; returns the charge's id. Raises AssertionError with the bot's reason where it refuses."""
        opened = await self._playground.post(f"users/{self.id}/pay", {"message_id": message_id})
        end = await self._playground.get(f"checkouts/{opened['checkout_id']}", timeout=timeout)
        if end["charge"] is None:
            raise AssertionError(f"the payment did not happen: {end['answer']}\n\n{self.transcript()}")
        return str(end["charge"])

    async def is_given_back(self, charge: str) -> None:
        """Has a payment refunded on Telegram's side."""
        await self._playground.post(f"users/{self.id}/refund", {"charge": charge})

    async def receives(self, *parts: str, timeout: float = 5) -> ChatCard:
        """Waits for an unread message or edit that contains all `parts`, and takes it.

        Raises AssertionError with the conversation where none comes within `timeout` seconds.
        """
        clock = asyncio.get_running_loop()
        end = clock.time() + timeout
        while True:
            for event in self._unread:
                if all(part in shown_text(event) for part in parts):
                    self._unread.remove(event)
                    return await self._card(event)
            left = end - clock.time()
            if left <= 0:
                wanted = " and ".join(map(repr, parts)) or "a message"
                raise AssertionError(f"{self.name} did not receive {wanted} within {timeout} s\n\n{self.transcript()}")
            await self.look(left)

    async def receives_nothing(self, within: float = 0.3) -> None:
        """Asserts that nothing is unread, now and for `within` seconds."""
        await self.look()
        if not self._unread:
            await self.look(within)
        if self._unread:
            texts = [shown_text(event) for event in self._unread]
            raise AssertionError(f"{self.name} received {texts}\n\n{self.transcript()}")

    async def read_all(self) -> list[ChatCard]:
        """Takes all unread messages."""
        await self.look()
        events, self._unread = self._unread, []
        return [await self._card(event) for event in events]

    async def look(self, timeout: float = 0) -> None:
        """Fetches the events since the last look, waiting up to `timeout` seconds for one."""
        events = await self._playground.events(after=self._seen, chat_id=self.id, timeout=timeout)
        fresh = [event for event in events if event["seq"] > self._seen]  # a concurrent look may have been first
        self._history += fresh
        self._unread += [event for event in fresh if _is_from_bot(event)]
        self._seen = self._history[-1]["seq"] if self._history else 0

    async def look_at(self, message_id: int) -> ChatCard:
        """Returns the current state of a message of this chat; raises `ControlRefusal` where it is gone."""
        message = await self._playground.get(f"chats/{self.id}/messages/{message_id}")
        return await self._with_files(message, edited=message["edits"] > 0)

    async def messages(self) -> list[ChatCard]:
        """Returns the current state of the bot's messages in this chat, oldest first."""
        chat = await self._playground.get(f"chats/{self.id}")
        return [
            await self._with_files(message, edited=message["edits"] > 0)
            for message in chat["messages"]
            if message["from"]["is_bot"]
        ]

    def transcript(self) -> str:
        """Returns the conversation up to the last look."""
        return transcript(self._history, self._playground.names)

    async def _act(self, act: str, body: Json) -> int:
        message = await self._playground.post(f"users/{self.id}/{act}", body)
        return int(message["message_id"])

    async def _upload(self, act: str, data: bytes, mime: str = "image/png", **query: str) -> int:
        message = await self._playground.post_bytes(f"users/{self.id}/{act}", data, mime, query)
        return int(message["message_id"])

    async def _card(self, event: Json) -> ChatCard:
        return await self._with_files(event["content"]["message"], edited=event["kind"] == "edit")

    async def _with_files(self, message: Json, *, edited: bool) -> ChatCard:
        files = {
            kind: await self._playground.download(reference["file_id"])
            for kind, reference in (("photo", message.get("photo", [None])[-1]), ("document", message.get("document")))
            if reference
        }
        return ChatCard(self, message, edited=edited, photo=files.get("photo"), document=files.get("document"))


def shown_text(event: Json) -> str:
    """Returns the text or caption of a message's event."""
    message = event["content"]["message"]
    return str(message.get("text", message.get("caption", "")))


def grey_png() -> bytes:
    """Returns a small picture for tests that need any."""
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (16, 16), "grey").save(buffer, "PNG")
    return buffer.getvalue()


def _is_from_bot(event: Json) -> bool:
    return event["kind"] in {"message", "edit"} and event["content"]["message"]["from"]["is_bot"]
