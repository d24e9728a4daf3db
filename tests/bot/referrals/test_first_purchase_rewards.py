"""Rewards for a first purchase: once, for friends alone, however the order came in and whenever it is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.kit.rewards import DAY_MS, Reward
from bot.referrals.first_purchase_rewards import FirstPurchases
from bot.referrals.reward_issuing import RewardIssuer
from engine.transaction import Transaction
from gifts import BOOK, THANKS, WELCOME
from quick_clock import QuickClock
from signalled import Counted
from storefront import Storefront, open_storefront


class Follower:
    """What follows the journal of a storefront."""

    def __init__(self, front: Storefront, *rewards: Reward) -> None:
        self.front = front
        self.given = Counted()
        by_id = {each.id: each for each in rewards}
        self.following = FirstPurchases(
            front.engine,
            front.outbox,
            by_id,
            RewardIssuer(by_id, None, lambda: "ABCD23456"),
            clock=QuickClock(speed=1, start=front.clock.now),
            given=self.given,
        )

    async def step(self) -> list[tuple[Any, ...]]:
        """Who has what by now."""
        await self.following.step()
        return self.front.rows("SELECT reward, code, withheld FROM rewards ORDER BY id")


async def friend(front: Storefront, telegram_id: str = "50") -> str:
    person, _ = await front.engine.get_or_create_person("telegram", telegram_id)
    await front.engine.attribute(person, front.nader, key=f"attribute:{person}")
    return person


async def buys(front: Storefront, person: str, order: str) -> None:
    front.clock.now += 1
    await front.engine.purchase(order, person, 100_000, "shoes", actor="admin")


async def test_a_friends_first_order_brings_each_reward_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK, THANKS, WELCOME)
        assert await follower.step() == []
        sara = await friend(front)
        await buys(front, sara, "o-1")
        given = [("book", None, None), ("thanks", "AAAA", None)]
        assert await follower.step() == given
        await buys(front, sara, "o-2")
        assert await follower.step() == given
        assert follower.given.times == 2


async def test_two_orders_before_anybody_looked_still_hold_a_first_one(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK)
        await follower.step()
        sara = await friend(front)
        await buys(front, sara, "o-1")
        await buys(front, sara, "o-2")
        assert await follower.step() == [("book", None, None)]


async def test_an_order_of_a_shop_counts_like_any_other(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK)
        await follower.step()
        await front.order(order="1", code=front.nader)
        assert await follower.step() == [("book", None, None)]
        buyer = (await front.buyer("main:1")).id
        assert front.rows("SELECT person FROM rewards") == [(buyer,)]


async def test_whoever_came_through_nobody_gets_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK)
        await follower.step()
        await front.order(order="1")
        await buys(front, front.nader, "o-1")
        assert await follower.step() == []


async def test_whoever_had_bought_before_coming_has_had_the_first_order(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK)
        await follower.step()
        person, _ = await front.engine.get_or_create_person("telegram", "50")
        await buys(front, person, "o-1")
        front.clock.now += 1
        await friend(front)
        await buys(front, person, "o-2")
        assert await follower.step() == []


async def test_a_reward_begins_when_it_is_configured(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara = await friend(front)
        await buys(front, sara, "o-1")
        follower = Follower(front, BOOK)
        assert await follower.step() == []
        assert await follower.step() == []
        await buys(front, await friend(front, "51"), "o-2")
        assert await follower.step() == [("book", None, None)]


async def test_a_second_account_is_told_why_there_is_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK)
        await follower.step()
        sara = await friend(front)

        def keep(books: Transaction) -> None:
            for person in (sara, front.nader):
                books.connection.execute(
                    "INSERT INTO destinations (member, kind, ciphertext, key_id, last_four, digest)"
                    " VALUES (?, 'sheba', 'x', 'k', '9002', 'one account')",
                    (person,),
                )

        await front.engine.write_silently(keep)
        await buys(front, sara, "o-1")
        assert await follower.step() == [("book", None, "same_account")]


async def test_who_waits_for_a_code_has_the_first_of_the_new_ones(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, THANKS)
        await follower.step()
        for number in range(3):
            await buys(front, await friend(front, str(50 + number)), f"o-{number}")
        assert [code for _, code, _ in await follower.step()] == ["AAAA", "BBBB", None]
        longer = Reward(THANKS.id, THANKS.when, THANKS.kind, THANKS.words, valid_days=2, codes=("AAAA", "BBBB", "CCCC"))
        front.clock.now += DAY_MS
        giving = RewardIssuer({}, None, lambda: "")
        await front.engine.write_silently(lambda books: giving.fill(books.connection, longer, front.clock.now))
        assert front.rows("SELECT code, expires_at FROM rewards WHERE code = 'CCCC'") == [
            ("CCCC", front.clock.now + 2 * DAY_MS)
        ]


async def test_looking_wakes_nobody_so_it_does_not_go_on_for_ever(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        follower = Follower(front, BOOK)
        await follower.step()
        sara = await friend(front)
        await buys(front, sara, "o-1")
        stirred = front.engine.watch()
        await follower.step()
        assert not stirred.is_set()
