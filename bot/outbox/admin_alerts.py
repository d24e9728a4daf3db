"""Alerts the admins directly, without the outbox, for when the store cannot be written."""

from contextlib import suppress

from bot.kit.context import message_to
from bot.kit.person import Person
from bot.kit.texts import Texts
from bot.outbox.delivery import MessageSender
from bot.outbox.delivery_result import Sent
from bot.store.profiles import Profiles
from engine.store.driver import DriverError


class AdminAlerts:
    """Sends one message to each admin directly. It caches the admins, because the store may be unavailable later."""

    def __init__(self, people: Profiles, texts: Texts, message_sender: MessageSender) -> None:
        self._people = people
        self._texts = texts
        self._message_sender = message_sender
        self._admins: list[Person] = []
        self._subject = ""
        self._told: set[int] = set()

    async def remember_admins(self) -> None:
        """Reads the admins into the cache, where the store can be read."""
        with suppress(DriverError):
            self._admins = await self._people.admins()

    async def tell(self, subject: str, text_id: str) -> None:
        """Tries once for each admin who has not had this subject's message; the next call tries the remaining ones."""
        if subject != self._subject:
            self._subject, self._told = subject, set()
        for admin in self._admins:
            if admin.chat_id not in self._told:
                message = message_to(admin, self._texts, text_id)
                if isinstance(await self._message_sender.deliver(message), Sent):
                    self._told.add(admin.chat_id)
