"""Decides qualification and who blocks a share (section 5)."""

from collections.abc import Callable, Sequence

import numpy as np

from engine.close_result import Standings
from engine.network.int_arrays import Flags
from engine.network.preorder import LegValues
from engine.programme.model import Programme
from engine.records import Member


def qualified(member: Member, programme: Programme, legs: Callable[[str], tuple[int, int]]) -> bool:
    """Returns whether the member meets the plan's requirements; a suspended member never does.

    `legs` counts the members of a member's left and right leg; called only where the plan asks.
    """
    if member.suspended:
        return False
    asks = programme.plan.requires
    if asks is None:
        return True
    if member.recruits < asks.recruits or member.sales < asks.sales:
        return False
    return not asks.legs or min(legs(member.id)) >= asks.legs


def qualified_each(standings: Standings, programme: Programme, legs: Callable[[], LegValues]) -> Flags:
    """Computes `qualified` for each of many members; `legs` counts the members of theirs."""
    met: Flags = standings.suspended == 0
    asks = programme.plan.requires
    if asks is None:
        return met
    met &= (standings.recruits >= asks.recruits) & (standings.sales >= asks.sales)
    if asks.legs:
        met &= np.minimum(*legs()) >= asks.legs
    return met


def blocker(path: Sequence[Member], chain: bool, is_qualified: Callable[[Member], bool]) -> Member | None:
    """Returns who blocks the share of the last member of `path` (levels 1 to i): that member, or with `chain` any
    below.
    """
    if not is_qualified(path[-1]):
        return path[-1]
    if chain:
        return next((member for member in path if not is_qualified(member)), None)
    return None
