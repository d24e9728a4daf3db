"""Who stands between a member and a share: qualification and its blockers (section 5)."""

from collections.abc import Sequence

from engine.programme import Programme
from engine.records import Member


def qualified(member: Member, programme: Programme) -> bool:
    """Whether the member meets the plan's requirements; a suspended member never does."""
    if member.suspended:
        return False
    asks = programme.plan.requires
    return asks is None or (member.recruits >= asks.recruits and member.sales >= asks.sales)


def blocker(path: Sequence[Member], programme: Programme) -> Member | None:
    """Who blocks the share of the last member of `path` (levels 1 to i): that member, or with `chain` any below."""
    if not qualified(path[-1], programme):
        return path[-1]
    if programme.plan.chain:
        return next((member for member in path if not qualified(member, programme)), None)
    return None
