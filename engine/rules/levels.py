"""What a sale pays: the shares of the levels above the seller, and what the seller keeps (section 5)."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from engine.draft import Draft
from engine.network import blocker
from engine.records import Member
from engine.rules.credit import Claim, credit


class Sale(NamedTuple):
    """An order with a seller; `total` and `direct` (the direct commission before caps) in minor units."""

    order: str
    seller: str
    total: int
    direct: int
    maturity_ms: int


def pay_sale(sale: Sale, draft: Draft) -> None:
    """Credits the seller first, then level 1, 2, ... so that caps cut in this order (section 8)."""
    plan = draft.programme.plan
    source = f"order:{sale.order}"
    shares = list(_shares(sale, source, draft))
    cut_out = sum(claim.amount for claim, _ in shares) if plan.seller_funds else 0
    trace: dict[str, Any] = {"direct": sale.direct}
    if cut_out:
        trace["levels"] = [[claim.level, claim.member, claim.amount] for claim, _ in shares]
    credit(
        draft,
        Claim(
            sale.seller,
            "direct",
            0,
            sale.direct - cut_out,
            source,
            sale.order,
            maturity_ms=sale.maturity_ms,
            trace=trace,
        ),
    )
    for claim, taken in shares:
        if taken:
            credit(draft, claim)


def _shares(sale: Sale, source: str, draft: Draft) -> Iterator[tuple[Claim, bool]]:
    """The levels' parts, and whether anybody gets them; a part that stays with the seller is not among them."""
    plan = draft.programme.plan
    base = sale.direct if plan.base == "direct" else sale.total
    upline: Iterator[Member] = draft.upline(sale.seller) if plan.levels else iter(())
    if plan.unqualified == "compress":
        upline = (member for member in upline if draft.is_qualified(member))
    path: list[Member] = []
    for level, rate in enumerate(plan.levels, start=1):
        member = next(upline, None)
        if member is None:
            return
        path.append(member)
        in_the_way = blocker(path, plan.chain, draft.is_qualified)
        if in_the_way is not None and plan.unqualified == "seller":
            continue
        held = in_the_way.id if in_the_way is not None else None
        trace = {
            "level": level,
            "rate": rate.text,
            "base": [plan.base, base],
            "seller": sale.seller,
            "blocker": held,
        }
        amount, id = rate.of(base), member.id
        claim = Claim(id, "level", level, amount, source, sale.order, held, sale.maturity_ms, trace=trace)
        yield claim, held is None or plan.unqualified == "hold"


def path_of(seller: str, level: int, draft: Draft) -> list[Member]:
    """The seller's upline from level 1 to this one."""
    return list(islice(draft.upline(seller), level))
