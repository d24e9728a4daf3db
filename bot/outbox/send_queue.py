"""Which message goes next, and when. Pure: time comes in as `ticks`, ms of a steady clock.

In a chat, messages go in their order, each after the fate of the one before, and broadcasts after all else; but where
more than two notices wait, or one that failed, answers overtake them. Of chats that may be sent something, those with
an answer go before those with a notice, and both before those with nothing but a broadcast. Among these, chats take
turns: each message that a chat has had since it was last at rest puts it ten seconds further back, so that a busy chat
keeps no other from its first answer, and none is kept back for ever.

An answer that shows something (its `kind` says what) gives way to a newer one of its kind in its chat.
"""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.runtime.rate_limit import InFlightWindow, TokenBucket
from bot.store.outbox import OutboxMessage, Priority

Key = tuple[int, int]
"""Its priority, and its number in its table: the order in a chat."""

Place = tuple[int, int, Key, int]
"""Among chats: priority, turn, the message's key, chat."""

NOTICES_BEFORE_ANSWERS: Final = 2
TURN_MS: Final = 10_000
"""How far each message puts its chat back: further than a round of some hundred busy chats takes."""
TURNS_MAX: Final = 12


@dataclass(slots=True)
class _Lane:
    bucket: TokenBucket
    letters: list[tuple[Key, OutboxMessage]] = field(default_factory=list)  # a heap
    counts: list[int] = field(default_factory=lambda: [0] * len(Priority))
    due: int = 0
    failed: OutboxMessage | None = None  # one that is to go again, for which no answer waits
    left_at: int | None = None  # when the letter left that is on its way
    ready: Place | None = None  # its place in the queue's heap of that name; others there are void
    ready_since: int = 0
    served: int = 0  # since the chat was last at rest
    later: tuple[int, int] | None = None

    def push(self, letter: OutboxMessage) -> None:
        heapq.heappush(self.letters, (key_of(letter), letter))
        self.counts[letter.priority] += 1

    @property
    def first(self) -> tuple[Key, OutboxMessage]:
        """The one that goes next. Of the two kinds that are rows of one table, numbers tell the order."""
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
        """The one that waits of this kind, which waits no longer; None where there is none."""
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
        """That of the most urgent letter: what stands before it in the chat has to go first."""
        return next(priority for priority, count in enumerate(self.counts) if count)


