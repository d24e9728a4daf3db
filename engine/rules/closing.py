"""The close of a period: pairing for whoever is qualified, then what is carried on, for every member (section 7)."""

from collections.abc import Callable

from engine.draft import Draft
from engine.pairing import carried, pair
from engine.periods import boundaries
from engine.programme import Pairing
from engine.reasons import PairedLegs
from engine.rules.credit import Claim, credit

Volumes = dict[str, tuple[int, int]]


def close_periods(draft: Draft, settle: Callable[[Draft], None]) -> None:
    """Closes each period that has ended since the last event, in order; ranks are settled after each."""
    programme, until = draft.programme, draft.at
    pairing = programme.plan.pairing
    if pairing is None:
        return
    volumes: Volumes | None = None
    for boundary, first_day in boundaries(programme.program, pairing.period, draft.facts.last_at(), until):
        volumes = draft.facts.tree().volumes() if volumes is None else volumes
        if not volumes:
            break  # nothing to pair, nothing to carry: all further periods are as empty
        draft.at = boundary
        volumes = _close(draft, pairing, f"period:{first_day.isoformat()}", volumes)
        draft.decision.closed = True
        settle(draft)
    draft.at = until


def _close(draft: Draft, pairing: Pairing, source: str, volumes: Volumes) -> Volumes:
    """The volumes that go on; those that are 0 on both sides are not among them."""
    going_on: Volumes = {}
    for id, both in volumes.items():
        left_over = _pay(draft, pairing, source, id, both) if draft.is_qualified(draft.the_member(id)) else both
        member = draft.edit_member(id)
        member.left, member.right = (carried(volume, pairing) for volume in left_over)
        if member.left or member.right:
            going_on[id] = member.left, member.right
    return going_on


def _pay(draft: Draft, pairing: Pairing, source: str, id: str, volumes: tuple[int, int]) -> tuple[int, int]:
    """Pays for what is matched; the volumes that are left of it."""
    paired = pair(*volumes, pairing)
    rank = draft.programme.rank_by_id[draft.the_member(id).rank]
    left_over = paired.left, paired.right
    rate = pairing.rate.text if pairing.rate is not None else None
    why = PairedLegs(volumes, paired.matched, left_over, rate, pairing.unit, pairing.bonus)
    claim = Claim(id, "pairing", 0, paired.payment, source, why, period_cap=rank.pairing_cap or pairing.cap)
    credit(draft, claim)
    return left_over
