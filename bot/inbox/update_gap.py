"""Holds a bot whose store is older than what the platform has had confirmed, until an admin has said a word.

Whoever restores yesterday's copy would answer people by books that lack a day, and send again what has been sent.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.outbox.admin_alerts import AdminAlerts
from bot.runtime.clock import Clock
from bot.store.database import Database
from bot.store.inbox import Confirmed, Inbox

WORD: Final = "/new_store"
RETENTION_MS: Final = 24 * 3_600_000
"""For how long the platform keeps an update that nobody has confirmed: a longer absence leaves a gap by itself."""

GAP_MAX: Final = 500
"""How many updates another program may have confirmed, such as `moaref init` while it waits for its code."""

_log = logging.getLogger(__name__)


def is_gap(confirmed: Confirmed, lowest: int, now: int) -> bool:
    """Returns whether the next update (`lowest` of those offered) is far behind what the store knows as confirmed.

    Nothing follows where the last one is older than the platform keeps any, for then the rest may have expired, or the
    platform may have begun to count anew.
    """
    return 0 <= now - confirmed.at < RETENTION_MS and lowest - confirmed.next > GAP_MAX


class UpdateGap:
    """Judges the first updates that a process is offered."""

    def __init__(
        self, inbox: Inbox, stores: Database, alerts: AdminAlerts, admins: frozenset[int], clock: Clock
    ) -> None:
        self._inbox = inbox
        self._stores = stores
        self._alerts = alerts
        self._admins = admins
        self._clock = clock
        self._judged = False

    async def admit(self, updates: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]] | None:
        """Returns the updates that may be stored; None while the store is held, and nobody is to be answered."""
        if self._judged:
            return updates
        if not self._stores.is_held:
            confirmed = await self._inbox.confirmed()
            lowest = min(int(each["update_id"]) for each in updates)
            if confirmed is None or not is_gap(confirmed, lowest, self._clock.now()):
                self._judged = True
                return updates
            await self._hold(f"the platform's next update is {lowest}, and the store expects {confirmed.next}")
        await self._alerts.tell("older", "store-is-older")
        words = [each for each in updates if is_word(each, self._admins)]
        if not words:
            return None
        _log.warning("an admin has accepted the store as it is")
        self._stores.release()
        self._judged = True
        await self._alerts.tell("accepted", "store-is-accepted")
        return [each for each in updates if each not in words]

    async def _hold(self, problem: str) -> None:
        await self._alerts.remember_admins()
        self._stores.hold(problem)
        _log.error(
            "the store is older than what the platform has had confirmed: %s. Nobody is answered until the newer store"
            " is back, the bot is started with `moaref run --new-store`, or an admin writes %s",
            problem,
            WORD,
        )


def is_word(update: Mapping[str, Any], admins: frozenset[int]) -> bool:
    """Returns whether an admin says in a chat with the bot, in words of their own, that the store is the one."""
    message = update.get("message")
    if not isinstance(message, Mapping) or any(name.startswith(("forward_", "via_bot")) for name in message):
        return False
    sender, chat, text = (message.get(part) for part in ("from", "chat", "text"))
    return (
        isinstance(sender, Mapping)
        and isinstance(chat, Mapping)
        and sender.get("id") in admins
        and chat.get("id") == sender.get("id")
        and isinstance(text, str)
        and text.strip() == WORD
    )
