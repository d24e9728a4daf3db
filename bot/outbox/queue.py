"""Which message goes next, and when. Pure: time comes in as `ticks`, ms of a steady clock.

In a chat, messages go in their order, each after the fate of the one before. Of chats that may be sent something, those
with an answer go before those with a notice, older messages before newer ones.
"""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.pace import Bucket
from bot.store.outbox import Letter


@dataclass(slots=True)
class _Lane:
    bucket: Bucket
    letters: list[tuple[int, Letter]] = field(default_factory=list)  # a heap by id
    due: int = 0
    tries: int = 0
    busy: bool = False
    placed: bool = False  # whether it stands in one of the queue's two heaps


class Queue:
    """Letters that wait, by chat."""

    def __init__(self, overall: Bucket, chat_bucket: Callable[[], Bucket]) -> None:
        self._overall = overall
        self._chat_bucket = chat_bucket
        self._lanes: dict[int, _Lane] = {}
        self._ready: list[tuple[int, int, int]] = []  # priority, id, chat
        self._later: list[tuple[int, int]] = []  # due, chat
        self._empty: deque[tuple[int, int]] = deque()  # when it may be forgotten, chat
        self._ids: set[int] = set()
        self._paused_until = 0

    def __len__(self) -> int:
        """How many letters wait or are on their way."""
        return len(self._ids)

    def add(self, letter: Letter, ticks: int) -> None:
        """The letter waits; one that waits already is left as it is."""
        if letter.id in self._ids:
            return
        self._ids.add(letter.id)
        chat_id = letter.outgoing.chat_id
        lane = self._lanes.setdefault(chat_id, _Lane(self._chat_bucket()))
        heapq.heappush(lane.letters, (letter.id, letter))
        self._place(chat_id, lane, ticks)

    def take(self, ticks: int) -> tuple[Letter, int] | None:
        """The letter to be sent now and how often it was tried, on its way from here on; None where none may go."""
        self._wake_lanes(ticks)
        self._forget_lanes(ticks)
        if not self._ready or ticks < self._paused_until or self._overall.wait(ticks):
            return None
        _, _, chat_id = heapq.heappop(self._ready)
        lane = self._lanes[chat_id]
        lane.placed, lane.busy = False, True
        lane.bucket.take(ticks)
        self._overall.take(ticks)
        return heapq.heappop(lane.letters)[1], lane.tries

    def wait(self, ticks: int) -> int | None:
        """Milliseconds until one may go, as far as is known now; None where only a new letter or a fate can tell."""
        if self._ready:
            return max(1, self._paused_until - ticks, self._overall.wait(ticks))
        return max(1, self._later[0][0] - ticks) if self._later else None

    def settle(self, letter: Letter, ticks: int) -> None:
        """Its fate is known: the chat's next may go."""
        self._ids.discard(letter.id)
        self._put_back(letter, ticks, tries=0)

    def retry(self, letter: Letter, ticks: int, delay: int, *, failed: bool = True) -> None:
        """It goes again, not before `delay` ms; `failed` says whether that counts as one of its tries."""
        lane = self._lanes[letter.outgoing.chat_id]
        lane.due = ticks + delay
        heapq.heappush(lane.letters, (letter.id, letter))
        self._put_back(letter, ticks, tries=lane.tries + failed)

    def drop_chat(self, letter: Letter, ticks: int) -> None:
        """Nothing more goes to the chat of this letter, which was on its way: what waits for it is held elsewhere."""
        lane = self._lanes[letter.outgoing.chat_id]
        self._ids.difference_update(number for number, _ in lane.letters)
        lane.letters.clear()
        self.settle(letter, ticks)

    def pause(self, ticks: int, ms: int) -> None:
        """Nothing goes anywhere for so long."""
        self._paused_until = max(self._paused_until, ticks + ms)

    def _put_back(self, letter: Letter, ticks: int, tries: int) -> None:
        chat_id = letter.outgoing.chat_id
        lane = self._lanes[chat_id]
        lane.busy, lane.tries = False, tries
        if lane.letters:
            self._place(chat_id, lane, ticks)
        else:
            self._empty.append((lane.bucket.full_at(ticks), chat_id))

    def _place(self, chat_id: int, lane: _Lane, ticks: int) -> None:
        """Into the heap that a lane with letters belongs to now, unless it stands in one or has a letter out."""
        if lane.busy or lane.placed:
            return
        lane.placed = True
        due = max(lane.due, ticks + lane.bucket.wait(ticks))
        if due <= ticks:
            number, letter = lane.letters[0]
            heapq.heappush(self._ready, (letter.priority, number, chat_id))
        else:
            heapq.heappush(self._later, (due, chat_id))

    def _wake_lanes(self, ticks: int) -> None:
        while self._later and self._later[0][0] <= ticks:
            _, chat_id = heapq.heappop(self._later)
            lane = self._lanes[chat_id]
            lane.placed = False
            self._place(chat_id, lane, ticks)

    def _forget_lanes(self, ticks: int) -> None:
        """Of chats that nothing waits for, once their buckets hold no memory any more."""
        while self._empty and self._empty[0][0] <= ticks:
            _, chat_id = self._empty.popleft()
            lane = self._lanes.get(chat_id)
            if lane and not lane.letters and not lane.busy and lane.bucket.full_at(ticks) == ticks:
                del self._lanes[chat_id]
