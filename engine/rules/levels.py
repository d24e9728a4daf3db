"""Pays a sale: the shares of the levels above the seller, and what the seller keeps (section 5)."""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from engine.qualification import blocker
from engine.records import Member
from engine.rules.crediting import GrossCommission, credit
from engine.traces import Base, DirectPart, LevelShare, Taken
from engine.unit_of_work import UnitOfWork


class Sale(Struct, gc=False, frozen=True):
    """Holds an order with a seller; `total` and `direct` (the direct commission before caps) in minor units."""

    order: str
    seller: str
    total: int
    direct: int
    maturity_ms: int


def pay_sale(sale: Sale, draft: UnitOfWork) -> None:
    """Credits the seller first, then level 1, 2, ... so that caps cut in this order (section 8)."""
    plan = draft.programme.plan
    source = f"order:{sale.order}"
    shares = _shares(sale, source, draft)
    cut_out = sum([share.amount for share in shares]) if plan.seller_funds else 0
    why = DirectPart(sale.direct, [Taken(each.level, each.member, each.amount) for each in shares] if cut_out else [])
    kept = sale.direct - cut_out
    credit(draft, GrossCommission(sale.seller, "direct", 0, kept, source, why, sale.order, None, sale.maturity_ms))
    for share in shares:
        if share.blocker is None or plan.unqualified == "hold":
            credit(draft, share)


def _shares(sale: Sale, source: str, draft: UnitOfWork) -> list[GrossCommission]:
    """Returns the levels' shares, also unpaid ones; a share that stays with the seller is not included."""
    plan = draft.programme.plan
    shares: list[GrossCommission] = []
    base = Base(plan.base, sale.direct if plan.base == "direct" else sale.total)
    path: list[Member] = []
    for level, (rate, member) in enumerate(zip(plan.levels, _upline(sale.seller, draft), strict=False), start=1):
        path.append(member)
        in_the_way = blocker(path, plan.chain, draft.is_qualified)
        if in_the_way is not None and plan.unqualified == "seller":
            continue
        held_by = in_the_way.id if in_the_way is not None else None
        why = LevelShare(level, rate.text, base, sale.seller, held_by)
        amount = rate.of(base.amount)
        shares.append(
            GrossCommission(member.id, "level", level, amount, source, why, sale.order, held_by, sale.maturity_ms)
        )
    return shares


def _upline(seller: str, draft: UnitOfWork) -> Iterator[Member]:
    """Yields the members whom the levels are paid to, nearest first."""
    upline = draft.upline(seller)
    if draft.programme.plan.unqualified == "compress":
        return filter(draft.is_qualified, upline)
    return upline


def path_of(seller: str, level: int, draft: UnitOfWork) -> list[Member]:
    """Returns the seller's upline from level 1 to this one."""
    return list(islice(draft.upline(seller), level))
