"""Defines the signals between the parts of a process: something changed, and whoever waits for it wakes.

A signal carries no work. Whoever wakes clears its own event and then reads the store, so that nothing that happens
while it reads is missed, and a signal that comes too often costs a look and changes nothing.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


class Signal:
    """Wakes all its subscribers. Each waits for an event of its own, so that none clears another's."""

    def __init__(self) -> None:
        self._events: list[asyncio.Event] = []

    def subscribe(self, event: asyncio.Event | None = None) -> asyncio.Event:
        """Returns the event that is set at each signal from now on; the subscriber clears it before it reads.

        `event` is one that other signals set as well, for a subscriber that waits for several.
        """
        event = event or asyncio.Event()
        self._events.append(event)
        return event

    def set(self) -> None:
        """Wakes the subscribers, in the order in which they subscribed."""
        for event in self._events:
            event.set()


class DeferredSignal(Signal):
    """Notes that it was set, and wakes its subscribers once it is released: what follows an update waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._pending = False

    def set(self) -> None:
        """Notes the change."""
        self._pending = True

    def release(self) -> None:
        """Wakes the subscribers if there was a change since the last release."""
        if self._pending:
            self._pending = False
            super().set()


class Topic(Generic[T]):
    """Hands values to all its subscribers and wakes them. Nothing that is published is lost or merged."""

    def __init__(self) -> None:
        self._subscribers: list[tuple[deque[T], asyncio.Event]] = []

    def subscribe(self, event: asyncio.Event) -> deque[T]:
        """Returns the queue of values published from now on, which the subscriber empties; each sets `event`."""
        queue: deque[T] = deque()
        self._subscribers.append((queue, event))
        return queue

    def publish(self, value: T) -> None:
        """Hands the value to each subscriber."""
        for queue, event in self._subscribers:
            queue.append(value)
            event.set()


@dataclass(frozen=True, slots=True)
class Signals:
    """Holds the signals of one process; the assembly creates them once.

    What the books have to tell is announced by the engine itself, see `Engine.watch`.
    """

    updates_stored: Signal = field(default_factory=Signal)
    """New updates wait in the inbox."""
    import_changed: Signal = field(default_factory=Signal)
    """An update brought a file of orders, or decided on one."""
    outbox_changed: Signal = field(default_factory=Signal)
    """There are new messages in the outbox, of any kind."""
    answers_added: Signal = field(default_factory=Signal)
    """There are new answers in the outbox, and nothing else."""
    notices_added: Signal = field(default_factory=Signal)
    """There are new notices in the outbox, and nothing else."""
    chat_returned: Topic[int] = field(default_factory=Topic)
    """The person of this chat (its Telegram id) had blocked the bot and is back; their held messages are released."""
    admins_changed: Topic[int] = field(default_factory=Topic)
    """Somebody (their Telegram id) is an admin from now on, or no longer."""
    broadcast_changed: Signal = field(default_factory=Signal)
    """A broadcast was started, paused, resumed or cancelled."""
    friends_changed: DeferredSignal = field(default_factory=DeferredSignal)
    """An update changed friends or rewards, or decided on an invitation: it is told once the update is done."""
    reward_given: Signal = field(default_factory=Signal)
    """Rewards were issued beside an update."""
    coupon_made: Signal = field(default_factory=Signal)
    """A reward's code has become usable at its shop."""
    order_failed: Signal = field(default_factory=Signal)
    """There is a problem with a shop's order for the admins."""
    secret_refused: Signal = field(default_factory=Signal)
    """Requests with a wrong secret continue, and admins are to be alerted."""

    support_failed: Signal = field(default_factory=Signal)
    """A message to or from support may have failed to arrive."""

    def update_committed(self, *, with_import: bool = False, with_support: bool = False) -> None:
        """Announces an update's commit; its answer goes before the notifications that it caused."""
        self.answers_added.set()
        if with_import:
            self.import_changed.set()
        if with_support:
            self.support_failed.set()
        self.friends_changed.release()
