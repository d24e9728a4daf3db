"""Sets the command menus as soon as Telegram accepts them."""

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.botapi.protocol import Api
from bot.kit.json import Json
from bot.kit.person import People
from bot.runtime.outage_log import OutageLog

SECONDS_MAX: Final = 5
SET: Final = "setMyCommands"
DELETE: Final = "deleteMyCommands"
_log = logging.getLogger(__name__)


class MenuKeeper:
    """Keeps the menus that Telegram does not have yet, in `left`."""

    def __init__(self, api: Api, people: People, menus: list[Json]) -> None:
        self._api = api
        self._people = people
        self._outage = OutageLog(_log, "menus of commands", level=logging.DEBUG)
        self.left = list(menus)

    def replace(self, chat_id: int, menus: list[Json]) -> None:
        """Puts one chat's new menus in place of those that it was to get."""
        self.left = [each for each in self.left if _chat_of(each) != chat_id] + menus

    def lacks(self, chats: Collection[int]) -> bool:
        """Returns whether the menu of one of these chats is not set yet."""
        return any(_chat_of(each) in chats for each in self.left)

    async def tell(self) -> None:
        """Sets the menus that are left. An admin's own menu is accepted only after they have begun a chat.

        While Telegram is out of reach it is tried once, with a short timeout: other work waits behind it.
        """
        begun = {None, *(admin.chat_id for admin in await self._people.admins())}
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_MAX):
                for menu in [each for each in self.left if _method(each) == DELETE or _chat_of(each) in begun]:
                    if not await self._is_answered(menu):
                        return

    async def _is_answered(self, menu: Json) -> bool:
        """Sets one menu and removes it from `left` where Telegram accepts it.

        Returns False where retrying now is useless.
        """
        try:
            await self._api.call(_method(menu), menu)
        except (BadRequest, Forbidden) as problem:
            _log.debug("command menu not set yet: %s", problem)
            if _method(menu) == DELETE:  # a chat that is gone lists nothing
                self._drop(menu)
        except TelegramError as problem:
            self._outage.failed("cannot be set yet", problem)
            return False
        else:
            self._outage.ended()
            self._drop(menu)
        return True

    def _drop(self, menu: Json) -> None:
        if menu in self.left:  # else it was replaced during the call
            self.left.remove(menu)


def _method(menu: Json) -> str:
    """Returns the method whose parameters these are: one with commands sets them."""
    return SET if "commands" in menu else DELETE


def _chat_of(menu: Json) -> int | None:
    chat_id: int | None = menu["scope"].get("chat_id")
    return chat_id
