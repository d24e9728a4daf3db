"""Decides which message is sent next, and when. Pure: time is passed as `ticks`, ms of a monotonic clock.

In a chat, messages go in order, each after the status of the one before is known, and broadcasts last; but where more
than two notices wait, or a failed one, answers overtake them. Among sendable chats, those with an answer precede those
with a notice, and both precede those with only a broadcast. Among equals, chats take turns: each message sent to a chat
since it was last idle moves it ten seconds back, so that a busy chat delays no first answer elsewhere, and none
starves.

An answer with a `kind` (the view that it shows) is replaced by a newer one of the same kind in its chat.
"""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.runtime.rate_limit import InFlightWindow, TokenBucket
from bot.store.outbox import OutboxMessage, Priority

Key = tuple[int, int]
"""Priority, and number in its table: the order in a chat."""

Place = tuple[int, int, Key, int]
"""Order among chats: priority, turn, the message's key, chat."""

NOTICES_BEFORE_ANSWERS: Final = 2
TURN_MS: Final = 10_000
"""Ticks that each message moves its chat back: longer than a round of some hundred busy chats."""
TURNS_MAX: Final = 12


@dataclass(slots=True)
class _Lane:
    bucket: TokenBucket
    letters: list[tuple[Key, OutboxMessage]] = field(default_factory=list)  # a heap
    counts: list[int] = field(default_factory=lambda: [0] * len(Priority))
    due: int = 0
    failed: OutboxMessage | None = None  # to be sent again; no answer overtakes it
    left_at: int | None = None  # when the message in flight was sent
    ready: Place | None = None  # its place in the queue's heap of that name; other entries are stale
    ready_since: int = 0
    served: int = 0  # messages since the chat was last idle
    later: tuple[int, int] | None = None

    def push(self, letter: OutboxMessage) -> None:
        heapq.heappush(self.letters, (key_of(letter), letter))
        self.counts[letter.priority] += 1

    @property
    def first(self) -> tuple[Key, OutboxMessage]:
        """Returns the chat's next message. The two kinds that share a table are ordered by their numbers."""
        answers, notices = self.counts[Priority.ANSWER], self.counts[Priority.NOTICE]
        if not answers or not 0 < notices <= NOTICES_BEFORE_ANSWERS or self.failed is not None:
            return self.letters[0]
        own = (entry for entry in self.letters if entry[1].priority is not Priority.BROADCAST)
        return min(own, key=lambda entry: entry[1].id)

    def pop(self) -> OutboxMessage:
        entry = self.first
        letter = entry[1]
        if entry is self.letters[0]:
            heapq.heappop(self.letters)
        else:
            self.letters.remove(entry)
            heapq.heapify(self.letters)
        self.counts[letter.priority] -= 1
        self.failed = None if self.failed is letter else self.failed
        return letter

    def take_out(self, kind: str | None) -> OutboxMessage | None:
        """Removes and returns the waiting message of this kind; None where there is none."""
        found = next((entry for entry in self.letters if entry[1].outgoing.kind == kind), None)
        if found is None or kind is None:
            return None
        self.letters.remove(found)
        heapq.heapify(self.letters)
        self.counts[found[1].priority] -= 1
        self.failed = None if self.failed is found[1] else self.failed
        return found[1]

    @property
    def urgency(self) -> int:
        """Returns the priority of the most urgent message: those before it in the chat must go first."""
        return next(priority for priority, count in enumerate(self.counts) if count)


