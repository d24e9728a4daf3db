"""Decides ranks: their requirements, and which one a member has earned (section 6)."""

import numpy as np

from engine.close_result import Standings
from engine.network.int_arrays import Flags
from engine.programme.model import Programme, Rank
from engine.records import Member


def meets(member: Member, rank: Rank) -> bool:
    """Returns whether all of the rank's requirements hold; the first rank has none."""
    asks = rank.requires
    return asks is None or (
        member.sales >= asks.sales and member.earnings >= asks.earnings and member.recruits >= asks.recruits
    )


def steps_up(member: Member, programme: Programme) -> list[Rank]:
    """Returns the ranks to enter now, in order, up to the highest whose requirements all hold. Ranks are never lost."""
    position = programme.rank_order[member.rank]
    for highest in range(len(programme.ranks) - 1, position, -1):
        if meets(member, programme.ranks[highest]):
            return programme.ranks[position + 1 : highest + 1]
    return []


def lifetime_cap(rank: Rank, programme: Programme) -> int:
    """Returns the rank's own cap, else the programme's; 0 is none."""
    return rank.max_earnings or programme.program.max_earnings


def may_rise(standings: Standings, programme: Programme) -> Flags:
    """Returns, for each member, whether some rank above their own has all its requirements met."""
    rises = np.zeros(len(standings.rank), np.bool_)
    for position, rank in enumerate(programme.ranks):
        asks = rank.requires
        if asks is not None:
            met = (standings.earnings >= asks.earnings) & (standings.recruits >= asks.recruits)
            rises |= (standings.rank < position) & met & (standings.sales >= asks.sales)
    return rises
