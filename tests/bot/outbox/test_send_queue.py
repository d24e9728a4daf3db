from collections import deque
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.send_queue import Queue
from bot.outbox.sender import Limits
from bot.runtime.rate_limit import InFlightWindow, TokenBucket
from bot.store.outbox import OutboxMessage, Priority
from machine import text_to


def letter(number: int, chat_id: int, priority: Priority = Priority.ANSWER) -> OutboxMessage:
    return OutboxMessage(number, text_to(chat_id, str(number)), priority, created_at=0)


def open_queue(per_chat: float = 1000, burst: int = 1000, per_group: float = 1000) -> Queue:
    return Queue(
        TokenBucket(1000, 1000),
        lambda: TokenBucket(per_chat, burst),
        window=InFlightWindow(1000),
        broadcasts=TokenBucket(1000, 1000),
        group_bucket=lambda: TokenBucket(per_group, 2),
    )


def taken(queue: Queue, ticks: int) -> list[int]:
    """The ids of all that may go now."""
    ids = []
    while (found := queue.take(ticks)) is not None:
        ids.append(found[0].id)
    return ids


def test_a_chats_next_message_waits_for_the_fate_of_the_one_before() -> None:
    queue = open_queue()
    first, second = letter(1, 101), letter(2, 101)
    queue.add(second, 0)
    queue.add(first, 0)
    assert taken(queue, 0) == [1]
    queue.settle(first, 0)
    assert taken(queue, 0) == [2]


def test_different_chats_go_side_by_side_answers_before_notices() -> None:
    queue = open_queue()
    queue.add(letter(1, 101, Priority.NOTICE), 0)
    queue.add(letter(2, 102, Priority.NOTICE), 0)
    queue.add(letter(3, 103), 0)
    assert taken(queue, 0) == [3, 1, 2]


def test_what_failed_goes_again_before_what_is_behind_it() -> None:
    queue = open_queue()
    first = letter(1, 101)
    queue.add(first, 0)
    queue.add(letter(2, 101), 0)
    queue.take(0)
    queue.retry(first, 0, 2_000)
    assert queue.take(1_999) is None
    assert queue.wait(500) == 1_500
    assert queue.take(2_000) == (first, 1)


def test_a_pause_stops_everything() -> None:
    queue = open_queue()
    queue.add(letter(1, 101), 0)
    queue.pause(0, 5_000)
    assert queue.take(4_999) is None
    assert queue.wait(0) == 5_000
    assert taken(queue, 5_000) == [1]


def test_a_letter_that_waits_already_is_not_added_twice() -> None:
    queue = open_queue()
    first = letter(1, 101)
    queue.add(first, 0)
    queue.add(first, 0)
    assert taken(queue, 0) == [1]
    queue.add(first, 0)
    queue.settle(first, 0)
    assert taken(queue, 0) == []
    assert len(queue) == 0


def test_a_chat_that_refuses_takes_nothing_with_it_but_its_own() -> None:
    queue = open_queue()
    first = letter(1, 101)
    for each in (first, letter(2, 101), letter(3, 102)):
        queue.add(each, 0)
    assert taken(queue, 0) == [1, 3]
    queue.drop_chat(first, 0)
    assert taken(queue, 0) == []
    queue.add(letter(2, 101), 0)
    assert taken(queue, 0) == [2]


def test_the_pace_of_a_chat_is_remembered_while_nothing_waits_for_it() -> None:
    queue = open_queue(per_chat=1, burst=1)
    first = letter(1, 101)
    queue.add(first, 0)
    queue.take(0)
    queue.settle(first, 10)
    queue.add(letter(2, 101), 20)
    assert queue.take(20) is None
    assert queue.wait(20) == 990
    assert taken(queue, 1_010) == [2]


def test_a_group_has_a_slower_pace_than_a_private_chat() -> None:
    queue = open_queue(burst=2, per_group=1)
    for number in range(1, 5):
        queue.add(letter(number, -500), 0)
        queue.add(letter(10 + number, 500), 0)
    went = []
    for ticks in range(0, 3_000, 10):
        while (found := queue.take(ticks)) is not None:
            went.append((found[0].id, ticks))
            queue.settle(found[0], ticks)
    assert [number for number, at in went if at < 900] == [1, 11, 2, 12, 13, 14]
    assert [number for number, at in went if at >= 900] == [3, 4]


