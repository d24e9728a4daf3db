"""What is kept of an order's newest state at its shop, and how the next one is held against it. Pure functions.

A webhook's body is the order as it was when it was sent, so what comes later is newer, unless dates say otherwise. A
date says so only where it cannot be wrong: not where it lay ahead when it came, as local time that is sent as GMT does.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from bot.kit.shop import Snapshot
from engine.events.model import Line
from engine.money import share_up

CLOCKS_DIFFER_MS: Final = 60_000
"""How far a shop's clock may be ahead of ours."""
NOT_PAID_YET: Final = ("pending", "on-hold", "checkout-draft", "auto-draft", "draft", "new")
"""What an order is before it is paid: of states of one moment these are the first."""


class Worth(Struct, frozen=True):
    """What a recorded order is worth at its shop.

    `goods` is before refunds in the shop's `currency`, `worth` the same in ours, `left` what the shop has of it after
    refunds in ours, `most` the most that was ever left. `basis`: after a change of currency, goods in the new one and
    what they were worth in ours just before. `refunded` and `goods_refunded` are as in a snapshot.
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
    """The newest state. `modified`, `received` in milliseconds UTC; `received` is None for those of older versions.

    `digest` is of the body that came last, `superseded` of one dated ahead that this one has taken the place of;
    `newest` is the newest date of all states that did not lie ahead. `whose` is a digest of who the buyer is and came
    through, as the shop says.
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
        """Whether its date lay ahead when it came, and so says nothing about what is newer."""
        return self.modified > (now if self.received is None else self.received) + CLOCKS_DIFFER_MS


def is_older(snapshot: Snapshot, digest: str, known: OrderState, now: int, *, is_current: bool) -> bool:
    """Returns whether a snapshot is from before the state that is known; `is_current`: the shop was asked for it."""
    if digest == known.superseded and not is_current:
        return True
    return snapshot.modified < (known.newest if known.is_ahead(now) else known.modified)


def is_uncertain(snapshot: Snapshot, known: OrderState | None) -> bool:
    """Returns whether nothing but the order in which they came says that a snapshot is the newer one."""
    return known is not None and snapshot.modified <= known.modified


def next_state(
    snapshot: Snapshot, digest: str, whose: str, known: OrderState | None, worth: Worth | None, now: int
) -> OrderState:
    """Returns what is kept from here on."""
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
    """Returns what the order is worth now.

    `recorded` is the currency that it was recorded in, `lines` are its lines in our money at the rate of then, `total`
    is what was recorded of it in our money.

    In another currency than the recorded one the goods are worth what they were before it changed: nobody gave anything
    back by that. More or less of them counts in proportion from there on.
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
    if currency != recorded and snapshot.standing != "over" and snapshot.refunded > purchase.total:
        left = before.left if before is not None else worth  # refunds of the currency before: they cannot be compared
    most = max(left, before.most if before is not None else left)
    return Worth(currency, goods, worth, left, most, snapshot.refunded, goods_refunded, basis)


def _in_proportion(goods: int, basis: tuple[int, int]) -> int:
    of_goods, worth = basis
    return worth * goods // of_goods if of_goods else worth


def _goods_refunded(snapshot: Snapshot, currency: str, before: Worth | None) -> int | None:
    """Returns what a shop has said before where it says nothing now and no more has been given back."""
    if snapshot.goods_refunded is not None or before is None:
        return snapshot.goods_refunded
    is_same = (before.currency, before.refunded) == (currency, snapshot.refunded)
    return before.goods_refunded if is_same else None


def _left(snapshot: Snapshot, worth: int, goods: int, goods_refunded: int | None) -> int:
    """Returns what the shop still has of the goods: without those that went back, or where it does not say of what the
    refunds were, without the part that they are of the whole.
    """
    if snapshot.standing == "over":
        return 0
    if not goods:
        return worth
    if goods_refunded is not None:
        return worth - share_up(worth, min(goods_refunded, goods), goods)
    return worth - share_up(worth, *snapshot.refunded_part)


def came_before(snapshot: Snapshot, worth: Worth, before: OrderState) -> bool:
    """Returns whether a state of the same moment with more left is what the order was like before the known one.

    An order is unpaid before it is paid, and has no refunds before its first; where it had been seen like that already,
    something has changed.
    """
    known = before.worth
    if known is None or snapshot.modified != before.modified:
        return False
    is_whole = snapshot.standing == "paid" and not snapshot.refunded and known.refunded > 0
    return snapshot.status in NOT_PAID_YET or (
        is_whole and worth.left > known.most and (worth.currency, worth.goods) == (known.currency, known.goods)
    )
