"""The menus of commands, told to the platform as soon as it takes them."""

import logging
from typing import Any

from telegram.error import TelegramError

from bot.inbox.poller import Api
from bot.kit.person import People

_log = logging.getLogger(__name__)


class MenuKeeper:
    """`left` are the menus that the platform does not have yet."""

    def __init__(self, api: Api, people: People, menus: list[dict[str, Any]]) -> None:
        self._api = api
        self._people = people
        self.left = menus

    async def tell(self) -> None:
        """What is left; an admin's own menu, which the platform would refuse, once they have begun a chat."""
        begun = {None, *(admin.chat_id for admin in await self._people.admins())}
        waiting = [menu for menu in self.left if menu["scope"].get("chat_id") not in begun]
        refused = [menu for menu in self.left if menu not in waiting and not await self._is_told(menu)]
        self.left = [*waiting, *refused]

    async def _is_told(self, menu: dict[str, Any]) -> bool:
        try:
            await self._api.call("setMyCommands", menu)
        except TelegramError as problem:
            _log.debug("a menu is not set yet: %s", problem)
            return False
        return True
