"""Computes the stored state of an order at its shop, and compares it with the next one. Pure functions.

A webhook's body is the order at the time of sending, so a later delivery is newer, unless dates disagree. A date counts
only where it is credible: not where it lay ahead on arrival, as local time sent as GMT does.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.kit.shop import Snapshot
from engine.events.model import Line
from engine.money import share_up

CLOCKS_DIFFER_MS: Final = 60_000
"""Tolerated lead of a shop's clock."""
NOT_PAID_YET: Final = ("pending", "on-hold", "checkout-draft", "auto-draft", "draft", "new")
"""States before payment: among states of one moment these are the earliest."""


class Worth(Struct, frozen=True):
    """Holds the value of a recorded order at its shop.

    `goods` is before refunds in the shop's `currency`, `worth` the same in the programme's currency, `left` the
    remainder after refunds in the programme's, `most` the largest remainder ever. `basis`: after a change of currency,
    the goods in the new one and their value in the programme's just before. `refunded` and `goods_refunded` are as in a
    snapshot.
    """

    currency: str
    goods: int
    worth: int
    left: int
    most: int
    refunded: int = 0
    goods_refunded: int | None = None
    basis: tuple[int, int] | None = None


class OrderState(Struct, frozen=True):
    """Holds the newest state. `modified`, `received` are ms, UTC; `received` is None for rows of older versions.

    `digest` is of the last body, `superseded` of one dated ahead that this one replaced; `newest` is the newest date of
    all states that did not lie ahead. `whose` is a digest of the buyer and the codes that they came through, according
    to the shop.
    """

    status: str
    modified: int
    received: int | None = None
    digest: str = ""
    superseded: str = ""
    newest: int = 0
    whose: str = ""
    worth: Worth | None = None

    def is_ahead(self, now: int) -> bool:
        """Returns whether its date lay ahead on arrival, and therefore does not order the states."""
        return self.modified > (now if self.received is None else self.received) + CLOCKS_DIFFER_MS


def is_older(snapshot: Snapshot, digest: str, known: OrderState, now: int, *, is_current: bool) -> bool:
    """Returns whether a snapshot precedes the known state; `is_current`: it was read from the shop just now."""
    if digest == known.superseded and not is_current:
        return True
    return snapshot.modified < (known.newest if known.is_ahead(now) else known.modified)


def is_uncertain(snapshot: Snapshot, known: OrderState | None) -> bool:
    """Returns whether only the order of arrival suggests that a snapshot is newer."""
    return known is not None and snapshot.modified <= known.modified


def next_state(
    snapshot: Snapshot, digest: str, whose: str, known: OrderState | None, worth: Worth | None, now: int
) -> OrderState:
    """Returns the state to store after this snapshot."""
    superseded, newest = (known.superseded, known.newest) if known is not None else ("", 0)
    if known is not None and snapshot.modified < known.modified:
        superseded = known.digest
    state = OrderState(
        snapshot.status,
        snapshot.modified,
        now,
        digest,
        superseded if superseded != digest else "",
        whose=whose,
        worth=worth,
    )
    return replace(state, newest=newest if state.is_ahead(now) else max(newest, snapshot.modified))


def worth_of(snapshot: Snapshot, recorded: str, lines: Sequence[Line], total: int, before: Worth | None) -> Worth:
    """Returns the current value of the order.

    `recorded` is the currency of its record, `lines` are its lines in the programme's currency at the rate of then,
    `total` is the recorded total in the programme's currency.

    In another currency than the recorded one the goods keep the value from before the change: a change of currency is
    not a refund. Later increases and decreases count in proportion.
    """
    purchase = snapshot.purchase
    currency, goods = purchase.currency or recorded, sum(line.amount for line in purchase.lines)
    basis = None
    if currency == recorded:
        worth = sum(line.amount for line in lines)
    else:
        is_same = before is not None and before.currency == currency and before.basis is not None
        earlier = before.worth if before is not None else total
        basis = before.basis if is_same and before is not None else (goods, earlier)
        worth = _in_proportion(goods, basis or (goods, earlier))
    goods_refunded = _goods_refunded(snapshot, currency, before)
    left = _left(snapshot, worth, goods, goods_refunded)
    if currency != recorded and snapshot.payment_state != "over" and snapshot.refunded > purchase.total:
        left = before.left if before is not None else worth  # refunds in the previous currency are not comparable
    most = max(left, before.most if before is not None else left)
    return Worth(currency, goods, worth, left, most, snapshot.refunded, goods_refunded, basis)


def _in_proportion(goods: int, basis: tuple[int, int]) -> int:
    of_goods, worth = basis
    return worth * goods // of_goods if of_goods else worth


def _goods_refunded(snapshot: Snapshot, currency: str, before: Worth | None) -> int | None:
    """Returns the refunded goods reported earlier where the shop reports none now and nothing more was refunded."""
    if snapshot.goods_refunded is not None or before is None:
        return snapshot.goods_refunded
    is_same = (before.currency, before.refunded) == (currency, snapshot.refunded)
    return before.goods_refunded if is_same else None


def _left(snapshot: Snapshot, worth: int, goods: int, goods_refunded: int | None) -> int:
    """Returns the goods that remain after refunds; in proportion where the shop does not itemise the refunds."""
    if snapshot.payment_state == "over":
        return 0
    if not goods:
        return worth
    if goods_refunded is not None:
        return worth - share_up(worth, min(goods_refunded, goods), goods)
    return worth - share_up(worth, *snapshot.refunded_part)


def came_before(snapshot: Snapshot, worth: Worth, before: OrderState) -> bool:
    """Returns whether a state of the same moment with more left precedes the known one.

    An order is unpaid before it is paid, and has no refunds before its first; where this state was seen already, the
    order changed back.
    """
    known = before.worth
    if known is None or snapshot.modified != before.modified:
        return False
    is_whole = snapshot.payment_state == "paid" and not snapshot.refunded and known.refunded > 0
    return snapshot.status in NOT_PAID_YET or (
        is_whole and worth.left > known.most and (worth.currency, worth.goods) == (known.currency, known.goods)
    )
