"""Whose notices are due is found by the rows that are due first, whatever else waits."""

from __future__ import annotations

from bot.store.pending_notices import HELD_MAX_MS, HeldNotices
from machine import Store

NOW = 1_000_000


async def hold(store: Store, person: str, *rows: tuple[int, int]) -> HeldNotices:
    notices = HeldNotices(store.reader)

    def write(connection: object) -> None:
        for number, due_at in rows:
            notices.hold(connection, person, number, due_at, held=False)  # type: ignore[arg-type]

    await store.writer.run(write)
    return notices


async def test_all_that_is_due_for_a_person_comes_at_once_and_what_is_not_stays(store: Store) -> None:
    nader, sara = await store.know(101, "Nader"), await store.know(102, "Sara")
    await hold(store, nader, (1, NOW), (4, NOW - 5), (5, NOW + 1))
    notices = await hold(store, sara, (2, NOW + 1))
    assert [(each.person, each.numbers) for each in await notices.due(NOW, 10)] == [(nader, (1, 4))]


async def test_what_a_clock_that_was_ahead_has_held_is_due(store: Store) -> None:
    nader = await store.know(101, "Nader")
    notices = await hold(store, nader, (1, NOW + HELD_MAX_MS + 1), (2, NOW + HELD_MAX_MS))
    assert [(each.person, each.numbers) for each in await notices.due(NOW, 10)] == [(nader, (1,))]


async def test_as_many_people_as_asked_for_are_found_the_longest_due_first(store: Store) -> None:
    notices, people = HeldNotices(store.reader), [await store.know(100 + number, "Somebody") for number in range(5)]
    for place, person in enumerate(people):
        await hold(store, person, *((10 * place + number, NOW - place) for number in range(4)))
    assert [each.person for each in await notices.due(NOW, 2)] == people[3:]
    assert [len(each.numbers) for each in await notices.due(NOW, 99)] == [4] * 5