class Queue:
    """Letters that wait, by chat."""

    def __init__(
        self,
        overall: TokenBucket,
        chat_bucket: Callable[[], TokenBucket],
        *,
        window: InFlightWindow,
        broadcasts: TokenBucket,
    ) -> None:
        """`overall` spreads what `window` limits; `broadcasts` is their own, slower pace."""
        self._overall = overall
        self._chat_bucket = chat_bucket
        self._window = window
        self._broadcasts = broadcasts
        self._lanes: dict[int, _Lane] = {}
        self._ready: list[Place] = []
        self._later: list[tuple[int, int]] = []  # due, chat
        self._empty: deque[tuple[int, int]] = deque()  # when it may be forgotten, chat
        self._keys: set[Key] = set()
        self._tries: dict[Key, int] = {}
        self._counts = [0] * len(Priority)
        self._broadcasts_out = 0
        self._paused_until = 0
        self._broadcasts_paused_until = 0
        self.broadcasts_at_once = 1
        """How many broadcasts' letters may be on their way: as many as may come to an uncertain end together."""

    def __len__(self) -> int:
        """How many letters wait or are on their way."""
        return len(self._keys)

    def count(self, priority: Priority) -> int:
        """How many of these wait or are on their way."""
        return self._counts[priority]

    def count_in(self, chat_id: int, priority: Priority) -> int:
        """How many of these wait for the chat."""
        lane = self._lanes.get(chat_id)
        return 0 if lane is None else lane.counts[priority]

    def add(self, letter: OutboxMessage, ticks: int) -> OutboxMessage | None:
        """The letter waits; one that waits already is left as it is.

        The older one of its kind, whose place it takes, is returned: that waits no longer.
        """
        key = key_of(letter)
        if key in self._keys:
            return None
        self._keys.add(key)
        self._counts[letter.priority] += 1
        chat_id = letter.outgoing.chat_id
        lane = self._lanes.setdefault(chat_id, _Lane(self._chat_bucket()))
        older = lane.take_out(letter.outgoing.kind)
        if older is not None:
            self._forget(older)
        lane.push(letter)
        if lane.first[1] is letter:
            lane.due = 0  # the wait was for the one that it goes before
        self._place(chat_id, lane, ticks)
        return older

    def take(self, ticks: int) -> tuple[OutboxMessage, int] | None:
        """The letter to be sent now and how often it was tried, on its way from here on; None where none may go."""
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
        """Milliseconds until one may go, as far as is known now; None where only a new letter or a fate can tell."""
        first = self._first()
        waits = [] if first is None else [self._hold(first, ticks)]
        waits += [entry[0] - ticks for entry in self._later[:1]]
        known = [max(1, wait) for wait in waits if wait is not None]
        return min(known) if known else None

    def settle(self, letter: OutboxMessage, ticks: int) -> None:
        """Its fate is known, or it is no longer ours to send: the chat's next may go."""
        self._forget(letter)
        self._put_back(letter, ticks)

    def retry(self, letter: OutboxMessage, ticks: int, delay: int, *, failed: bool = True) -> None:
        """It goes again, not before `delay` ms; `failed` says whether that counts as one of its tries."""
        lane = self._lanes[letter.outgoing.chat_id]
        lane.push(letter)
        lane.failed = letter
        lane.due = ticks + delay if lane.first[1] is letter else 0
        self._tries[key_of(letter)] = self._tries.get(key_of(letter), 0) + failed
        self._put_back(letter, ticks)

    def drop_chat(self, letter: OutboxMessage, ticks: int) -> None:
        """Nothing more goes to the chat of this letter, which was on its way: what waits for it is held elsewhere."""
        lane = self._lanes[letter.outgoing.chat_id]
        while lane.letters:
            self._forget(lane.pop())
        self.settle(letter, ticks)

    def pause(self, ticks: int, ms: int) -> None:
        """Nothing goes anywhere for so long."""
        self._paused_until = max(self._paused_until, ticks + ms)

    def pause_broadcasts(self, ticks: int, ms: int) -> None:
        """No broadcast goes anywhere for so long."""
        self._broadcasts_paused_until = max(self._broadcasts_paused_until, ticks + ms)

    def _hold(self, first: Place, ticks: int) -> int | None:
        """How long the first of the ready ones has to wait, and with it all; None where only a fate can tell."""
        waits = [self._paused_until - ticks, self._overall.wait(ticks), self._window.wait(ticks)]
        if first[0] == Priority.BROADCAST:
            waits += [self._broadcasts_paused_until - ticks, self._broadcasts.wait(ticks)]
            waits += [None] if self._broadcasts_out >= self.broadcasts_at_once else []
        known = [wait for wait in waits if wait is not None]
        return max(0, *known) if len(known) == len(waits) else None

    def _first(self) -> Place | None:
        """The best place among the ready ones, without those that their lanes have left."""
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
        """The chat's pace counts from the answer: no earlier moment is sure to be one at which it had arrived."""
        chat_id = letter.outgoing.chat_id
        lane = self._lanes[chat_id]
        assert lane.left_at is not None  # it was on its way
        self._window.come_back(lane.left_at, ticks)
        self._broadcasts_out -= letter.priority is Priority.BROADCAST
        lane.bucket.take(ticks)
        lane.left_at = None
        if lane.letters:
            self._place(chat_id, lane, ticks)
        else:
            self._empty.append((lane.bucket.full_at(ticks), chat_id))

    def _place(self, chat_id: int, lane: _Lane, ticks: int) -> None:
        """Into the heap that a lane with letters belongs to now, unless it has a letter out."""
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
        """Of chats that nothing waits for, once their buckets hold no memory any more."""
        while self._empty and self._empty[0][0] <= ticks:
            _, chat_id = self._empty.popleft()
            lane = self._lanes.get(chat_id)
            if lane and not lane.letters and lane.left_at is None and lane.bucket.full_at(ticks) == ticks:
                del self._lanes[chat_id]


def key_of(letter: OutboxMessage) -> Key:
    """What tells a letter from all others that wait."""
    return int(letter.priority), letter.id
