"""Sums up a span of the programme for its admins: who came, what was sold, and what it cost.

Amounts in minor units, times in milliseconds UTC. What was refunded, taken back or rejected later counts against the
span of the order or commission that it belongs to, so that sales and their cost are of the same orders. The queries
read through a reader of their own: a month of a large programme takes some tenths of a second, and nobody else waits.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.periods import Period, first_moment, next_period, period_of
from engine.programme.model import Program
from engine.spans import Span
from engine.store.driver import Row
from engine.store.reader import Query, Reader
from engine.store.statements import load_statements
from engine.store.sums import exact
from engine.timestamps import utc

_PERIODS: Final[dict[Span, Period]] = {"today": "day", "week": "week", "month": "month", "last_month": "month"}
MOST: Final = (1 << 63) - 1
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """Holds the sums of a span, from `since` (included) to `until` (excluded).

    came: persons who got a sponsor; joined: new members. sold: all orders of the span; refunded: what has been refunded
    of them since. credited: all commissions of the span; taken_back: what was taken back of them or rejected since.
    payouts: withdrawals that were paid in the span.
    """

    since: int
    until: int
    came: int
    joined: int
    orders: int
    sold: int
    refunded: int
    commissions: int
    credited: int
    taken_back: int
    payouts: int
    paid_out: int

    @property
    def sales(self) -> int:
        """Returns what is left of the orders."""
        return self.sold - self.refunded

    @property
    def cost(self) -> int:
        """Returns what is left of the commissions."""
        return self.credited - self.taken_back

    @property
    def cost_share(self) -> Decimal | None:
        """Returns the cost as a percentage of the sales, to a tenth; None without sales."""
        if self.sales <= 0:
            return None
        return (Decimal(100 * self.cost) / self.sales).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class TopMember:
    """Holds what a member earned in a span, less what was taken back; `commissions` counts them."""

    member: str
    commissions: int
    earned: int


@dataclass(frozen=True, slots=True)
class ShopSales:
    """Holds the orders of a span by where they came from, less refunds; `shop` is "" for those of no shop."""

    shop: str
    orders: int
    sold: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Holds a span: its sums, those of each of its days in order, and who earned most."""

    total: Figures
    days: tuple[Figures, ...]
    top: tuple[TopMember, ...]


@dataclass(frozen=True, slots=True)
class WaitingScope:
    """Names commissions that nobody has approved: without the admin's `own`, of one member, credited `before` a moment
    (ms, UTC), with numbers from `low` to `high`.
    """

    own: str
    member: str | None = None
    before: int | None = None
    low: int = 0
    high: int = MOST


@dataclass(frozen=True, slots=True)
class WaitingCommission:
    """Holds a commission that waits for approval, with what is left of it."""

    number: int
    member: str
    net: int


@dataclass(frozen=True, slots=True)
class WaitingMember:
    """Holds how many commissions of a member wait for approval, and their sum."""

    member: str
    commissions: int
    amount: int


class FigureQueries:
    """Answers what admins ask about a span of time."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._sql = load_statements()

    async def figures(self, since: int, until: int) -> Figures:
        """Returns the sums of a span."""
        (row,) = await self._reader.fetch(*self._query(since, until))
        return _figures(row, since, until)

    async def by_part(self, begins: Sequence[int], until: int) -> tuple[Figures, ...]:
        """Returns the sums of each part of a span, from each of these moments to the next."""
        spans = list(zip(begins, (*begins[1:], until), strict=True))
        found = await self._reader.gather(*(self._query(*each) for each in spans))
        return tuple(_figures(rows[0], *each) for rows, each in zip(found, spans, strict=True))

    async def top_members(self, since: int, until: int, count: int) -> list[TopMember]:
        """Returns the members who earned most in a span, the first first; those who earned nothing are left out."""
        found = await self._reader.fetch(self._sql["top_members"], {"since": since, "until": until, "count": count})
        return [TopMember(row["member"], row["commissions"], _sum(row, "earned")) for row in found]

    async def sales_by_shop(self, since: int, until: int, shops: frozenset[str]) -> list[ShopSales]:
        """Returns a span's orders by shop, the largest sales first; those of none of these `shops` are one line."""
        found = await self._reader.fetch(self._sql["sales_by_shop"], {"since": since, "until": until})
        sums: dict[str, tuple[int, int]] = {}
        for row in found:
            name = row["shop"] if row["shop"] in shops else ""
            orders, sold = sums.get(name, (0, 0))
            sums[name] = orders + row["orders"], sold + _sum(row, "sold")
        sales = [ShopSales(name, *counted) for name, counted in sums.items()]
        return sorted(sales, key=lambda each: (-each.sold, each.shop))

    # Commissions that wait for approval; an admin's `own` are nobody's to decide but others'

    async def waiting_commissions(self, scope: WaitingScope, count: int) -> list[WaitingCommission]:
        """Returns the oldest commissions of the scope, at most `count`."""
        found = await self._reader.fetch(self._sql["waiting_commissions"], {**asdict(scope), "count": count})
        return [WaitingCommission(*row) for row in found]

    async def waiting_total(self, scope: WaitingScope) -> tuple[int, int]:
        """Returns the number of the commissions of the scope, and their sum."""
        row = await self._reader.fetch_row(self._sql["waiting_total"], asdict(scope))
        return row["commissions"], _sum(row, "waiting")

    async def waiting_by_member(self, scope: WaitingScope, count: int) -> list[WaitingMember]:
        """Returns the members of the scope for whom most waits."""
        found = await self._reader.fetch(self._sql["waiting_by_member"], {**asdict(scope), "count": count})
        return [WaitingMember(row["member"], row["commissions"], _sum(row, "waiting")) for row in found]

    async def overview(self, program: Program, since: int, until: int, *, top: int = 10) -> Overview:
        """Returns a span with its days in the programme's zone, and the `top` members who earned most."""
        days = await self.by_part(days_of(program, since, until), until)
        return Overview(await self.figures(since, until), days, tuple(await self.top_members(since, until, top)))

    def _query(self, since: int, until: int) -> Query:
        return self._sql["figures"], {"since": since, "until": until}


def bounds(program: Program, span: Span, now: int) -> tuple[int, int]:
    """Returns when a span begins and ends (milliseconds UTC), in the programme's zone and calendar."""
    zone, period = ZoneInfo(program.timezone), _PERIODS[span]
    first = period_of(utc(now).astimezone(zone).date(), program, period)
    begins, ends = first_moment(first, zone), first_moment(next_period(first, program, period), zone)
    if span == "last_month":
        before = period_of(utc(begins - 1).astimezone(zone).date(), program, period)
        return first_moment(before, zone), begins
    return begins, ends


def days_of(program: Program, since: int, until: int) -> list[int]:
    """Returns when each day of a span begins (milliseconds UTC) in the programme's zone; the first is the span's."""
    zone = ZoneInfo(program.timezone)
    day = utc(since).astimezone(zone).date()
    begins = [since]
    while (moment := first_moment(day := next_period(day, program, "day"), zone)) < until:
        if moment > begins[-1]:  # a date that the zone leaves out begins with the next one
            begins.append(moment)
    return begins


def _figures(row: Row, since: int, until: int) -> Figures:
    counts = {name: row[name] for name in ("came", "joined", "orders", "commissions", "payouts")}
    sums = {name: _sum(row, name) for name in ("sold", "refunded", "credited", "taken_back", "paid_out")}
    return Figures(since, until, **counts, **sums)


def _sum(row: Row, name: str) -> int:
    return exact(row[f"{name}_high"], row[f"{name}_low"])
