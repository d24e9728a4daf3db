"""Telling friends of their gifts: once, and not at night where it can wait."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.kit.effects import Outgoing
from bot.kit.friends import HeldInvitation, ReviewDecision
from bot.kit.person import Person
from bot.kit.rewards import Gift
from bot.notifications.relay import OutboxRelay
from bot.referrals.first_purchase_rewards import FirstPurchases
from bot.referrals.notifications import FriendsNews, Renderers
from bot.referrals.reward_issuing import RewardIssuer
from bot.runtime.signals import Signal
from bot.store import MIGRATIONS
from bot.store.profiles import Profiles, UserSeen
from earlier_migrations import migrations_before
from engine.store import migrate
from engine.store.connection import connect
from gifts import BOOK, WELCOME
from quick_clock import QuickClock
from signalled import for_outbox
from storefront import Storefront, open_storefront


async def nobody(what: HeldInvitation | ReviewDecision, to: Person) -> Sequence[Outgoing]:
    raise NotImplementedError


@dataclass
class Told:
    """A relay with people who sleep."""

    front: Storefront
    asleep: set[str] = field(default_factory=set)

    async def step(self) -> list[int]:
        """Who was ever told of a gift, by their Telegram ids."""

        async def gift(gift: Gift, to: Person) -> Sequence[Outgoing]:
            return [Outgoing(to.chat_id, "sendMessage", {"text": gift.reward})]

        async def may_wait(gift: Gift, to: Person) -> bool:
            return gift.reward == "book" and to.id in self.asleep

        stores = self.front.stores
        people = Profiles(stores.writer, stores.machine, frozenset())
        news = FriendsNews(stores.machine, people, Renderers(gift, nobody, nobody), may_wait)
        relay = OutboxRelay(for_outbox(people, self.front.outbox, stores.writer, QuickClock()), news, "gifts")
        while await relay.step():
            pass
        return [chat for (chat,) in self.front.rows("SELECT chat_id FROM outbox ORDER BY chat_id")]


async def friends_with_a_book(front: Storefront, count: int) -> list[str]:
    """Each with a chat, and with a gift that nobody has told them of."""
    by_id = {BOOK.id: BOOK}
    following = FirstPurchases(
        front.engine,
        front.outbox,
        by_id,
        RewardIssuer(by_id, None, lambda: "ABCD23456"),
        clock=QuickClock(speed=1, start=front.clock.now),
        given=Signal(),
    )
    await following.step()
    people = Profiles(front.stores.writer, front.stores.machine, frozenset())
    found = []
    for telegram_id in range(1001, 1001 + count):
        person, _ = await front.engine.get_or_create_person("telegram", str(telegram_id))
        await people.arrive(person, UserSeen(telegram_id, "Sara", None, "en", seq=1), front.clock.now)
        await front.engine.attribute(person, front.nader, key=f"attribute:{person}")
        front.clock.now += 1
        await front.engine.purchase(f"o-{telegram_id}", person, 100_000, "shoes", actor="admin")
        found.append(person)
    await following.step()
    return found


async def test_a_gift_waits_for_its_owners_morning_and_keeps_nobody_else_from_theirs(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        friends = await friends_with_a_book(front, 103)
        told = Told(front, asleep=set(friends[:102]))
        assert await told.step() == [1103], "also behind a whole page of people who sleep"
        told.asleep.clear()
        assert await told.step() == list(range(1001, 1104))
        assert await told.step() == list(range(1001, 1104)), "once"


async def test_a_gift_of_somebody_without_a_chat_is_told_once_they_have_one(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        told, giving = Told(front), RewardIssuer({"welcome": WELCOME}, None, lambda: "ABCD23456")
        customer, _ = await front.engine.get_or_create_person("shop:main", "7")
        await front.engine.write_silently(
            lambda books: giving.came(books, customer, front.nader, None, front.clock.now),
        )
        assert front.rows("SELECT code IS NOT NULL, told_at FROM rewards") == [(1, None)]
        assert await told.step() == []
        people = Profiles(front.stores.writer, front.stores.machine, frozenset())
        await people.arrive(customer, UserSeen(1001, "Sara", None, "en", seq=1), front.clock.now)
        assert await told.step() == [1001]


def test_gifts_of_an_earlier_store_are_told_to_those_who_have_a_chat(tmp_path: Path) -> None:
    early = migrations_before("*_indexes.sql", MIGRATIONS, tmp_path)
    with closing(connect(tmp_path / "moaref.db")) as connection:
        migrate.apply(connection, "machine", early)
        profile = "INSERT INTO profiles (person, telegram_id, name, language, first_update, seen_at)"
        connection.execute(f"{profile} VALUES ('sara', 1, 'Sara', 'en', 1, 0)")
        for person in ("sara", "customer"):
            gift = "INSERT INTO rewards (person, reward, kind, given_at) VALUES (?, 'book', 'text', 0)"
            connection.execute(gift, (person,))
        migrate.apply(connection, "machine", MIGRATIONS)
        found = connection.execute("SELECT person, chatless FROM rewards ORDER BY person")
        assert [tuple(row) for row in found] == [("customer", 1), ("sara", 0)]
