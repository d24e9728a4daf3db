"""Creates reward codes as coupons at their shop, where friends can enter them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.kit.shop_kind import Coupon, CouponRefused, ShopSettings, ShopUnreachable
from bot.runtime.clock import Clock
from bot.runtime.signals import Signal
from bot.runtime.ticker import Recurring
from bot.shop_kinds import connection_to
from bot.store import load_queries
from engine.money import Currency
from engine.store.driver import DriverError, Row
from engine.store.reader import Reader
from engine.store.writer import Writer

PAGE_SIZE: Final = 20
LOOK_AGAIN_MS: Final = 5_000
"""Interval between runs, in which an issued code becomes usable at the shop."""
PAUSE_MS: Final = 60_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MissingCoupon:
    """Holds an issued reward whose coupon its shop does not have yet.

    percent: such as "10%"; None for an amount off, in minor units. expires_at: ms, UTC, None for no end.
    """

    id: int
    shop: str
    reward: str
    code: str
    percent: str | None
    amount: int
    expires_at: int | None


class CouponMaker:
    """Creates missing coupons. `made` is set when rewards have become ready."""

    def __init__(
        self,
        shops: Mapping[str, ShopSettings],
        currency: Currency,
        writer: Writer,
        reader: Reader,
        *,
        clock: Clock,
        made: Signal,
    ) -> None:
        self._shops = shops
        self._currency = currency
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._made = made
        self._queries = load_queries("friends")

    def recurring(self) -> Recurring:
        """Returns the step as recurring work; a shop that does not answer is retried a minute later."""
        passing = (ShopUnreachable, DriverError)
        return Recurring("coupons", LOOK_AGAIN_MS, self.step, retry_ms=PAUSE_MS, passing=passing)

    async def step(self) -> int:
        """Creates every missing coupon, in order of issue. Returns the ms until the next run.

        A rejected coupon does not delay others, nor an unreachable shop other shops: ShopUnreachable is raised at the
        end. A kill between the shop's answer and its record leads to a second try, which the shop rejects as an
        existing code: that counts as success.
        """
        away: dict[str, ShopUnreachable] = {}
        all_made, after = True, 0
        while missing := await self._missing(after):
            after = missing[-1].id
            for coupon in missing:
                if coupon.shop not in away:
                    try:
                        all_made &= await self._is_made(coupon)
                    except ShopUnreachable as problem:
                        away[coupon.shop] = problem
        if away:
            raise next(iter(away.values()))
        return LOOK_AGAIN_MS if all_made else PAUSE_MS

    async def _missing(self, after: int) -> list[MissingCoupon]:
        rows = await self._reader.fetch(self._queries.coupons_to_make.sql, {"after": after, "size": PAGE_SIZE})
        return [_missing(row) for row in rows]

    async def _is_made(self, missing: MissingCoupon) -> bool:
        """Creates one coupon. Returns whether the shop has it now. Raises ShopUnreachable."""
        settings = self._shops.get(missing.shop)
        if settings is None or not settings.takes_coupons:
            _log.error("rewards: no shop %s configured for coupons", missing.shop)
            return False
        try:
            async with connection_to(missing.shop, settings) as connection:
                await connection.make_coupon(self._coupon(missing))
        except CouponRefused as refusal:
            _log.error("rewards: coupon for %s rejected: %s", missing.reward, refusal)
            return False
        await self._note(missing.id)
        self._made.set()
        return True

    def _coupon(self, missing: MissingCoupon) -> Coupon:
        return Coupon(
            missing.code, missing.reward, missing.percent or "", missing.amount, self._currency, missing.expires_at
        )

    async def _note(self, id: int) -> None:
        now = self._clock.now()
        await self._writer.run(lambda connection: self._queries.coupon_made(connection, id=id, now=now))


def _missing(row: Row) -> MissingCoupon:
    return MissingCoupon(
        row["id"], row["shop"], row["reward"], row["code"], row["percent"], row["amount"] or 0, row["expires_at"]
    )
