"""The recipients of broadcasts: gathered page by page, claimed before the call leaves, counted by delivery status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.broadcasts import recipients
from bot.kit.broadcasts import Audience, Counts
from bot.store.outbox import OutboxMessage, Priority
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from machine import Store, text_to

DAY = 24 * 3600 * 1000
NOW = 100 * DAY


async def begun(store: Store, people: int = 4, *, audience: Audience | None = None) -> int:
    """A started broadcast to the people 101, 102 ..., all gathered."""
    for telegram_id in range(101, 101 + people):
        await store.know(telegram_id, "Sara")
    id = await store.broadcasts.create("update:1", "P101", NOW)
    await store.broadcasts.write(id, "en", "<b>Hello</b>")
    if audience is not None:
        await store.broadcasts.address(id, audience)
    await store.broadcasts.start(id, 101, 7, NOW)
    while await store.recipients.gather():
        pass
    return id


async def counts(store: Store, id: int) -> Counts:
    broadcast = await store.broadcasts.find(id)
    assert broadcast is not None
    return broadcast.counts


async def to_send(store: Store) -> list[OutboxMessage]:
    return await store.recipients.waiting(100)


def chats(letters: Sequence[OutboxMessage]) -> list[int]:
    return [letter.outgoing.chat_id for letter in letters]


async def states(store: Store) -> list[tuple[int, str]]:
    return await store.rows("SELECT chat_id, state FROM broadcast_recipients ORDER BY id")


async def test_everybody_is_gathered_once_however_many_pages_it_takes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipients, "GATHERED_AT_ONCE", 3)
    id = await begun(store, people=8)
    assert chats(await to_send(store)) == list(range(101, 109))
    assert await counts(store, id) == Counts(recipients=8)
    assert not await store.recipients.gather()


async def test_a_letter_says_the_text_in_its_readers_language_or_in_the_other_one(store: Store) -> None:
    id = await begun(store, people=2)
    await store.writer.run(lambda db: db.execute("UPDATE profiles SET language = 'fa' WHERE telegram_id = 102"))
    assert [each.outgoing.params["text"] for each in await to_send(store)] == ["<b>Hello</b>"] * 2
    write = "INSERT INTO broadcast_texts VALUES (?, 'fa', 'سلام')"
    await store.writer.run(lambda db: db.execute(write, (id,)))
    assert [each.outgoing.params["text"] for each in await to_send(store)] == ["<b>Hello</b>", "سلام"]


async def test_each_fate_is_counted_with_it_and_only_once(store: Store) -> None:
    id = await begun(store, people=5)
    letters = await to_send(store)
    assert await store.recipients.claim(letters, NOW) == {letter.id for letter in letters}
    assert await to_send(store) == []
    for _ in range(2):
        await store.recipients.mark_sent(letters[0], 5, 1, NOW)
        await store.recipients.mark_failed(letters[1], "E-1: no", 1, NOW)
        await store.recipients.hold_chat(letters[2], NOW, NOW)
        assert not await store.recipients.mark_unconfirmed(letters[3], "cut", 1, NOW)
    assert await counts(store, id) == Counts(recipients=5, sent=1, failed=1, blocked=1, unknown=1)
    assert not await store.broadcasts.finish(id, NOW)
    await store.recipients.put_back(letters[4])
    assert chats(await to_send(store)) == [105]


async def test_what_a_kill_finds_on_its_way_is_unknown_and_is_not_sent_again(store: Store) -> None:
    id = await begun(store, people=3)
    letters = await to_send(store)
    await store.recipients.claim(letters[:2], NOW)
    await store.recipients.mark_sent(letters[0], 5, 1, NOW)
    await store.recipients.recover(NOW)
    await store.recipients.recover(NOW)
    assert await states(store) == [(101, "sent"), (102, "unknown"), (103, "new")]
    assert await counts(store, id) == Counts(recipients=3, sent=1, unknown=1)
    assert await store.recipients.claim(letters, NOW) == {letters[2].id}


async def test_a_paused_broadcast_is_neither_read_nor_claimed_and_goes_on_where_it_was(store: Store) -> None:
    id = await begun(store)
    letters = await to_send(store)
    await store.broadcasts.pause(id)
    assert await to_send(store) == []
    assert await store.recipients.claim(letters, NOW) == frozenset()
    await store.broadcasts.resume(id)
    assert await to_send(store) == letters
    await store.broadcasts.cancel(id, NOW)
    await store.broadcasts.resume(id)
    assert await store.recipients.claim(letters, NOW) == frozenset()


async def test_who_blocks_the_bot_or_declines_at_the_last_moment_is_counted_so(store: Store) -> None:
    id = await begun(store)
    letters = await to_send(store)
    await store.outbox.mark_blocked(102, asked_at=NOW, now=NOW)
    await store.broadcasts.decline("P103", NOW)
    assert await store.recipients.claim(letters, NOW) == {letters[0].id, letters[3].id}
    assert await counts(store, id) == Counts(recipients=4, blocked=1, declined=1)


async def test_who_declined_or_had_blocked_the_bot_before_is_not_written_to(store: Store) -> None:
    for telegram_id in (101, 102, 103):
        await store.know(telegram_id, "Sara")
    await store.outbox.mark_blocked(102, asked_at=NOW, now=NOW)
    await store.broadcasts.decline("P103", NOW)
    assert await store.broadcasts.reach(Audience(), NOW) == (2, 1)
    id = await store.broadcasts.create("update:1", "P101", NOW)
    await store.broadcasts.write(id, "en", "Hello")
    await store.broadcasts.start(id, 101, None, NOW)
    while await store.recipients.gather():
        pass
    assert await counts(store, id) == Counts(recipients=2, blocked=1)
    await store.broadcasts.accept("P103")
    assert await store.broadcasts.reach(Audience(), NOW) == (3, 1)


async def test_a_blocked_chat_holds_what_else_waits_for_it(store: Store) -> None:
    await begun(store)
    await store.enqueue("notice:1", text_to(101, "earned"), notice=True)
    letters = await to_send(store)
    await store.recipients.claim(letters, NOW)
    assert await store.recipients.hold_chat(letters[0], NOW, NOW)
    assert await store.rows("SELECT state FROM outbox") == [("blocked",)]


async def test_audiences_by_language_and_by_when_people_were_here(store: Store) -> None:
    for telegram_id, days_ago in ((101, 0), (102, 10), (103, 40)):
        await store.know(telegram_id, "Sara")
        seen = NOW - days_ago * DAY
        await store.writer.run(
            lambda db, id=telegram_id, at=seen: db.execute(  # type: ignore[misc]
                "UPDATE profiles SET seen_at = ?, language = ? WHERE telegram_id = ?", (at, "en", id)
            )
        )
    await store.writer.run(lambda db: db.execute("UPDATE profiles SET language = 'fa' WHERE telegram_id = 102"))
    reached = {
        audience: (await store.broadcasts.reach(audience, NOW))[0]
        for audience in (
            Audience(),
            Audience(language="fa"),
            Audience(activity="active7"),
            Audience(activity="active30"),
            Audience(activity="away30"),
            Audience(language="fa", activity="active7"),
        )
    }
    assert list(reached.values()) == [3, 1, 1, 2, 1, 0]


async def test_audiences_by_rank_membership_and_purchases(store: Store) -> None:
    (file,) = await store.rows("SELECT file FROM pragma_database_list WHERE name = 'main'")
    connection = connect(file[0])
    SqliteStore.prepare(connection)
    for telegram_id in (101, 102, 103):
        await store.know(telegram_id, "Sara")
        connection.execute("INSERT INTO persons (id) VALUES (?)", (f"P{telegram_id}",))
    member = "INSERT INTO members VALUES (?, ?, NULL, NULL, NULL, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
    connection.execute(member, ("P101", 1, "base"))
    connection.execute(member, ("P102", 2, "gold"))
    order = "INSERT INTO orders VALUES ('o-1', 'P103', NULL, 100, 0, '{}', NULL, 0, '{}')"
    connection.execute(order)
    connection.close()
    reached = [
        (await store.broadcasts.reach(audience, NOW))[0]
        for audience in (
            Audience(rank="gold"),
            Audience(activity="joined"),
            Audience(activity="not_joined"),
            Audience(activity="bought"),
            Audience(activity="never_bought"),
            Audience(rank="gold", activity="bought"),
        )
    ]
    assert reached == [1, 2, 1, 1, 2, 0]


async def test_acts_that_a_state_does_not_allow_change_nothing(store: Store) -> None:
    await store.know(101, "Sara")
    id = await store.broadcasts.create("update:1", "P101", NOW)
    assert await store.broadcasts.create("update:1", "P101", NOW) == id
    await store.broadcasts.start(id, 101, 7, NOW)
    await store.broadcasts.pause(id)
    await store.broadcasts.resume(id)
    draft = await store.broadcasts.find(id)
    assert draft is not None
    assert draft.state == "draft", "there is no text"
    await store.broadcasts.write(id, "en", "Hello")
    await store.broadcasts.start(id, 101, 7, NOW)
    await store.broadcasts.start(id, 102, 8, NOW + 1)
    await store.broadcasts.write(id, "en", "Another text")
    await store.broadcasts.address(id, Audience(language="fa"))
    await store.broadcasts.illustrate(id, "photo")
    started = await store.broadcasts.find(id)
    assert started is not None
    assert (started.state, started.started_at, started.content.texts) == ("running", NOW, {"en": "Hello"})
    assert (started.audience, started.content.photo) == (Audience(), None)


async def test_old_drafts_and_recipients_are_forgotten_and_counts_stay(store: Store) -> None:
    id = await begun(store, people=1)
    (letter,) = await to_send(store)
    await store.recipients.claim([letter], NOW)
    await store.recipients.mark_sent(letter, 5, 1, NOW)
    assert await store.broadcasts.finish(id, NOW)
    draft = await store.broadcasts.create("update:2", "P101", NOW)
    await store.broadcasts.write(draft, "en", "never sent")
    await store.broadcasts.tidy(NOW + 29 * DAY)
    assert await store.broadcasts.find(draft) is not None
    await store.broadcasts.tidy(NOW + 91 * DAY)
    assert await store.broadcasts.find(draft) is None
    assert await states(store) == []
    assert await counts(store, id) == Counts(recipients=1, sent=1)


# Notices, which are repeated


async def test_a_notice_that_a_kill_cut_off_is_known_as_such_and_waits_as_before(store: Store) -> None:
    await store.enqueue("notice:1", text_to(101, "earned"), text_to(101, "more"), notice=True)
    await store.enqueue("update:1", text_to(101, "answer"))
    notices = await store.outbox.waiting(Priority.NOTICE, 0, 10)
    answers = await store.outbox.waiting(Priority.ANSWER, 0, 10)
    assert len(await store.outbox.claim([notices[0]], NOW)) == 1
    assert len(await store.outbox.claim(answers, NOW)) == 1
    await store.outbox.recover(NOW)
    assert await store.rows("SELECT cause, unsure FROM outbox ORDER BY id") == [
        ("notice:1/0", 1),
        ("notice:1/1", 0),
        ("update:1/0", 0),
    ]
    assert await store.outbox.waiting(Priority.NOTICE, 0, 10) == [replace(notices[0], repeated=True), notices[1]]
    await store.outbox.claim(notices, NOW)
    await store.outbox.put_back(notices[0])
    await store.outbox.mark_sent(notices[1], 4, 1, NOW)
    await store.outbox.recover(NOW)
    assert await store.rows("SELECT unsure FROM outbox ORDER BY id") == [(1,), (0,), (0,)]


async def test_fates_of_a_chat_are_told_the_newest_first(store: Store) -> None:
    await begun(store, people=1)
    await store.enqueue("update:1", text_to(101, "answer"), now=NOW - 5)
    await store.enqueue("notice:1", text_to(101, "earned"), notice=True, now=NOW + 5)
    (letter,) = await to_send(store)
    await store.recipients.claim([letter], NOW + 7)
    await store.recipients.mark_unconfirmed(letter, "cut", 1, NOW + 8)
    found = [(fate.kind, fate.cause, fate.state, fate.at) for fate in await store.delivery_statuses.of_chat(101, 5)]
    assert found == [
        ("notice", "notice:1/0", "waiting", NOW + 5),
        ("broadcast", "broadcast:1", "unknown", NOW + 8),
        ("answer", "update:1/0", "waiting", NOW - 5),
    ]
