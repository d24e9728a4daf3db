from pathlib import Path
from typing import Any

import pytest

from bot.store.inbox import DEDUPE_WINDOW_MS, Confirmed, sender_of
from bot.store.retention import DONE_LIFE_MS, PARKED_LIFE_MS, tidy
from bot.store.update_results import UpdateOutcome
from machine import Store

DAY_MS = 24 * 3600 * 1000


def update(number: int, sender: int = 101, text: str = "hello") -> dict[str, Any]:
    chat = {"id": sender, "type": "private"}
    return {"update_id": number, "message": {"from": {"id": sender}, "chat": chat, "text": text}}


async def test_updates_wait_in_the_order_of_their_numbers_with_what_they_said(store: Store) -> None:
    assert await store.inbox.store([update(12, 102), update(11, 101, "سلام")], now=5) == 2
    first, second = await store.inbox.waiting(after=0, size=10)
    assert (first.update_id, first.sender, first.received_at) == (11, 101, 5)
    assert "سلام" in first.content
    assert [second] == await store.inbox.waiting(after=first.seq, size=10)
    assert first.key != second.key


async def test_an_update_that_comes_again_is_stored_once(store: Store) -> None:
    await store.inbox.store([update(11)], now=0)
    assert await store.inbox.store([update(11), update(12)], now=DEDUPE_WINDOW_MS - 1) == 1
    assert len(await store.inbox.waiting(0, 10)) == 2


async def test_a_number_drawn_again_after_a_quiet_week_is_another_update(store: Store) -> None:
    await store.inbox.store([update(11)], now=0)
    before = (await store.inbox.waiting(0, 10))[0]
    assert await store.inbox.store([update(11, text="a week later")], now=7 * DAY_MS) == 1
    after = (await store.inbox.waiting(before.seq, 10))[0]
    assert before.key != after.key


async def test_the_offset_follows_the_newest_update_also_after_a_restart(store: Store, tmp_path: Path) -> None:
    assert await store.inbox.offset(now=0) is None
    await store.inbox.store([update(900)], now=0)
    await store.inbox.store([update(20), update(19)], now=8 * DAY_MS)
    again = await Store.open(tmp_path / "machine.db")
    assert await again.inbox.offset(now=8 * DAY_MS + 1) == 21
    await again.close()


async def test_after_two_quiet_days_no_offset_is_asked_for(store: Store) -> None:
    await store.inbox.store([update(900)], now=0)
    assert await store.inbox.offset(now=DEDUPE_WINDOW_MS - 1) == 901
    assert await store.inbox.offset(now=DEDUPE_WINDOW_MS) is None


async def test_what_the_platform_is_told_that_we_have_is_kept_with_what_is_never_stored(store: Store) -> None:
    assert await store.inbox.confirmed() is None
    await store.inbox.store([update(12), update(11)], now=5)
    assert await store.inbox.confirmed() == Confirmed(next=13, at=5)
    await store.inbox.confirm(20, now=6)
    assert await store.inbox.confirmed() == Confirmed(next=20, at=6)
    await store.inbox.store([update(2**63 - 1)], now=7)
    assert await store.inbox.confirmed() == Confirmed(next=2**63 - 1, at=7)


async def test_a_done_update_is_blanked_and_is_done_once(store: Store) -> None:
    await store.inbox.store([update(11)], now=0)
    seq = (await store.inbox.waiting(0, 10))[0].seq
    assert await store.writer.run(lambda connection: store.inbox.finish(connection, seq, 1))
    assert not await store.writer.run(lambda connection: store.inbox.finish(connection, seq, 2))
    assert not await store.writer.run(lambda connection: store.inbox.park(connection, seq, "E-1", "no", 2))
    assert await store.rows("SELECT state, content, finished_at FROM inbox") == [("done", None, 1)]
    assert await store.inbox.waiting(0, 10) == []


async def forget(store: Store, now: int) -> None:
    await store.writer.run(lambda connection: tidy(connection, store.inbox, store.outbox, now))


async def test_done_updates_are_forgotten_after_a_week_but_never_the_newest(store: Store) -> None:
    await store.inbox.store([update(number) for number in (11, 12, 13)], now=0)
    for received in await store.inbox.waiting(0, 10):
        assert await store.outcomes.finish(received, UpdateOutcome(), now=0)
    await forget(store, DONE_LIFE_MS)
    assert len(await store.rows("SELECT seq FROM inbox")) == 3
    await forget(store, DONE_LIFE_MS + 1)
    assert await store.rows("SELECT update_id FROM inbox") == [(13,)]


async def test_a_parked_update_keeps_what_it_said_for_thirty_days(store: Store) -> None:
    await store.inbox.store([update(11)], now=0)
    seq = (await store.inbox.waiting(0, 10))[0].seq
    await store.writer.run(lambda connection: store.inbox.park(connection, seq, "E-7K2M", "ValueError: no", 0))
    await forget(store, PARKED_LIFE_MS)
    [(content, reference)] = await store.rows("SELECT content, reference FROM inbox")
    assert "hello" in content
    assert reference == "E-7K2M"
    await forget(store, PARKED_LIFE_MS + 1)
    assert await store.rows("SELECT content, state FROM inbox") == [(None, "parked")]


@pytest.mark.parametrize(
    ("content", "sender"),
    [
        ({"message": {"from": {"id": 5}, "chat": {"id": -9}}}, 5),
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": -9}}}}, 5),
        ({"channel_post": {"chat": {"id": -9}}}, -9),
        ({"message": {"from": {"id": "5"}}}, None),
        ({"message": {"from": {"id": True}}}, None),
        ({"message": {"from": {"id": 2**70}}}, None),
        ({"message": "what"}, None),
        ({"poll": {}}, None),
    ],
)
def test_the_sender_is_found_in_any_kind_of_update_and_in_none_that_is_malformed(
    content: dict[str, Any], sender: int | None
) -> None:
    assert sender_of({"update_id": 1, **content}) == sender


async def test_half_a_surrogate_pair_stops_no_update(store: Store) -> None:
    await store.inbox.store([{"update_id": 1, "message": {"text": "a\ud800b"}}], now=0)
    [received] = await store.inbox.waiting(0, 10)
    assert received.content == '{"update_id":1,"message":{"text":"a?b"}}'
