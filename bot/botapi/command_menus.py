"""The menus of commands, told to the platform as soon as it takes them."""

import asyncio
import logging
from contextlib import suppress
from typing import Any, Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.botapi.protocol import Api
from bot.kit.person import People
from bot.runtime.outage_log import OutageLog

SECONDS_MAX: Final = 5
_log = logging.getLogger(__name__)


class MenuKeeper:
    """`left` are the menus that the platform does not have yet."""

    def __init__(self, api: Api, people: People, menus: list[dict[str, Any]]) -> None:
        self._api = api
        self._people = people
        self._outage = OutageLog(_log, "menus of commands", level=logging.DEBUG)
        self.left = list(menus)

    async def tell(self) -> None:
        """What is left; an admin's own menu, which the platform would refuse, once they have begun a chat.

        A platform that is out of reach is asked once, and not for long: other work waits behind it.
        """
        begun = {None, *(admin.chat_id for admin in await self._people.admins())}
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_MAX):
                for menu in [each for each in self.left if each["scope"].get("chat_id") in begun]:
                    if not await self._is_answered(menu):
                        return

    async def _is_answered(self, menu: dict[str, Any]) -> bool:
        """False where there is no use in going on. A menu that the platform takes is left no more."""
        try:
            await self._api.call("setMyCommands", menu)
        except (BadRequest, Forbidden) as problem:
            _log.debug("a menu is not set yet: %s", problem)
        except TelegramError as problem:
            self._outage.failed("cannot be set yet", problem)
            return False
        else:
            self._outage.ended()
            self.left.remove(menu)
        return True
