"""Crediting a commission: caps, state, books and notice, the same for every kind (sections 8 and 9)."""

from dataclasses import dataclass, field
from typing import Any

from engine.caps import cut
from engine.draft import Draft
from engine.ledger import OVER_CAP, PROGRAMME
from engine.ranks import lifetime_cap
from engine.records import Commission, Kind, Member, State


@dataclass(slots=True)
class Claim:
    """A commission as the plan works it out, before caps; `amount` in minor units, `blocker` whoever holds it up."""

    member: str
    kind: Kind
    level: int
    amount: int
    source: str
    order: str | None = None
    blocker: str | None = None
    maturity_ms: int = 0
    period_cap: int = 0
    trace: dict[str, Any] = field(default_factory=dict)


def credit(draft: Draft, claim: Claim) -> Commission | None:
    """Credits what the caps leave of a claim; what they cut off goes to over_cap. None where nothing is left."""
    if claim.amount <= 0:
        return None
    programme, member = draft.programme, draft.edit_member(claim.member)
    rank = programme.rank_by_id[member.rank]
    after = cut(
        claim.amount,
        single=rank.max_commission,
        lifetime=lifetime_cap(rank, programme),
        period=claim.period_cap,
        earnings=member.earnings,
    )
    draft.transfer(None, PROGRAMME, OVER_CAP, claim.amount - after.amount)
    if after.amount == 0:
        draft.notify("cap_reached", member.id, source=claim.source, cut=claim.amount, cap=after.cap, limit=after.limit)
        return None
    commission = _recorded(draft, claim, after.amount)
    if after.cap is not None:
        commission.trace["cap"] = {"cap": after.cap, "limit": after.limit, "before": claim.amount}
    member.earnings += after.amount
    draft.pay(member, bucket(commission.state), after.amount, PROGRAMME, commission.number)
    draft.rank_may_rise[member.id] = None
    _tell(draft, commission)
    return commission


def _recorded(draft: Draft, claim: Claim, amount: int) -> Commission:
    matures = draft.at + max(draft.programme.maturity_ms, claim.maturity_ms)
    commission = Commission(
        number=draft.next_commission_number(),
        source=claim.source,
        member=claim.member,
        kind=claim.kind,
        level=claim.level,
        amount=amount,
        state="held",
        credited=draft.at,
        matures=matures,
        order=claim.order,
        blocker=claim.blocker,
        trace=claim.trace,
    )
    if claim.blocker is None:
        commission.state = state_of_free(draft, commission)
    draft.put_commission(commission)
    return commission


def state_of_free(draft: Draft, commission: Commission) -> State:
    """The state of a commission that nothing holds: available once it is ripe and, with manual approval, approved."""
    ripe = commission.matures <= draft.at
    approved = commission.approved or draft.programme.approves_by_itself
    return "available" if ripe and approved else "pending"


def bucket(state: State) -> Any:
    """Where the money of a commission in this state lies. Raises KeyError for a state without any."""
    return {"held": "held", "pending": "pending", "available": "available", "reversed": "available"}[state]


def set_free(draft: Draft, commission: Commission) -> None:
    """Moves a held or pending commission on to where it belongs now, if that is elsewhere."""
    state = state_of_free(draft, commission)
    if state != commission.state:
        member = draft.edit_member(commission.member)
        if commission.net:
            draft.move(member, bucket(commission.state), bucket(state), commission.net, commission.number)
        commission.state = state
        commission.blocker = None


def _tell(draft: Draft, commission: Commission) -> None:
    draft.notify(
        "commission",
        commission.member,
        number=commission.number,
        amount=commission.amount,
        kind=commission.kind,
        level=commission.level,
        state=commission.state,
        source=commission.source,
        matures=commission.matures,
        blocker=commission.blocker,
    )


def take_back(draft: Draft, commission: Commission, amount: int) -> None:
    """Takes an amount above 0 of a commission back from wherever it lies; `available` may go below 0."""
    member: Member = draft.edit_member(commission.member)
    member.earnings -= amount
    draft.pay(member, bucket(commission.state), -amount, PROGRAMME, commission.number)
