"""Who sold an order and what the seller's direct commission on it is (section 4)."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from math import floor

from literal_programme import Tables, pays_for_line
from literal_world import World


def seller_of(world: World, buyer: str) -> str | None:
    """The member credited with an order that this buyer places now, or None where it pays nothing."""
    sponsorship = world.sponsorships.get(buyer)
    program = world.programme["program"]
    if sponsorship is None or world.members[sponsorship.sponsor].suspended:
        return None
    window = program["commission_window_days"]
    if window and world.now > sponsorship.since + world.days(window):
        return None
    if program["first_purchase_only"] and any(order.buyer == buyer for order in world.orders.values()):
        return None
    return sponsorship.sponsor


def direct_commission(world: World, buyer: str, seller: str, lines: list[Tables]) -> int:
    """The sum over the lines, rounded down once, and never more than the order's total."""
    exact = sum((pays_most(rates_for_line(world, buyer, seller, line), line) for line in lines), Fraction(0))
    total: int = sum(line["amount"] for line in lines)
    return min(floor(exact), total)


def pays_most(rates: list[str], line: Tables) -> Fraction:
    return max(pays_for_line(rate, line) for rate in rates)


def rates_for_line(world: World, buyer: str, seller: str, line: Tables) -> list[str]:
    """All the rates of the most specific kind that has any for this line."""
    product, category = line["product"], line["category"]
    link_rate = world.sponsorships[buyer].link_rate
    offers = [offer for offer in world.programme["offers"] if offer_holds(offer, seller, world.now)]
    rates = world.programme["rates"]
    kinds = [
        [] if link_rate is None else [link_rate],
        [offer["commission"] for offer in offers if product in offer.get("products", [])],
        [offer["commission"] for offer in offers if category in offer.get("categories", [])],
        [offer["commission"] for offer in offers if "products" not in offer and "categories" not in offer],
        [rate["commission"] for rate in rates if "product" in rate and rate["product"] == product],
        [rate["commission"] for rate in rates if "category" in rate and rate["category"] == category],
        [world.rank_of(world.members[seller])["commission"]],
    ]
    return next(kind for kind in kinds if kind)


def offer_holds(offer: Tables, seller: str, now: datetime) -> bool:
    """`ends` is the first moment at which the offer no longer holds."""
    return (
        ("members" not in offer or seller in offer["members"])
        and ("starts" not in offer or moment(offer["starts"]) <= now)
        and ("ends" not in offer or now < moment(offer["ends"]))
    )


def moment(written: str | datetime) -> datetime:
    """A moment that TOML gave as a text or as a date-time of its own."""
    return written if isinstance(written, datetime) else datetime.fromisoformat(written)
