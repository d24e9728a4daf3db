"""Credits commissions of every kind: caps, state, ledger and notice (sections 8 and 9)."""

from collections.abc import Mapping

from msgspec import Struct

from engine.caps import cut
from engine.ledger import OVER_CAP, PROGRAMME, Bucket
from engine.notices import CapReached
from engine.records import Commission, Kind, Member, State
from engine.rules.ranks import lifetime_cap
from engine.traces import Capped, Credited
from engine.unit_of_work import UnitOfWork

HELD: State = "held"

# The bucket that holds a commission's money in each state; a rejected one has none.
BUCKET_OF: Mapping[State, Bucket] = {
    "held": "held",
    "pending": "pending",
    "available": "available",
    "reversed": "available",
}


class GrossCommission(Struct, gc=False):
    """Holds a commission before caps; `amount` in minor units, `blocker` the member who blocks it."""

    member: str
    kind: Kind
    level: int
    amount: int
    source: str
    why: Credited
    order: str | None = None
    blocker: str | None = None
    maturity_ms: int = 0


def credit(draft: UnitOfWork, claim: GrossCommission) -> Commission | None:
    """Credits a claim after caps; the rest goes to over_cap. Returns None where nothing is left."""
    if claim.amount <= 0:
        return None
    member, amount = draft.edit_member(claim.member), claim.amount
    if member.rank in draft.programme.capped_ranks:
        amount = _capped(draft, member, claim)
        if amount == 0:
            return None
    number, state = draft.next_commission_number(), HELD
    matures = draft.at + max(draft.programme.maturity_ms, claim.maturity_ms)
    if claim.blocker is None:
        state = free_state(draft, matures, approved=False)
    commission = Commission(
        number,
        claim.source,
        member.id,
        claim.kind,
        claim.level,
        amount,
        state,
        draft.at,
        matures,
        0,
        False,
        claim.order,
        claim.blocker,
        claim.why,
    )
    draft.decision.commissions[number] = commission
    draft.decision.credited.append(number)
    member.earnings += amount
    draft.pay(member, BUCKET_OF[state], amount, PROGRAMME, number)
    draft.rank_may_rise[member.id] = None
    return commission


def _capped(draft: UnitOfWork, member: Member, claim: GrossCommission) -> int:
    """Returns the amount after caps; the rest goes to over_cap, noted in the trace, with a notice where nothing is
    left.
    """
    rank = draft.programme.rank_by_id[member.rank]
    after = cut(
        claim.amount,
        single=rank.max_commission,
        lifetime=lifetime_cap(rank, draft.programme),
        earnings=member.earnings,
    )
    if after.cap is not None:
        draft.transfer(None, PROGRAMME, OVER_CAP, claim.amount - after.amount)
        if after.amount == 0:
            draft.notify(member.id, CapReached(claim.source, claim.amount, after.cap, after.limit))
        claim.why.cap = Capped(after.cap, after.limit, claim.amount)
    return after.amount


def free_state(draft: UnitOfWork, matures: int, *, approved: bool) -> State:
    """Returns the state of a commission that nothing holds: available once ripe and, with manual approval, approved."""
    if matures <= draft.at and (approved or draft.programme.approves_by_itself):
        return "available"
    return "pending"


def set_free(draft: UnitOfWork, commission: Commission) -> None:
    """Moves a held or pending commission to its current state's bucket, if that is another."""
    state = free_state(draft, commission.matures, approved=commission.approved)
    if state != commission.state:
        member = draft.edit_member(commission.member)
        if commission.net:
            draft.move(member, BUCKET_OF[commission.state], BUCKET_OF[state], commission.net, commission.number)
        commission.state = state
        commission.blocker = None


def take_back(draft: UnitOfWork, commission: Commission, amount: int) -> None:
    """Takes back an amount above 0 of a commission from its bucket; `available` may go below 0."""
    member: Member = draft.edit_member(commission.member)
    member.earnings -= amount
    draft.pay(member, BUCKET_OF[commission.state], -amount, PROGRAMME, commission.number)