class Queue:
    """Holds the waiting messages by chat."""

    def __init__(
        self,
        overall: TokenBucket,
        chat_bucket: Callable[[], TokenBucket],
        *,
        window: InFlightWindow,
        broadcasts: TokenBucket,
        group_bucket: Callable[[], TokenBucket] | None = None,
    ) -> None:
        """`overall` smooths what `window` limits; `broadcasts` is their own, lower rate.

        Groups have a lower rate than private chats, that of `group_bucket`; without it the same.
        """
        self._overall = overall
        self._chat_bucket = chat_bucket
        self._group_bucket = group_bucket or chat_bucket
        self._window = window
        self._broadcasts = broadcasts
        self._lanes: dict[int, _Lane] = {}
        self._ready: list[Place] = []
        self._later: list[tuple[int, int]] = []  # due, chat
        self._empty: deque[tuple[int, int]] = deque()  # when the chat may be dropped, chat
        self._keys: set[Key] = set()
        self._tries: dict[Key, int] = {}
        self._counts = [0] * len(Priority)
        self._broadcasts_out = 0
        self._paused_until = 0
        self._broadcasts_paused_until = 0
        self.broadcasts_at_once = 1
        """Maximum number of broadcast messages in flight, which is how many may become unconfirmed together."""

    def __len__(self) -> int:
        """Returns the number of messages waiting or in flight."""
        return len(self._keys)

    def count(self, priority: Priority) -> int:
        """Returns the number of messages of this priority waiting or in flight."""
        return self._counts[priority]

    def count_in(self, chat_id: int, priority: Priority) -> int:
        """Returns the number of messages of this priority waiting for the chat."""
        lane = self._lanes.get(chat_id)
        return 0 if lane is None else lane.counts[priority]

    def add(self, letter: OutboxMessage, ticks: int) -> OutboxMessage | None:
        """Adds a message; one that waits already is unchanged.

        Returns the older message of its kind that it replaces, None where there is none.
        """
        key = key_of(letter)
        if key in self._keys:
            return None
        self._keys.add(key)
        self._counts[letter.priority] += 1
        chat_id = letter.outgoing.chat_id
        lane = self._lanes.get(chat_id)
        if lane is None:  # the ids of groups are negative
            lane = self._lanes[chat_id] = _Lane(self._chat_bucket() if chat_id > 0 else self._group_bucket())
        older = lane.take_out(letter.outgoing.kind)
        if older is not None:
            self._forget(older)
        lane.push(letter)
        if lane.first[1] is letter:
            lane.due = 0  # the wait belonged to the message that it overtakes
        self._place(chat_id, lane, ticks)
        return older

    def take(self, ticks: int) -> tuple[OutboxMessage, int] | None:
        """Takes the message to send now, with its number of tries, and marks it in flight; None where none may go."""
        self._wake_lanes(ticks)
        self._forget_lanes(ticks)
        first = self._first()
        if first is None or self._hold(first, ticks) != 0:
            return None
        heapq.heappop(self._ready)
        lane = self._lanes[first[-1]]
        letter = lane.pop()
        lane.ready, lane.left_at = None, ticks
        lane.served = min(lane.served + 1, TURNS_MAX)
        self._overall.take(ticks)
        self._window.leave()
        if letter.priority is Priority.BROADCAST:
            self._broadcasts.take(ticks)
            self._broadcasts_out += 1
        return letter, self._tries.get(key_of(letter), 0)

    def wait(self, ticks: int) -> int | None:
        """Returns the ms until a message may go; None where that depends on a new message or a delivery status."""
        first = self._first()
        waits = [] if first is None else [self._hold(first, ticks)]
        waits += [entry[0] - ticks for entry in self._later[:1]]
        known = [max(1, wait) for wait in waits if wait is not None]
        return min(known) if known else None

    def settle(self, letter: OutboxMessage, ticks: int) -> None:
        """Ends the message: its status is final, or it was cancelled. The chat's next may go."""
        self._forget(letter)
        self._put_back(letter, ticks)

    def retry(self, letter: OutboxMessage, ticks: int, delay: int, *, failed: bool = True) -> None:
        """Queues the message again after `delay` ms; `failed` tells whether this attempt counts as a try."""
        lane = self._lanes[letter.outgoing.chat_id]
        lane.push(letter)
        lane.failed = letter
        lane.due = ticks + delay if lane.first[1] is letter else 0
        self._tries[key_of(letter)] = self._tries.get(key_of(letter), 0) + failed
        self._put_back(letter, ticks)

    def drop_chat(self, letter: OutboxMessage, ticks: int) -> None:
        """Drops all messages to the chat of this message, which was in flight; the store holds them."""
        lane = self._lanes[letter.outgoing.chat_id]
        while lane.letters:
            self._forget(lane.pop())
        self.settle(letter, ticks)

    def pause(self, ticks: int, ms: int) -> None:
        """Pauses sending to all chats for `ms`, after Telegram's status 429; a restart forgets it."""
        self._paused_until = max(self._paused_until, ticks + ms)

    def pause_broadcasts(self, ticks: int, ms: int) -> None:
        """Pauses broadcasts for `ms`."""
        self._broadcasts_paused_until = max(self._broadcasts_paused_until, ticks + ms)

    def _hold(self, first: Place, ticks: int) -> int | None:
        """Returns the ms until `first` may go, and so any other; None where that depends on a delivery status."""
        waits = [self._paused_until - ticks, self._overall.wait(ticks), self._window.wait(ticks)]
        if first[0] == Priority.BROADCAST:
            waits += [self._broadcasts_paused_until - ticks, self._broadcasts.wait(ticks)]
            waits += [None] if self._broadcasts_out >= self.broadcasts_at_once else []
        known = [wait for wait in waits if wait is not None]
        return max(0, *known) if len(known) == len(waits) else None

    def _first(self) -> Place | None:
        """Returns the best place among the ready chats, skipping stale ones."""
        while self._ready:
            lane = self._lanes.get(self._ready[0][-1])
            if lane is not None and lane.ready == self._ready[0]:
                return self._ready[0]
            heapq.heappop(self._ready)
        return None

    def _forget(self, letter: OutboxMessage) -> None:
        self._keys.discard(key_of(letter))
        self._tries.pop(key_of(letter), None)
        self._counts[letter.priority] -= 1

    def _put_back(self, letter: OutboxMessage, ticks: int) -> None:
        """Puts the message back. The chat's rate counts from the answer, the earliest time it surely had arrived."""
        chat_id = letter.outgoing.chat_id
        lane = self._lanes[chat_id]
        assert lane.left_at is not None  # it was in flight
        self._window.come_back(lane.left_at, ticks)
        self._broadcasts_out -= letter.priority is Priority.BROADCAST
        lane.bucket.take(ticks)
        lane.left_at = None
        if lane.letters:
            self._place(chat_id, lane, ticks)
        else:
            self._empty.append((lane.bucket.full_at(ticks), chat_id))

    def _place(self, chat_id: int, lane: _Lane, ticks: int) -> None:
        """Adds the chat to its heap, unless it has a message in flight."""
        if lane.left_at is not None:
            return
        due = max(lane.due, ticks + lane.bucket.wait(ticks))
        if due <= ticks:
            if lane.ready is None:
                lane.ready_since = ticks
                lane.served = 0 if lane.bucket.full_at(ticks) == ticks else lane.served
            turn = lane.ready_since + TURN_MS * lane.served
            ready = (lane.urgency, turn, lane.first[0], chat_id)
            if lane.ready != ready:
                heapq.heappush(self._ready, ready)
            lane.ready, lane.later = ready, None
        else:
            later = (due, chat_id)
            if lane.later != later:
                heapq.heappush(self._later, later)
            lane.ready, lane.later = None, later

    def _wake_lanes(self, ticks: int) -> None:
        while self._later and self._later[0][0] <= ticks:
            entry = heapq.heappop(self._later)
            lane = self._lanes.get(entry[1])
            if lane is not None and lane.later == entry:
                lane.later = None
                self._place(entry[1], lane, ticks)

    def _forget_lanes(self, ticks: int) -> None:
        """Drops the state of idle chats once their buckets are full."""
        while self._empty and self._empty[0][0] <= ticks:
            _, chat_id = self._empty.popleft()
            lane = self._lanes.get(chat_id)
            if lane and not lane.letters and lane.left_at is None and lane.bucket.full_at(ticks) == ticks:
                del self._lanes[chat_id]


def key_of(letter: OutboxMessage) -> Key:
    """Returns the key that identifies the message among the waiting ones."""
    return int(letter.priority), letter.id
