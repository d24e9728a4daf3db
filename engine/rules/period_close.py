"""Closes periods: pairing for qualified members, then volumes carried forward, for every member (section 7).

Processes the whole network at once, as arrays by position; nothing here iterates over members.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.caps import Cuts, cut_each, uncut
from engine.close_result import Claims, Standings
from engine.facts import Facts
from engine.network.int_arrays import Whole, plus, where, whole
from engine.network.preorder import Layout, LegValues
from engine.notices import CapReached
from engine.periods import boundaries
from engine.programme.model import Pairing, Programme
from engine.qualification import qualified_each
from engine.rules.crediting import free_state
from engine.rules.pairing import carried, pair
from engine.rules.ranks import lifetime_cap, may_rise
from engine.unit_of_work import UnitOfWork


class Payees(NamedTuple):
    """Holds the qualified members with volume on both sides, in the order of joining.

    Their positions, their places in the layout, and their state.
    """

    positions: Whole
    places: Whole
    standings: Standings


def close_periods(draft: UnitOfWork, settle: Callable[[UnitOfWork], None]) -> None:
    """Closes each period that has ended since the last event, in order; ranks are settled after each."""
    programme, until = draft.programme, draft.at
    pairing = programme.plan.pairing
    if pairing is None:
        return
    volumes: LegValues | None = None
    payees: Payees | None = None
    for boundary, first_day in boundaries(programme.program, pairing.period, draft.facts.last_at(), until):
        if volumes is None:
            volumes = draft.facts.tree().volumes()
            if not _any(volumes, draft.facts.tree().carried()):
                break  # nothing to pair, nothing to carry: all further periods are as empty
        elif not _any(volumes):
            break
        payees = payees or _payees(volumes, draft.facts, programme)
        draft.at = boundary
        claims, volumes = close(volumes, payees, pairing, programme)
        _credit(draft, f"period:{first_day.isoformat()}", pairing, claims)
        payees = _settled(draft, payees, claims, settle)
    if volumes is not None and payees is not None:
        draft.decision.carried = volumes.at(draft.facts.tree().layout().place)
    draft.at = until


def _payees(volumes: LegValues, facts: Facts, programme: Programme) -> Payees:
    """Returns the members who may be paid. A later close of the same event pays no others: carried volume
    never grows.
    """
    layout = facts.tree().layout()
    positions = with_both(volumes, layout)
    return qualified_of(positions, facts.standings(positions), layout, programme)


def with_both(volumes: LegValues, layout: Layout) -> Whole:
    """Returns the positions of members with volume on both sides, in the order of joining; volumes by place."""
    has_both = np.zeros(len(layout.place), np.bool_)
    both = volumes.left > 0
    both &= volumes.right > 0
    has_both[layout.position[both]] = True
    return np.flatnonzero(has_both)


def qualified_of(positions: Whole, standings: Standings, layout: Layout, programme: Programme) -> Payees:
    """Returns the members at these positions who meet the plan's requirements."""
    places = layout.place[positions]
    qualified = where(qualified_each(standings, programme, lambda: layout.members(places)))
    return Payees(positions[qualified], places[qualified], standings.at(qualified))


def close(volumes: LegValues, payees: Payees, pairing: Pairing, programme: Programme) -> tuple[Claims, LegValues]:
    """Returns the claims after caps, and all volumes carried forward; volumes by place, which this uses up: their
    arrays become those of what is carried, as copies of a whole network cost more than the arithmetic.
    """
    both = volumes.at(payees.places)
    paired = pair(both, pairing)
    for leg, left_over in zip(volumes, paired.left_over, strict=True):
        leg[payees.places] = left_over
    paid = where(paired.payment > 0)
    payment = paired.payment[paid]
    cuts = _cut(payment, payees.standings.at(paid), pairing, programme)
    rest = (*both, paired.matched, *paired.left_over)
    claims = Claims(payees.positions[paid], payment, *cuts, *(each[paid] for each in rest))
    return claims, LegValues(carried(volumes.left, pairing), carried(volumes.right, pairing))


def _any(*legs: LegValues) -> bool:
    return any(volumes.any() for each in legs for volumes in each)


def _cut(payment: Whole, standings: Standings, pairing: Pairing, programme: Programme) -> Cuts:
    """Applies the caps of each member's rank."""
    if not programme.capped_ranks and not any(each.pairing_cap or pairing.cap for each in programme.ranks):
        return uncut(payment)
    ranks, rank = programme.ranks, standings.rank
    return cut_each(
        payment,
        period=whole(each.pairing_cap or pairing.cap for each in ranks)[rank],
        single=whole(each.max_commission for each in ranks)[rank],
        lifetime=whole(lifetime_cap(each, programme) for each in ranks)[rank],
        earnings=standings.earnings,
    )


def _credit(draft: UnitOfWork, source: str, pairing: Pairing, claims: Claims) -> None:
    """Credits the claims; members whose caps leave nothing are notified."""
    if not len(claims.position):
        return
    matures = draft.at + draft.programme.maturity_ms
    made = draft.add_close(source, matures, free_state(draft, matures, approved=False), pairing, claims)
    if made.count < len(claims.position):
        for claimed in made.each():
            if not claimed.amount and claimed.cut.cap is not None:
                id = made.ids[claimed.position]
                draft.notify(id, CapReached(source, claimed.payment, claimed.cut.cap, claimed.cut.limit))


def _settled(draft: UnitOfWork, payees: Payees, claims: Claims, settle: Callable[[UnitOfWork], None]) -> Payees:
    """Returns the payees after ranks have risen by what they have just earned."""
    positions = payees.positions
    paid = np.searchsorted(positions, claims.position)
    earned = np.zeros(len(positions), claims.amount.dtype)
    earned[paid] = claims.amount
    standings = payees.standings
    standings = standings._replace(earnings=plus(standings.earnings, earned), rank=standings.rank.copy())
    if len(draft.programme.ranks) > 1:
        ids = draft.facts.tree().ids
        rising = positions[paid[may_rise(standings.at(paid), draft.programme)]]
        draft.rank_may_rise |= dict.fromkeys(ids[position] for position in rising.tolist())
        settle(draft)
        _note_changes(draft, positions, standings)
    return payees._replace(standings=standings)


def _note_changes(draft: UnitOfWork, positions: Whole, standings: Standings) -> None:
    """Notes the members whose rank has changed, and their bonuses."""
    for member in draft.decision.members.values():
        position = draft.facts.tree().position(member.id)
        place = int(np.searchsorted(positions, position))
        if place < len(positions) and positions[place] == position:
            standings.rank[place] = draft.programme.rank_order[member.rank]
            standings.earnings[place] = member.earnings
