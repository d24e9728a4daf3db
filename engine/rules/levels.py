"""What a sale pays: the shares of the levels above the seller, and what the seller keeps (section 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from engine.draft import Draft
from engine.network import blocker
from engine.records import Member
from engine.rules.credit import Claim, credit


@dataclass(frozen=True, slots=True)
class Sale:
    """An order with a seller; `total` and `direct` (the direct commission before caps) in minor units."""

    order: str
    seller: str
    buyer: str
    total: int
    direct: int
    maturity_ms: int


class Share(NamedTuple):
    """One level's part; `taken` is False where nobody gets it though it leaves the direct commission."""

    level: int
    member: Member
    rate: str
    amount: int
    blocker: str | None
    taken: bool


def pay_sale(sale: Sale, draft: Draft) -> None:
    """Credits the seller first, then level 1, 2, ... so that caps cut in this order (section 8)."""
    plan = draft.programme.plan
    base = sale.direct if plan.base == "direct" else sale.total
    shares = list(_shares(sale.seller, base, draft))
    cut_out = sum(share.amount for share in shares) if plan.seller_funds else 0
    source = f"order:{sale.order}"
    trace: dict[str, Any] = {"direct": sale.direct}
    if cut_out:
        trace["levels"] = [[share.level, share.member.id, share.amount] for share in shares]
    direct = Claim(
        sale.seller,
        "direct",
        0,
        sale.direct - cut_out,
        source,
        sale.order,
        maturity_ms=sale.maturity_ms,
        trace=trace,
    )
    credit(draft, direct)
    for share in shares:
        if share.taken:
            credit(draft, _claim(share, sale, base, source, draft))


def _claim(share: Share, sale: Sale, base: int, source: str, draft: Draft) -> Claim:
    return Claim(
        share.member.id,
        "level",
        share.level,
        share.amount,
        source,
        sale.order,
        blocker=share.blocker,
        maturity_ms=sale.maturity_ms,
        trace={
            "level": share.level,
            "rate": share.rate,
            "base": [draft.programme.plan.base, base],
            "seller": sale.seller,
            "blocker": share.blocker,
        },
    )


def _shares(seller: str, base: int, draft: Draft) -> Iterator[Share]:
    """The shares that leave the base; one that stays with the seller is not among them."""
    plan = draft.programme.plan
    upline: Iterator[Member] = draft.upline(seller) if plan.levels else iter(())
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
        taken = held is None or plan.unqualified == "hold"
        yield Share(level, member, rate.text, rate.of(base), held, taken)


def path_of(seller: str, level: int, draft: Draft) -> list[Member]:
    """The seller's upline from level 1 to this one."""
    return list(islice(draft.upline(seller), level))
