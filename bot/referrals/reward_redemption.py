"""Redeems reward codes for shop orders: checks, redeems, and releases them when an order is cancelled.

Runs inside a write transaction.
"""

from collections.abc import Callable
from typing import Literal

from bot.kit.rewards import (
    Gift,
    RewardExpired,
    RewardOfAnother,
    RewardUsed,
    RewardWithheld,
    UnknownReward,
    code_key,
)
from bot.kit.shop import Purchase, Shop
from bot.referrals.rows import gift_of
from bot.store import load_queries
from engine.service import Engine
from engine.store.driver import Connection


class RewardRedemption:
    """Redeems codes within writer jobs; times are ms, UTC, orders have the engine's ids."""

    def __init__(self) -> None:
        self._queries = load_queries("friends")

    def check(self, db: Connection, shop: Shop, code: str, buyer: str | None, now: int) -> Gift:
        """Returns the reward that this buyer of the shop may redeem now. Raises RewardError."""
        gift = self._gift(db, code)
        if gift.shop not in (None, shop.name):  # else its own shop could accept it a second time
            raise UnknownReward
        if gift.used is not None:
            raise RewardUsed
        if gift.state(now) == "expired":
            raise RewardExpired
        if self._is_of_another(db, shop, gift, buyer):
            raise RewardOfAnother
        if self._is_paid_with_inviter(db, gift.person):
            raise RewardWithheld
        return gift

    def use(self, db: Connection, shop: Shop, code: str, order: str, buyer: str | None, now: int) -> tuple[Gift, bool]:
        """Redeems the code for the order. Returns the reward, and whether this order had redeemed it before.

        Raises RewardError.
        """
        known = self._gift(db, code)
        if known.order == order:
            return known, True
        gift = self.check(db, shop, code, buyer, now)
        self._queries.use_gift(db, id=gift.id, order=order, now=now)
        return self._gift(db, code), False

    def spend(
        self, db: Connection, purchase: Purchase, now: int
    ) -> Literal["reward_twice", "reward_of_another"] | None:
        """Redeems the coupons of a paid order, which the shop already accepted.

        Returns a problem for the admins, or None.
        """
        shop, order = purchase.shop, purchase.shop.order(purchase.id)
        problem: Literal["reward_twice", "reward_of_another"] | None = None
        for coupon in purchase.coupons:
            row = self._queries.gift_coded(db, code=code_key(coupon))
            if row is None:
                continue
            gift = gift_of(row)
            if gift.order not in (None, order):
                problem = "reward_twice"
            elif self._is_of_another(db, shop, gift, purchase.buyer):
                problem = "reward_of_another"
            self._queries.use_gift(db, id=gift.id, order=order, now=now)
        return problem

    def free(self, db: Connection, order: str) -> None:
        """Releases the codes of a cancelled order, which can be redeemed again until they expire."""
        self._queries.free_gifts(db, order=order)

    def _gift(self, db: Connection, code: str) -> Gift:
        row = self._queries.gift_coded(db, code=code_key(code))
        if row is None:
            raise UnknownReward
        return gift_of(row)

    def _is_paid_with_inviter(self, db: Connection, person: str) -> bool:
        """Returns whether the friend and their sponsor now share a payout account."""
        inviter = self._queries.inviter(db, person=person)
        if inviter is None or inviter["sponsor"] is None:
            return False
        return self._queries.same_account(db, person=person, member=inviter["sponsor"]) is not None

    def _is_of_another(self, db: Connection, shop: Shop, gift: Gift, buyer: str | None) -> bool:
        """Returns whether the buyer is known in the chat and is not the owner.

        An unlinked customer may be the owner.
        """
        row = self._queries.person_at(db, realm=shop.realm, external_id=buyer) if buyer is not None else None
        if row is None or self._queries.has_chat(db, person=row["person"]) is None:
            return False
        return gift.person not in [each["id"] for each in self._queries.selves(db, person=row["person"])]


class RewardRedemptions:
    """Implements the kit's Gifts for shops, each call in one durable transaction."""

    def __init__(self, engine: Engine, now: Callable[[], int]) -> None:
        self._engine = engine
        self._now = now
        self._spending = RewardRedemption()
        self._queries = load_queries("friends")

    async def check(self, shop: Shop, code: str, buyer: str | None) -> Gift:
        """Returns the reward that the buyer may redeem now. Raises RewardError."""
        now = self._now()
        return await self._engine.write_silently(
            lambda books: self._spending.check(books.connection, shop, code, buyer, now)
        )

    async def use(self, shop: Shop, code: str, order: str, buyer: str | None) -> tuple[Gift, bool]:
        """Redeems the code for the order. Returns the reward, and whether it was a repetition. Raises RewardError."""
        now, id = self._now(), shop.order(order)
        return await self._engine.write_silently(
            lambda books: self._spending.use(books.connection, shop, code, id, buyer, now)
        )

    async def member_behind(self, code: str) -> str | None:
        """Returns the member whose link with a split has that code, None where there is none."""
        row = await self._engine.write_silently(lambda books: self._queries.share_of(books.connection, code=code))
        return str(row["member"]) if row is not None else None