def test_chats_that_nothing_waits_for_are_forgotten() -> None:
    queue = open_queue(per_chat=1, burst=1)
    for number in range(100):
        queue.add(letter(number, number), 0)
    for number in taken(queue, 0):
        queue.settle(letter(number, number), 0)
    assert len(queue._lanes) == 100
    queue.take(1_000)
    assert len(queue._lanes) == 0


@settings(deadline=None)
@given(
    chats=st.lists(st.integers(1, 4), min_size=1, max_size=60),
    per_second=st.integers(2, 40),
    burst=st.integers(1, 4),
)
def test_the_limits_hold_overall_and_for_each_chat_and_no_order_is_broken(
    chats: list[int], per_second: int, burst: int
) -> None:
    queue = Limits(per_second=per_second, per_chat_second=1, chat_burst=burst).queue()
    for number, chat in enumerate(chats):
        queue.add(letter(number, chat), 0)
    gone: list[tuple[int, int, int]] = []
    ticks = 0
    while len(gone) < len(chats):
        found = queue.take(ticks)
        if found is None:
            wait = queue.wait(ticks)
            assert wait is not None
            ticks += wait
            continue
        gone.append((ticks, found[0].outgoing.chat_id, found[0].id))
        queue.settle(found[0], ticks)
    for chat in set(chats):
        mine = [(at, number) for at, to, number in gone if to == chat]
        assert [number for _, number in mine] == sorted(number for _, number in mine)
        for at, _ in mine:
            assert sum(at <= other < at + 1_000 for other, _ in mine) <= burst + 1
    for at, _, _ in gone:
        assert sum(at <= other < at + 1_000 for other, _, _ in gone) <= per_second


def broadcast(number: int, chat_id: int) -> OutboxMessage:
    return letter(number, chat_id, Priority.BROADCAST)


def test_a_broadcast_goes_last_over_all_and_in_its_chat() -> None:
    queue = open_queue()
    queue.broadcasts_at_once = 9
    queue.add(broadcast(1, 101), 0)
    queue.add(broadcast(2, 102), 0)
    queue.add(letter(7, 103, Priority.NOTICE), 0)
    queue.add(letter(8, 101), 0)
    assert taken(queue, 0) == [8, 7, 2]
    queue.settle(letter(8, 101), 0)
    assert taken(queue, 0) == [1]


def test_what_stands_before_an_answer_in_its_chat_goes_with_the_answer() -> None:
    queue = open_queue()
    queue.add(letter(1, 101, Priority.NOTICE), 0)
    queue.add(letter(2, 102, Priority.NOTICE), 0)
    queue.add(letter(3, 102), 0)
    assert taken(queue, 0) == [2, 1]


def test_an_answer_overtakes_the_notices_of_its_chat_where_more_than_two_wait() -> None:
    queue = open_queue()
    for number in range(1, 101):
        queue.add(letter(number, 101, Priority.NOTICE), 0)
    queue.add(letter(101, 101), 0)
    gone = []
    while (found := queue.take(0)) is not None:
        gone.append(found[0].id)
        queue.settle(found[0], 0)
    assert gone == [101, *range(1, 101)]


def test_an_answer_overtakes_a_notice_that_failed_and_is_to_go_again() -> None:
    queue = open_queue()
    first = letter(1, 101, Priority.NOTICE)
    queue.add(first, 0)
    queue.take(0)
    queue.retry(first, 0, 60_000)
    queue.add(letter(2, 101), 10)
    assert taken(queue, 10) == [2]


def shown(number: int, chat_id: int, kind: str) -> OutboxMessage:
    outgoing = replace(text_to(chat_id, str(number)), kind=kind)
    return OutboxMessage(number, outgoing, Priority.ANSWER, created_at=0)


def test_an_answer_gives_way_to_a_newer_one_of_its_kind_and_to_no_other() -> None:
    queue = open_queue()
    for each in (
        shown(1, 101, "balance"),
        letter(2, 101),
        shown(3, 101, "team"),
        shown(4, 102, "balance"),
        shown(5, 101, "balance"),
    ):
        queue.add(each, 0)
    assert len(queue) == 4
    gone = []
    while (found := queue.take(0)) is not None:
        gone.append(found[0].id)
        queue.settle(found[0], 0)
    assert [number for number in gone if number != 4] == [2, 3, 5]


def test_an_answer_on_its_way_is_not_called_back() -> None:
    queue = open_queue()
    first = shown(1, 101, "balance")
    queue.add(first, 0)
    assert queue.take(0) == (first, 0)
    queue.add(shown(2, 101, "balance"), 0)
    queue.settle(first, 0)
    assert taken(queue, 0) == [2]


