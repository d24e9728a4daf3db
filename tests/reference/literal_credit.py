"""Crediting within the caps, and what follows of itself: releases, ranks, maturity (sections 5, 6, 8, 9)."""

from __future__ import annotations

from literal_network import is_qualified, share_is_blocked
from literal_programme import Tables, rank_index
from literal_world import Commission, Member, World


def credit(
    world: World,
    name: str,
    wanted: int,
    source: str,
    kind: str,
    *,
    level: int = 0,
    held: bool = False,
    seller: str | None = None,
    maturity_days: int = 0,
    period_cap: int = 0,
) -> None:
    """Records what the caps leave of the wanted amount; the rest goes to `over_cap`. No record of 0.

    `maturity_days` is the order's own; the longer of it and the programme's holds. A cap of 0 is none.
    """
    member = world.members[name]
    rank = world.rank_of(member)
    lifetime_cap = rank["max_earnings"] or world.programme["program"]["max_earnings"]
    amount = wanted
    if period_cap:
        amount = min(amount, period_cap)
    if rank["max_commission"]:
        amount = min(amount, rank["max_commission"])
    if lifetime_cap:
        amount = min(amount, max(0, lifetime_cap - world.earnings_of(name)))
    world.over_cap += wanted - amount
    if amount == 0:
        return
    matures = world.now + world.days(max(maturity_days, world.programme["program"]["maturity_days"]))
    stage = "held" if held else "pending"
    world.commissions.append(Commission(source, name, kind, level, amount, matures, stage, seller))


def credit_signup(world: World, newcomer: str) -> None:
    """The sponsor's rank pays for the new member; held or not paid where the sponsor is not qualified."""
    sponsor = world.sponsor_of(newcomer)
    if sponsor is None:
        return
    bonus = world.rank_of(world.members[sponsor])["signup_bonus"]
    qualified = is_qualified(world, sponsor)
    if qualified or world.programme["plan"]["unqualified"] == "hold":
        credit(world, sponsor, bonus, f"join:{newcomer}", "signup", held=not qualified)


def settle(world: World) -> None:
    """What follows an event or the passing of time: releases, ranks, maturity."""
    release(world)
    settle_ranks(world)
    mature(world)


def release(world: World) -> None:
    """A held commission is released for good at the moment nothing blocks it any more."""
    for commission in world.commissions:
        if commission.stage == "held" and not is_blocked(world, commission):
            commission.stage = "pending"


def is_blocked(world: World, commission: Commission) -> bool:
    """Whether today's requirement is not met; only level shares know a chain."""
    if commission.kind == "signup":
        return not is_qualified(world, commission.member)
    assert commission.seller is not None
    return share_is_blocked(world, commission.seller, commission.level)


def mature(world: World) -> None:
    """Pending ones become available at their maturity and, where approval is manual, once approved."""
    needs_approval = world.programme["program"]["approval"] == "manual"
    for commission in world.commissions:
        waits_for_admin = needs_approval and not commission.approved
        if commission.stage == "pending" and world.now >= commission.matures and not waits_for_admin:
            commission.stage = "available"


def settle_ranks(world: World) -> None:
    """Every member moves to the highest rank whose requirements hold, until nothing changes."""
    for member in world.members.values():
        while (target := highest_rank_earned(world, member)) > rank_index(world.programme, member.rank):
            climb_to(world, member, target)


def highest_rank_earned(world: World, member: Member) -> int:
    """The highest rank that the member has now earned; nobody moves down."""
    own = rank_index(world.programme, member.rank)
    ranks = world.programme["ranks"]
    earned = [index for index in range(own + 1, len(ranks)) if rank_is_earned(world, member, ranks[index])]
    return max(earned, default=own)


def rank_is_earned(world: World, member: Member, rank: Tables) -> bool:
    requires: dict[str, int] = rank["requires"]
    return (
        world.sales_of(member.name) >= requires["sales"]
        and world.earnings_of(member.name) >= requires["earnings"]
        and world.recruits_of(member.name) >= requires["recruits"]
    )


def climb_to(world: World, member: Member, target: int) -> None:
    """One step at a time; each rank entered for the first time pays its bonus within its own caps."""
    for index in range(rank_index(world.programme, member.rank) + 1, target + 1):
        rank = world.programme["ranks"][index]
        member.rank = rank["id"]
        if rank["id"] not in member.entered:
            member.entered.add(rank["id"])
            credit(world, member.name, rank["bonus"], f"rank:{rank['id']}", "rank")
