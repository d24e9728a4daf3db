"""Simulates long lives of orders at a shop, with faulty deliveries, and computes the expected results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import ceil
from random import Random
from typing import Any, Final

from storefront import woo_line, woo_order

TOMAN_A_UNIT: Final = 58_000
"""Goods are counted in units of a dollar each, at the storefront's rate."""
AHEAD_SECONDS: Final = 12_600
WAITING: Final = ("pending", "on-hold")
Json = dict[str, Any]


@dataclass(frozen=True)
class LivingOrder:
    """Holds an order as its shop has it: goods, shipping and refunds in units; `date` in seconds since 1970."""

    id: int
    date: int
    status: str = "pending"
    goods: int = 4
    shipping: int = 1
    refunds: tuple[int, ...] = ()
    currency: str = "IRT"
    ahead: bool = False

    @property
    def left(self) -> int:
        """Returns the value of the goods less refunds, in toman."""
        if self.status in ("cancelled", "refunded", "failed"):
            return 0
        worth, total = self.goods * TOMAN_A_UNIT, self.goods + self.shipping
        return worth - ceil(worth * min(sum(self.refunds), total) / total)

    def body(self, code: str) -> Json:
        at = datetime.fromtimestamp(self.date + AHEAD_SECONDS * self.ahead, UTC)
        return woo_order(
            self.id,
            status=self.status,
            currency=self.currency,
            date_modified_gmt=at.strftime("%Y-%m-%dT%H:%M:%S"),
            total=self._money(self.goods + self.shipping),
            line_items=[woo_line(self._money(self.goods))],
            refunds=[{"id": n, "total": f"-{self._money(units)}"} for n, units in enumerate(self.refunds, start=1)],
            meta_data=[{"id": 1, "key": "moaref_code", "value": code}],
            customer_id=self.id,
        )

    def _money(self, units: int) -> str:
        return f"{units}.00" if self.currency == "USD" else str(units * TOMAN_A_UNIT)


@dataclass
class Expected:
    """Computes the expected result of the accepted states: `least` is left in the ledger, `last` the newest state's."""

    total: int | None = None
    least: int = 0
    last: int = 0
    recorded: str = ""
    currency: str = ""
    more_left: int = 0
    currency_changed: int = 0
    newest: int = 0
    sane: int = 0
    ahead: bool = False

    def take(self, order: LivingOrder) -> bool:
        """Accepts a state unless its date says that it is older; returns whether it did."""
        date = order.date + AHEAD_SECONDS * order.ahead
        if date < (self.sane if self.ahead else self.newest):
            return False
        self.newest, self.ahead = date, order.ahead
        self.sane = self.sane if order.ahead else max(self.sane, date)
        if self.total is None:
            if order.status in ("processing", "completed"):
                self.total = order.goods * TOMAN_A_UNIT
                self.least = self.last = order.left
                self.recorded = self.currency = order.currency
            return True
        self.more_left += order.left > max(self.last, self.least)
        self.currency_changed += order.currency not in (self.recorded, self.currency)
        self.least, self.last, self.currency = min(self.least, order.left), order.left, order.currency
        return True


@dataclass
class History:
    """Simulates one order's life: each `step` changes it and returns the delivered bodies, in order."""

    order: LivingOrder
    random: Random
    now: Callable[[], int]
    expected: Expected = field(default_factory=Expected)
    past: list[LivingOrder] = field(default_factory=list)

    def step(self) -> list[LivingOrder]:
        """Returns the states that a shop delivers after one change: none, one, or that and repeats."""
        before = self.order
        self.order = self._changed(before)
        switches = self.order.currency != before.currency
        deliveries = [before, self.order] if switches else [self.order]
        if not switches and self.random.random() < 0.15:
            deliveries = []  # lost
        elif self.random.random() < 0.3:
            deliveries.append(deliveries[-1])
        if self.past and self.random.random() < 0.3:
            stale = self.random.choice(self.past)
            if stale.date < self.expected.sane and not stale.ahead:
                deliveries.append(stale)
        self.past.append(self.order)
        return deliveries

    def _changed(self, order: LivingOrder) -> LivingOrder:
        act, keeps_date = self._act(), self.random.random() < 0.4
        changed = act(order)
        if sum(changed.refunds) > changed.goods + changed.shipping:  # shops never refund more than was paid
            changed = order
        waits = changed.status in WAITING or (order.refunds and not changed.refunds)
        if keeps_date and not waits:
            return replace(changed, date=order.date, ahead=order.ahead)
        return replace(changed, date=self.now(), ahead=self.random.random() < 0.1)

    def _act(self) -> Callable[[LivingOrder], LivingOrder]:
        random = self.random
        return random.choice(
            [
                lambda o: replace(o, status="processing"),
                lambda o: replace(o, status=random.choice(["processing", "completed"])),
                lambda o: replace(o, status=random.choice(["cancelled", "failed", "refunded"])),
                lambda o: replace(o, status=random.choice(WAITING)),
                lambda o: replace(o, refunds=(*o.refunds, 1)),
                lambda o: replace(o, refunds=(*o.refunds, random.randint(1, 3))),
                lambda o: replace(o, refunds=o.refunds[:-1]),
                lambda o: replace(o, refunds=()),
                lambda o: replace(o, goods=o.goods + random.randint(1, 3)),
                lambda o: replace(o, goods=max(1, o.goods - 1)),
                lambda o: replace(o, currency="USD" if o.currency == "IRT" else "IRT"),
                lambda o: o,
            ]
        )
