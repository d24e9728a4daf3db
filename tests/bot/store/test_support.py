"""What is kept of messages to and from support: how far each came, and where the chat is."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.kit.effects import Outgoing
from bot.kit.support import Handover, TooManyQuestions, check_rate
from bot.store.outbox import Outbox, OutboxMessage, Priority
from bot.store.support import LIFE_MS, SupportMessages, forget_support, problem_of
from bot.store.support_handover import CARD_AGAIN_MS, SupportHandovers
from machine import Store

GROUP = -500
SARA = 101
HOUR = 3_600_000
T = TypeVar("T")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path / "machine.db")
    await opened.know(SARA, "Sara")
    try:
        yield opened
    finally:
        await opened.close()


def question(*messages: int, reply_to: int | None = None, forwarded: bool = False) -> Handover:
    return Handover("question", f"P{SARA}", SARA, messages, GROUP, reply_to, forwarded=forwarded)


def answer(message: int, reply_to: int) -> Handover:
    return Handover("answer", f"P{SARA}", GROUP, (message,), SARA, reply_to)


async def hand_over(store: Store, cause: str, handover: Handover, now: int = 1_000) -> None:
    handovers = SupportHandovers(store.outbox, store.support)
    await store.writer.run(lambda connection: handovers.write(connection, cause, handover, now))


async def write(store: Store, action: Callable[[sqlite3.Connection], T]) -> T:
    return await store.writer.run(action)


async def waiting(store: Store) -> list[OutboxMessage]:
    return await store.outbox.waiting(Priority.ANSWER, 0, 100)


async def arrive_all(store: Store, first: int = 71) -> None:
    """Marks all that waits as sent, under the numbers from `first` on."""
    for number, letter in enumerate(await waiting(store), first):
        await store.outbox.mark_sent(letter, number, 1, 2_000)


async def rows(store: Store) -> list[tuple[object, ...]]:
    return await store.rows("SELECT way, source_message, message_id, reply_to, problem FROM support_messages")


async def test_a_first_question_comes_with_a_card_and_the_next_one_under_it(store: Store) -> None:
    await hand_over(store, "update:1", question(11))
    await arrive_all(store)
    await hand_over(store, "update:2", question(12))
    await arrive_all(store, 81)
    assert await rows(store) == [
        ("card", None, 71, None, None),
        ("question", 11, 72, 1, None),
        ("question", 12, 81, 2, None),
    ]
    assert await store.support.waiting() == 1
    await hand_over(store, "update:3", question(13), now=1_001 + CARD_AGAIN_MS)
    assert [each.outgoing.method for each in await waiting(store)] == ["sendMessage", "copyMessage"]


async def test_the_outbox_holds_numbers_and_no_words(store: Store) -> None:
    await hand_over(store, "update:1", question(11, forwarded=True))
    found = [(each.outgoing.method, each.outgoing.params, each.outgoing.card) for each in await waiting(store)]
    assert found == [("sendMessage", {}, {"support": 1}), ("forwardMessage", {}, {"support": 2, "forwarded": True})]


async def test_an_answer_ends_the_waiting_and_an_update_handled_again_changes_nothing(store: Store) -> None:
    await hand_over(store, "update:1", question(11))
    await arrive_all(store)
    await hand_over(store, "update:2", answer(73, 2))
    assert await store.support.waiting() == 0
    assert await store.support.written_at(GROUP, 73) is not None
    (letter,) = await waiting(store)
    assert letter.outgoing == Outgoing(SARA, "copyMessage", {}, card={"support": 3})


async def test_a_row_knows_its_place_in_both_chats(store: Store) -> None:
    await hand_over(store, "update:1", question(11))
    await arrive_all(store)
    found = await store.support.standing_at(GROUP, 72)
    assert found is not None
    assert [found.place_in(chat) for chat in (SARA, GROUP, 5)] == [11, 72, None]
    assert await store.support.standing_at(GROUP, 11) is None


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("Message to copy not found", "message"),
        ("E-ABCD: Message can't be copied", "message"),
        ("Message can't be forwarded", "message"),
        ("E-ABCD: Chat not found", "unreachable"),
        ("Not enough rights to send text messages to the chat", "unreachable"),
        ("Message thread not found", "unreachable"),
        ("expired before it could be sent", "unreachable"),
    ],
)
async def test_a_failure_is_the_message_s_or_the_chat_s(words: str, problem: str, store: Store) -> None:
    assert problem_of(words) == problem
    await hand_over(store, "update:1", question(11))
    _, copy = await waiting(store)
    await store.outbox.mark_failed(copy, words, 1, 2_000)
    assert [each.problem for each in await store.support.untold(10)] == [problem]
    failing = await store.support.failing_chat(GROUP)
    assert failing == (None if problem == "message" else (words.removeprefix("E-ABCD: "), 2_000))
    assert await store.support.waiting() == 0


async def test_a_chat_that_works_again_may_fail_anew(store: Store) -> None:
    await hand_over(store, "update:1", question(11))
    card, copy = await waiting(store)
    await store.outbox.mark_failed(card, "Chat not found", 1, 2_000)
    await write(store, lambda db: store.support.note_chat_told(db, GROUP, 2_500))
    assert await store.support.failing_chat(GROUP) is None
    await store.outbox.mark_failed(copy, "Chat not found", 1, 3_000)
    assert await store.support.failing_chat(GROUP) is None
    await hand_over(store, "update:2", question(12))
    await arrive_all(store)
    await hand_over(store, "update:3", question(13))
    (copy,) = await waiting(store)
    await store.outbox.mark_failed(copy, "Chat not found", 1, 4_000)
    assert await store.support.failing_chat(GROUP) == ("Chat not found", 4_000)


async def test_what_waits_for_somebody_who_blocks_is_given_up_and_all_else_is_held(store: Store) -> None:
    await hand_over(store, "update:1", question(11))
    await arrive_all(store)
    await hand_over(store, "update:2", answer(73, 2))
    await store.enqueue("notice:1", Outgoing(SARA, "sendMessage", {"text": "News"}), notice=True)
    assert await store.outbox.mark_blocked(SARA, 5_000, 5_000)
    assert await store.rows("SELECT cause, state FROM outbox WHERE chat_id = 101 ORDER BY id") == [
        ("update:2/support/0", "failed"),
        ("notice:1/0", "blocked"),
    ]
    await hand_over(store, "update:3", answer(74, 2))
    assert [(each.way, each.problem) for each in await store.support.untold(10)] == [("answer", "blocked")] * 2
    assert await store.support.failing_chat(GROUP) is None


async def test_a_group_is_followed_by_each_sign_that_it_has_moved(store: Store) -> None:
    await hand_over(store, "update:1", question(11))
    card, _ = await waiting(store)
    moved = OutboxMessage(card.id, Outgoing(-1_900, "sendMessage", {}, card={"support": 1}), Priority.ANSWER, 0)
    await store.outbox.mark_sent(moved, 5, 1, 2_000)
    assert await store.support.current_chat(GROUP) == -1_900
    assert await store.support.is_staff_chat(GROUP, -1_900)
    assert not await store.support.is_staff_chat(GROUP, -1_901)
    assert not await store.support.is_staff_chat(SARA, GROUP)
    await write(store, lambda db: store.support.note_moved(db, -1_900, -2_900))
    await write(store, lambda db: store.support.note_moved(db, -7, -8))
    assert await store.support.current_chat(GROUP) == -2_900
    await hand_over(store, "update:2", question(12))
    assert (await waiting(store))[-1].outgoing.chat_id == -2_900


async def test_an_album_is_one_question_within_the_limit(store: Store) -> None:
    await hand_over(store, "update:1", question(11, 12, 13), now=HOUR)
    await hand_over(store, "update:2", question(14), now=HOUR + 5)
    times = await store.support.asked_since(f"P{SARA}", HOUR - 1)
    assert times == [HOUR, HOUR + 5]
    check_rate(times, 3)
    check_rate(times, 0)
    with pytest.raises(TooManyQuestions) as refused:
        check_rate(times, 2)
    assert (refused.value.count, refused.value.next_at) == (2, 2 * HOUR)


async def test_old_numbers_are_purged(store: Store) -> None:
    await hand_over(store, "update:1", question(11), now=1_000)
    await arrive_all(store)
    await hand_over(store, "update:2", question(12), now=LIFE_MS + 1_000)
    await write(store, lambda db: forget_support(db, before=LIFE_MS))
    assert [row[1] for row in await rows(store)] == [None, 12]  # with a card, after so long
    assert await store.support.waiting() == 0


async def test_a_message_without_a_row_is_no_concern_of_support(store: Store) -> None:
    outbox = Outbox(store.writer, store.reader)
    await store.enqueue("update:9", Outgoing(SARA, "sendMessage", {"text": "Hello"}))
    (letter,) = await outbox.waiting(Priority.ANSWER, 0, 10)
    await outbox.mark_sent(letter, 5, 1, 1_000)
    assert await SupportMessages(store.reader).standing_at(SARA, 5) is None
