"""Creates reward codes as coupons at their WooCommerce shop, where friends can enter them."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from bot.config.shops import ShopTable
from bot.runtime.clock import Clock
from bot.runtime.signals import Signal
from bot.runtime.ticker import Recurring
from bot.shops.client import CouponRefused, ShopClient, ShopUnreachable, gmt
from bot.store import load_queries
from engine.exchange import decimal_of
from engine.money import Currency
from engine.store.driver import DriverError
from engine.store.reader import Reader
from engine.store.writer import Writer

PAGE_SIZE: Final = 20
LOOK_AGAIN_MS: Final = 5_000
"""Interval between runs, in which an issued code becomes usable at the shop."""
PAUSE_MS: Final = 60_000

_log = logging.getLogger(__name__)


class CouponMaker:
    """Creates missing coupons. `made` is set when rewards have become ready."""

    def __init__(
        self,
        shops: Mapping[str, ShopTable],
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
        while rows := await self._reader.fetch(self._queries.coupons_to_make.sql, {"after": after, "size": PAGE_SIZE}):
            after = rows[-1]["id"]
            for row in rows:
                if row["shop"] not in away:
                    try:
                        all_made &= await self._is_made(row)
                    except ShopUnreachable as problem:
                        away[row["shop"]] = problem
        if away:
            raise next(iter(away.values()))
        return LOOK_AGAIN_MS if all_made else PAUSE_MS

    async def _is_made(self, row: Any) -> bool:
        """Creates one coupon. Returns whether the shop has it now. Raises ShopUnreachable."""
        table = self._shops.get(row["shop"])
        if table is None:
            _log.error("rewards: no shop %s configured for coupons", row["shop"])
            return False
        try:
            async with ShopClient(row["shop"], table) as client:
                await client.make_coupon(self.coupon(row))
        except CouponRefused as refusal:
            _log.error("rewards: coupon for %s rejected: %s", row["reward"], refusal)
            return False
        await self._note(row["id"])
        self._made.set()
        return True

    def coupon(self, row: Any) -> dict[str, Any]:
        """Returns a row as a coupon of WooCommerce's API: single use, not combinable, with its expiry."""
        percent = row["percent"]
        kind = {"discount_type": "percent", "amount": percent.removesuffix("%")} if percent else self._fixed(row)
        ends = {"date_expires_gmt": gmt(row["expires_at"])} if row["expires_at"] is not None else {}
        return {
            "code": row["code"],
            **kind,
            **ends,
            "individual_use": True,
            "usage_limit": 1,
            "description": f"moaref: {row['reward']}",
        }

    def _fixed(self, row: Any) -> dict[str, str]:
        return {"discount_type": "fixed_cart", "amount": decimal_of(row["amount"] or 0, self._currency)}

    async def _note(self, id: int) -> None:
        now = self._clock.now()
        await self._writer.run(lambda connection: self._queries.coupon_made(connection, id=id, now=now))
