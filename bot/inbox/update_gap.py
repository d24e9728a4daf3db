"""Holds a bot whose store is older than the updates that Telegram has confirmed, until an admin accepts the store.

A restored older copy would answer people from a ledger that lacks days, and send old messages again.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.kit.json import JsonView
from bot.outbox.admin_alerts import AdminAlerts
from bot.runtime.clock import Clock
from bot.store.database import Database
from bot.store.inbox import Confirmed, Inbox

WORD: Final = "/new_store"
RETENTION_MS: Final = 24 * 3_600_000
"""Time for which Telegram keeps unconfirmed updates; a longer absence leaves a gap by itself."""

GAP_MAX: Final = 500
"""Number of updates that another program may have confirmed, e.g. `moaref init` while it waits for its code."""

_log = logging.getLogger(__name__)


def is_gap(confirmed: Confirmed, lowest: int, now: int) -> bool:
    """Returns whether the next update (`lowest` of those offered) is far behind what the store knows as confirmed.

    Returns False where the last update is older than Telegram keeps any: the rest may have expired, or the numbers may
    have started anew.
    """
    return 0 <= now - confirmed.at < RETENTION_MS and lowest - confirmed.next > GAP_MAX


class UpdateGap:
    """Checks the first updates that a process is offered."""

    def __init__(
        self, inbox: Inbox, stores: Database, alerts: AdminAlerts, admins: Collection[int], clock: Clock
    ) -> None:
        self._inbox = inbox
        self._stores = stores
        self._alerts = alerts
        self._admins = admins
        self._clock = clock
        self._judged = False

    async def admit(self, updates: Sequence[JsonView]) -> Sequence[JsonView] | None:
        """Returns the updates that may be stored; None while the store is held and no one is answered."""
        if self._judged:
            return updates
        if not self._stores.is_held:
            confirmed = await self._inbox.confirmed()
            lowest = min(int(each["update_id"]) for each in updates)
            if confirmed is None or not is_gap(confirmed, lowest, self._clock.now()):
                self._judged = True
                return updates
            await self._hold(f"Telegram's next update is {lowest}, and the store expects {confirmed.next}")
        await self._alerts.tell("older", "store-is-older")
        words = [each for each in updates if is_word(each, self._admins)]
        if not words:
            return None
        _log.warning("store accepted by an admin")
        self._stores.release()
        self._judged = True
        await self._alerts.tell("accepted", "store-is-accepted")
        return [each for each in updates if each not in words]

    async def _hold(self, problem: str) -> None:
        await self._alerts.remember_admins()
        self._stores.hold(problem)
        _log.error(
            "store held: older than the updates confirmed to Telegram: %s. Updates wait until the newer store"
            " is back, the bot is started with `moaref run --new-store`, or an admin writes %s",
            problem,
            WORD,
        )


def is_word(update: JsonView, admins: Collection[int]) -> bool:
    """Returns whether an admin typed the accepting word in a private chat with the bot. Forwarded ones do not count."""
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