class Platform:
    """Answers each message within 20 ms, while time passes."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.ticks = 0
        self._on_their_way: deque[tuple[int, OutboxMessage]] = deque()

    def pass_ms(self, ms: int) -> list[int]:
        """The ids of what goes meanwhile."""
        gone = []
        for _ in range(ms):
            while self._on_their_way and self._on_their_way[0][0] <= self.ticks:
                self.queue.settle(self._on_their_way.popleft()[1], self.ticks)
            while (found := self.queue.take(self.ticks)) is not None:
                gone.append(found[0].id)
                self._on_their_way.append((self.ticks + 20, found[0]))
            self.ticks += 1
        return gone


@pytest.mark.parametrize(("chats", "messages", "later"), [(40, 50, 3_000), (1, 3_000, 5_000), (200, 10, 12_000)])
def test_a_few_with_very_many_messages_keep_nobody_elses_answer(chats: int, messages: int, later: int) -> None:
    queue = Limits().queue()
    for number in range(messages):
        for chat in range(chats):
            queue.add(letter(number * chats + chat, chat), 0)
    platform = Platform(queue)
    platform.pass_ms(later)
    queue.add(letter(10**6, 10**6), platform.ticks)
    assert 10**6 in platform.pass_ms(1_000)


def test_a_busy_chat_is_not_kept_back_for_ever_by_new_ones() -> None:
    queue = Limits().queue()
    for number in range(6):
        queue.add(letter(number, 1), 0)
    ticks, new, seen = 0, 100, []
    while ticks < 300_000 and 5 not in seen:
        queue.add(letter(new, new), ticks)
        new += 1
        while (found := queue.take(ticks)) is not None:
            seen.append(found[0].id)
            queue.settle(found[0], ticks)
        ticks += 25  # 40 new chats a second, where 30 messages may go
    assert 5 in seen


def test_broadcasts_have_a_pace_of_their_own_that_answers_do_not_wait_for() -> None:
    queue = Limits(per_second=30, broadcasts_per_second=10).queue()
    queue.broadcasts_at_once = 9
    for number in range(4):
        queue.add(broadcast(number, number), 0)
    assert taken(queue, 0) == [0]
    assert queue.wait(0) == 100
    queue.add(letter(9, 200), 0)
    assert taken(queue, 0) == [9]
    assert taken(queue, 99) == []
    assert taken(queue, 100) == [1]


@pytest.mark.parametrize(
    ("priority", "promised"), [(Priority.BROADCAST, 25), (Priority.NOTICE, 30), (Priority.ANSWER, 30)]
)
def test_a_flood_goes_at_the_pace_that_was_promised(priority: Priority, promised: int) -> None:
    queue = Limits(per_second=30, broadcasts_per_second=25).queue()
    count, ticks = 500, 0
    gone: list[int] = []
    for number in range(count):
        queue.add(letter(number, number, priority), 0)
    while len(gone) < count:
        if (found := queue.take(ticks)) is not None:
            gone.append(ticks)
            queue.settle(found[0], ticks)
            continue
        wait = queue.wait(ticks)
        assert wait is not None
        ticks += wait
    assert abs((count - 1) * 1_000 / (gone[-1] - gone[0]) / promised - 1) < 0.05


def test_no_more_broadcasts_are_on_their_way_than_may_come_to_an_uncertain_end() -> None:
    queue = open_queue()
    queue.broadcasts_at_once = 1
    first = broadcast(1, 101)
    queue.add(first, 0)
    queue.add(broadcast(2, 102), 0)
    assert taken(queue, 0) == [1]
    assert queue.wait(0) is None
    queue.settle(first, 0)
    assert taken(queue, 0) == [2]


def test_a_pause_of_broadcasts_stops_nothing_else() -> None:
    queue = open_queue()
    queue.pause_broadcasts(0, 5_000)
    queue.add(broadcast(1, 101), 0)
    queue.add(letter(2, 102), 0)
    assert taken(queue, 0) == [2]
    assert queue.wait(0) == 5_000
    assert taken(queue, 5_000) == [1]


def test_an_answer_does_not_wait_for_a_broadcast_to_its_chat_that_failed() -> None:
    queue = open_queue()
    first = broadcast(1, 101)
    queue.add(first, 0)
    queue.take(0)
    queue.retry(first, 0, 60_000)
    assert queue.wait(0) == 60_000
    queue.add(letter(2, 101), 10)
    assert taken(queue, 10) == [2]
    queue.settle(letter(2, 101), 20)
    assert queue.take(20) == (first, 1)
