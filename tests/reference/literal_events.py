"""What each type of event does to the world, or the refusal it meets (sections 3, 9 and 10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from literal_credit import credit, credit_signup
from literal_network import add_volume, is_qualified, place_for_newcomer, share_is_blocked, upline
from literal_programme import Tables, filled_in, places_under_a_member, share_of
from literal_rates import direct_commission, seller_of
from literal_world import Commission, Member, Order, RefusedError, Sponsorship, Withdrawal, World

Event = dict[str, Any]


def attribute(world: World, event: Event) -> None:
    """A person follows a member's link; the first sponsor wins, later ones change nothing."""
    person, referrer = event["person"], event["referrer"]
    if person == referrer:
        raise RefusedError("self_referral")
    world.member(referrer)
    if person in world.members:
        raise RefusedError("already_member")
    if person not in world.sponsorships:
        world.sponsorships[person] = Sponsorship(referrer, world.now, event.get("commission"))


def join(world: World, event: Event) -> None:
    """A person becomes a member; a sponsor given here is not even looked at where the person has one."""
    name, sponsor = event["member"], event.get("sponsor")
    if name in world.members:
        raise RefusedError("already_member")
    if sponsor is not None and name not in world.sponsorships:
        if name == sponsor:
            raise RefusedError("self_referral")
        world.member(sponsor)
        world.sponsorships[name] = Sponsorship(sponsor, world.now)
    become_member(world, name)


def become_member(world: World, name: str) -> None:
    """Takes the newcomer's place, adds the new member's own volume above it, and pays the sponsor."""
    parent, slot = place_for_newcomer(world, world.sponsor_of(name))
    start = world.programme["ranks"][0]["id"]
    world.members[name] = Member(name, parent, slot, start, entered={start})
    if measured(world) == "members":
        add_volume(world, name, 1)
    credit_signup(world, name)


def measured(world: World) -> str | None:
    """What counts as volume now, or None where the programme pairs nothing."""
    pairing = world.programme["plan"]["pairing"]
    return None if pairing is None else str(pairing["measure"])


def order(world: World, event: Event) -> None:
    """Takes an order once: a joining product first, then its commissions, then its volume."""
    name, buyer = event["order"], event["buyer"]
    lines = [{"category": None, "quantity": 1} | line for line in event["lines"]]
    if name in world.orders:
        if (world.orders[name].buyer, world.orders[name].lines) != (buyer, lines):
            raise RefusedError("conflict")
        return
    if buyer not in world.members and holds_joining_product(world, lines):
        become_member(world, buyer)
    seller = seller_of(world, buyer)
    node = volume_node(world, buyer, seller)
    taken = world.orders[name] = Order(name, buyer, lines, seller, node)
    if seller is not None:
        pay_order(world, taken, seller, event.get("maturity_days", 0))
    if node is not None:
        add_volume(world, node, taken.total)


def holds_joining_product(world: World, lines: list[Tables]) -> bool:
    joining = world.programme["program"]["join"]
    return joining["mode"] == "purchase" and any(line["product"] in joining["products"] for line in lines)


def volume_node(world: World, buyer: str, seller: str | None) -> str | None:
    """Above whom the order's total counts: the buyer where a member, else the seller; or nowhere."""
    if measured(world) != "sales":
        return None
    return buyer if buyer in world.members else seller


def pay_order(world: World, taken: Order, seller: str, maturity_days: int) -> None:
    """Credits the seller first, then level 1, 2, ..."""
    plan = world.programme["plan"]
    direct = direct_commission(world, taken.buyer, seller, taken.lines)
    base = direct if plan["base"] == "direct" else taken.total
    source, seller_funds = f"order:{taken.name}", plan["funding"] == "seller"
    shares = level_shares(world, seller, base)
    cut_out = sum(amount for *_, amount, fate in shares if fate != "seller") if seller_funds else 0
    credit(world, seller, direct - cut_out, source, "direct", maturity_days=maturity_days)
    for level, member, amount, fate in shares:
        if fate in ("paid", "hold"):
            credit(world, member, amount, source, "level", level=level, held=fate == "hold", seller=seller,
                   maturity_days=maturity_days)  # fmt: skip


def level_shares(world: World, seller: str, base: int) -> list[tuple[int, str, int, str]]:
    """Level, member, amount and fate of each share; the fate of a blocked one is what `unqualified` says."""
    plan = world.programme["plan"]
    compressed = plan["unqualified"] == "compress"
    above = [name for name in upline(world, seller) if not compressed or is_qualified(world, name)]
    shares = []
    for level, (rate, member) in enumerate(zip(plan["levels"], above, strict=False), start=1):
        blocked = not compressed and share_is_blocked(world, seller, level)
        shares.append((level, member, share_of(rate, base), plan["unqualified"] if blocked else "paid"))
    return shares


