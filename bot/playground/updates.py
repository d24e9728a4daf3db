"""Queues updates for getUpdates: confirmed by offset, one poller at a time, as Telegram does it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from bot.kit.json import Json
from bot.playground.refusals import OtherPoller, WebhookActive

# Delivered only when requested by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Pending:
    """Holds a waiting update. One delivered `again` is not confirmed by an offset before it was handed out."""

    update: Json
    again: bool = False
    handed_out: bool = False

    @property
    def id(self) -> int:
        """Returns the update's number."""
        return int(self.update["update_id"])

    def confirmed_by(self, offset: int) -> bool:
        """Returns whether a getUpdates with `offset` confirms this update."""
        return self.id < offset and (self.handed_out or not self.again)


class UpdateQueue:
    """Holds updates from the first number `first_id` on; all are kept, so that any can be delivered again."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.webhook_url = ""
        self.history: dict[int, Json] = {}
        self._pending: list[Pending] = []
        self._allowed: frozenset[str] | None = None
        self._changed = asyncio.Event()
        self._poller: object | None = None
        self._closed = False

    def add(self, kind: str, content: Json) -> int | None:
        """Queues an update of `kind` (`message`, `callback_query` ...).

        Returns its number, None for an unrequested kind.
        """
        if not self._wanted(kind):
            return None
        return self.inject({kind: content})

    def inject(self, update: Json) -> int:
        """Queues an update unchanged, with a new number unless it has one; returns the number."""
        number = update.get("update_id")
        if not isinstance(number, int):
            number = self.next_id
        self.next_id = max(self.next_id, number + 1)
        self._queue(Pending({"update_id": number, **update}, again=False))
        return number

    def deliver_again(self, number: int, *, same_id: bool) -> int:
        """Queues a past update once more, under its own number or a new one; raises KeyError for an unknown one."""
        content = self.history[number]
        if not same_id:
            return self.inject({key: value for key, value in content.items() if key != "update_id"})
        self._queue(Pending(content, again=True))
        return number

    async def get(self, offset: int, limit: int, timeout: float, allowed: Collection[str] | None) -> list[Json]:
        """Answers getUpdates: confirms updates below `offset`, waits up to `timeout` seconds for the rest.

        Raises `WebhookActive`, and `OtherPoller` when another call arrives while this one waits.
        """
        if self.webhook_url:
            raise WebhookActive
        poller = self._poller = object()
        self._changed.set()
        if allowed is not None:
            self._allowed = frozenset(allowed)
        self._confirm(offset)
        if not self._pending and timeout > 0:
            await self._wait(poller, timeout)
        handed = self._pending[:limit]
        for pending in handed:
            pending.handed_out = True
        return [pending.update for pending in handed]

    def drop_pending(self) -> None:
        """Drops the waiting updates, for `drop_pending_updates`."""
        self._pending.clear()

    @property
    def pending(self) -> int:
        """Returns the number of waiting and unconfirmed updates."""
        return len(self._pending)

    def close(self) -> None:
        """Ends a waiting getUpdates at once, with an empty result."""
        self._closed = True
        self._changed.set()

    def _queue(self, pending: Pending) -> None:
        self.history[pending.id] = pending.update
        self._pending.append(pending)
        self._changed.set()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._pending = self._pending[offset:]
        elif offset:
            self._pending = [pending for pending in self._pending if not pending.confirmed_by(offset)]

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in ON_REQUEST

    async def _wait(self, poller: object, timeout: float) -> None:
        try:
            async with asyncio.timeout(timeout):
                while not self._pending and not self._closed:
                    self._changed = asyncio.Event()
                    await self._changed.wait()
                    if self._poller is not poller:
                        raise OtherPoller
        except TimeoutError:
            return
