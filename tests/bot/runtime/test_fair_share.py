"""Rows of a queue in the store: each key's in order, each once, and no key's many in the way of another's few."""

from __future__ import annotations

from collections import Counter
from random import Random

from bot.runtime.fair_share import FairShare

ROOM = 3


def test_of_each_key_so_many_are_taken_and_the_rest_is_asked_for_when_there_is_room() -> None:
    held: Counter[str] = Counter()
    share: FairShare[str] = FairShare(ROOM, lambda key: held[key])
    taken = []
    for number, key in enumerate("aaaaab", 1):
        if share.admits(key, number):
            held[key] += 1
            taken.append(number)
    assert taken == [1, 2, 3, 6]
    assert ("a" in share, "b" in share, share.passed) == (True, False, 6)
    assert share.wanted() == []
    held["a"] = 1
    assert share.wanted() == [("a", 3, 2)]
    share.loaded("a", [4, 5], 2)
    assert "a" in share
    held["a"] = 0
    assert share.wanted() == [("a", 5, 3)]
    share.loaded("a", [], 3)
    assert "a" not in share


class Queue:
    """Rows of three keys in a store, and what of them is in memory and done."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: list[tuple[int, str]] = []
        self.held: dict[str, list[int]] = {key: [] for key in "abc"}
        self.done: dict[str, list[int]] = {key: [] for key in "abc"}
        self.share: FairShare[str] = FairShare(ROOM, lambda key: len(self.held[key]))

    def come(self) -> None:
        for _ in range(self.random.randint(1, 8)):
            self.rows.append((len(self.rows) + 1, self.random.choice("aaab")))

    def load(self) -> None:
        for key, after, size in self.share.wanted():
            mine = [number for number, of in self.rows if of == key and after < number <= self.share.passed][:size]
            self.held[key] += mine
            self.share.loaded(key, mine, size)
        for number, key in [row for row in self.rows if row[0] > self.share.passed][:5]:
            if self.share.admits(key, number):
                self.held[key].append(number)

    def go(self) -> None:
        key = self.random.choice("abc")
        if self.held[key]:
            self.done[key].append(self.held[key].pop(0))

    @property
    def is_over(self) -> bool:
        return sum(map(len, self.done.values())) == len(self.rows)


def test_whatever_the_order_of_events_each_row_comes_once_and_each_keys_in_order() -> None:
    for seed in range(200):
        queue = Queue(Random(seed))
        for _ in range(120):
            queue.random.choice((queue.come, queue.load, queue.go, queue.go))()
        while not queue.is_over:
            queue.load()
            queue.go()
        for key in "abc":
            assert queue.done[key] == [number for number, of in queue.rows if of == key], seed