def refund(world: World, event: Event) -> None:
    """Takes back commissions and volume in proportion to all refunds of the order so far."""
    if event["order"] not in world.orders:
        raise RefusedError("unknown_order")
    taken = world.orders[event["order"]]
    left = taken.total - taken.refunded
    amount = event.get("amount", left)
    if left == 0 or amount > left:
        raise RefusedError("over_refund")
    taken.refunded += amount
    for commission in world.commissions:
        if commission.source == f"order:{taken.name}" and commission.stage != "rejected":
            commission.reversed = -(-commission.amount * taken.refunded // taken.total)
    if taken.volume_node is not None:
        add_volume(world, taken.volume_node, -amount)


def first_recorded(world: World, event: Event) -> Commission:
    """The first recorded commission of this source and member, or the refusal `unknown_commission`."""
    for commission in world.commissions_of(event["member"]):
        if commission.source == event["source"]:
            return commission
    raise RefusedError("unknown_commission")


def approve(world: World, event: Event) -> None:
    """Approval of a held commission is remembered; approving twice, or what is available, changes nothing."""
    commission = first_recorded(world, event)
    if commission.state == "rejected":
        raise RefusedError("already_settled")
    commission.approved = True


def reject(world: World, event: Event) -> None:
    """Only what is held or pending can be rejected; it then shows `reversed` 0."""
    commission = first_recorded(world, event)
    if commission.state not in ("held", "pending"):
        raise RefusedError("already_settled")
    commission.stage = "rejected"
    commission.reversed = 0


def suspend(world: World, event: Event) -> None:
    world.member(event["member"]).suspended = True


def reinstate(world: World, event: Event) -> None:
    world.member(event["member"]).suspended = False


def withdraw(world: World, event: Event) -> None:
    """Reserves the amount; the same withdrawal is taken once, a refused one leaves its id free."""
    member = world.member(event["member"])
    earlier = world.withdrawals.get(event["id"])
    if earlier is not None:
        if (earlier.member, earlier.amount) != (event["member"], event["amount"]):
            raise RefusedError("conflict")
        return
    if member.suspended:
        raise RefusedError("suspended")
    if event["amount"] < world.programme["program"]["min_withdrawal"]:
        raise RefusedError("below_minimum")
    if event["amount"] > world.available_to(member.name):
        raise RefusedError("insufficient_funds")
    world.withdrawals[event["id"]] = Withdrawal(member.name, event["amount"])


def open_withdrawal(world: World, event: Event) -> Withdrawal:
    """The withdrawal of this id that nobody has settled yet, or the refusal."""
    if event["id"] not in world.withdrawals:
        raise RefusedError("unknown_withdrawal")
    if world.withdrawals[event["id"]].state != "reserved":
        raise RefusedError("already_settled")
    return world.withdrawals[event["id"]]


def authorise(world: World, event: Event) -> None:
    """A replayed history may leave it out, so it only has to be possible."""
    open_withdrawal(world, event)


def settle_withdrawal(world: World, event: Event) -> None:
    """`paid` settles it; `rejected` and `cancelled` give the amount back."""
    open_withdrawal(world, event).state = event["outcome"]


def adjust(world: World, event: Event) -> None:
    """Adds to `available` at once; it is no commission."""
    content = (world.member(event["member"]).name, event["amount"])
    if world.adjustments.setdefault(event["id"], content) != content:
        raise RefusedError("conflict")


def programme(world: World, event: Event) -> None:
    """Another programme is in force from here on, unless what already stands forbids it."""
    old, new = world.programme, filled_in(event["tables"])
    ranks_left = {rank["id"] for rank in new["ranks"]}
    somebody_is_placed = any(member.slot is not None for member in world.members.values())
    other_places = places_under_a_member(old["plan"]) != places_under_a_member(new["plan"])
    if (
        old["program"]["currency"] != new["program"]["currency"]
        or old["plan"]["kind"] != new["plan"]["kind"]
        or (other_places and somebody_is_placed)
        or any(member.rank not in ranks_left for member in world.members.values())
    ):
        raise RefusedError("programme_change")
    world.programme = new


def tick(world: World, event: Event) -> None:
    """Nothing: time passes."""


HANDLERS: dict[str, Callable[[World, Event], None]] = {
    "attribute": attribute,
    "join": join,
    "order": order,
    "refund": refund,
    "approve": approve,
    "reject": reject,
    "suspend": suspend,
    "reinstate": reinstate,
    "withdraw": withdraw,
    "authorise": authorise,
    "settle": settle_withdrawal,
    "adjust": adjust,
    "programme": programme,
    "tick": tick,
}
