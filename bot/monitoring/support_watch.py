"""Checks that the bot may write into the support chat: shortly after the start, and once a day."""

import logging
from typing import Final

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.botapi.protocol import Api
from bot.kit.json import Json
from bot.kit.support import SupportChannel
from bot.outbox.services import OutboxServices
from bot.runtime.ticker import Recurring
from bot.store.support import SupportMessages
from engine.store.driver import Connection, DriverError

DAY_MS: Final = 24 * 3_600_000
HEAD_START_MS: Final = 10_000
RETRY_MS: Final = 600_000

_log = logging.getLogger(__name__)


class SupportWatch:
    """Shows for a moment that the bot is typing there, which Telegram refuses where it would refuse a message."""

    def __init__(self, api: Api, messages: SupportMessages, channel: SupportChannel, services: OutboxServices) -> None:
        self._api = api
        self._messages = messages
        self._channel = channel
        self._writer = services.writer
        self._clock = services.clock
        self._support_failed = services.signals.support_failed

    def recurring(self) -> Recurring:
        """Returns the check as recurring work; while Telegram is unreachable it is tried again."""
        passing = (TelegramError, DriverError)
        return Recurring("support chat", DAY_MS, self.check, retry_ms=RETRY_MS, first_ms=HEAD_START_MS, passing=passing)

    async def check(self) -> None:
        """Checks once, and notes the result: admins are told of a chat that has begun to fail.

        Raises TelegramError where Telegram gave no answer of its own.
        """
        chat_id = await self._writer.run(lambda db: self._messages.know_chat(db, self._channel.chat))
        problem = await self._problem_with(chat_id)
        await self._writer.run(lambda db: self._note(db, chat_id, problem))
        if problem is not None:
            _log.error("support chat %d cannot be written to: %s", chat_id, problem)
            self._support_failed.set()

    async def _problem_with(self, chat_id: int) -> str | None:
        topic: Json = {} if self._channel.topic is None else {"message_thread_id": self._channel.topic}
        try:
            await self._api.call("sendChatAction", {"chat_id": chat_id, "action": "typing", **topic})
        except ChatMigrated as moved:
            new_chat_id = moved.new_chat_id
            await self._writer.run(lambda db: self._messages.note_moved(db, chat_id, new_chat_id))
        except (BadRequest, Forbidden) as problem:
            return str(problem)
        return None

    def _note(self, connection: Connection, chat_id: int, problem: str | None) -> None:
        if problem is None:
            self._messages.note_reachable(connection, chat_id)
        else:
            self._messages.note_unreachable(connection, chat_id, problem, self._clock.now())
