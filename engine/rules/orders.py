"""Records an order: who is credited with it, and what it pays directly (section 4)."""

from collections.abc import Iterator
from typing import Any

from engine.errors import Conflict
from engine.events.model import Line, Order
from engine.notices import FriendBought
from engine.programme.model import DAY_MS, Offer, Programme
from engine.rates import MILLION, Rule, choose, parse_rate
from engine.records import Member, PersonRecord
from engine.records import OrderRecord as OrderRow
from engine.rules.joining import become_member
from engine.rules.levels import Sale, pay_sale
from engine.rules.volumes import add_volume, order_node
from engine.traces import DirectCommission, LineRate, NamedRate
from engine.unit_of_work import UnitOfWork


def order(event: Order, draft: UnitOfWork) -> None:
    """Records the order once, makes its buyer a member if it joins them, and pays its commissions."""
    known = draft.order(event.order)
    if known is not None:
        if (known.buyer, known.lines) != (event.buyer, event.lines):
            raise Conflict(event.order)
        return
    _join_by_purchase(event, draft)
    buyer = draft.edit_person(event.buyer)
    seller, why = seller_of(buyer, draft)
    buyer.orders += 1
    total = event.total
    row = OrderRow(event.order, event.buyer, seller.id if seller else None, total, draft.at, event.lines, why=why)
    row.node = order_node(row, draft)
    if row.node is not None:
        add_volume(draft, row.node, total)
    draft.put_order(row)
    if seller is not None:
        _pay(event, row, buyer, seller, draft)
    elif "sponsor" in why:  # members who see a friend buy and earn nothing want to know why
        draft.notify(why["sponsor"], FriendBought(event.buyer, event.order, total, why["no_seller"]))


def _join_by_purchase(event: Order, draft: UnitOfWork) -> None:
    joining = draft.programme.program.join
    joins = joining.mode == "purchase" and any(line.product in joining.products for line in event.lines)
    if joins and draft.member(event.buyer) is None:
        person = draft.person(event.buyer)
        become_member(draft, event.buyer, person.sponsor if person is not None else None)


def seller_of(buyer: PersonRecord, draft: UnitOfWork) -> tuple[Member | None, dict[str, Any]]:
    """Returns the buyer's sponsor, or None and the name of the rule that keeps this order from paying."""
    program = draft.programme.program
    sponsor = draft.member(buyer.sponsor) if buyer.sponsor is not None else None
    if sponsor is None or buyer.since is None:
        return None, {"no_seller": "no_sponsor"}
    if sponsor.suspended:
        return None, {"no_seller": "suspended", "sponsor": sponsor.id}
    window = program.commission_window_days
    if window and draft.at > buyer.since + window * DAY_MS:
        return None, {"no_seller": "window", "sponsor": sponsor.id, "days": window}
    if program.first_purchase_only and buyer.orders:
        return None, {"no_seller": "not_first", "sponsor": sponsor.id}
    return sponsor, {}


def _pay(event: Order, row: OrderRow, buyer: PersonRecord, seller: Member, draft: UnitOfWork) -> None:
    seller = draft.edit_member(seller.id)
    direct, row.why = direct_commission(event, buyer, seller, draft.programme, draft.at)
    sale = Sale(
        order=event.order,
        seller=seller.id,
        total=row.total,
        direct=direct,
        maturity_ms=(event.maturity_days or 0) * DAY_MS,
    )
    pay_sale(sale, draft)
    seller.sales += row.total
    draft.rank_may_rise[seller.id] = None
    if draft.programme.plan.requires is not None:
        draft.may_be_qualified[seller.id] = None


def direct_commission(
    event: Order, buyer: PersonRecord, seller: Member, programme: Programme, at: int
) -> tuple[int, DirectCommission]:
    """Returns the order's direct commission before caps, in minor units, and its trace."""
    millionths, total, lines = 0, 0, []
    for line in event.lines:
        winner, losers = choose(rules_for(line, buyer, seller, programme, at), line.amount, line.quantity)
        millionths += winner.rate.millionths_of(line.amount, line.quantity)
        total += line.amount
        lines.append(_line_rate(line, winner, losers))
    exact, fraction = divmod(millionths, MILLION)
    why = DirectCommission(seller.rank, tuple(lines), min(exact, total))
    if fraction:
        why.rounded_from = f"{exact}.{fraction:06}".rstrip("0")
    if exact > total:
        why.over_total = exact
    return why.direct, why


def _line_rate(line: Line, winner: Rule, losers: list[Rule]) -> LineRate:
    lost = tuple(map(_named, losers)) if losers else ()
    return LineRate(line.product, line.category, line.amount, line.quantity, _named(winner), lost)


def _named(rule: Rule) -> NamedRate:
    return NamedRate(rule.kind, rule.name, rule.rate.text)


def rules_for(line: Line, buyer: PersonRecord, seller: Member, programme: Programme, at: int) -> list[Rule]:
    """Returns every rule that could give the line's rate: the link's, offers, product and category rates, the
    rank's.
    """
    rules = [programme.rank_rules[seller.rank]]
    if buyer.commission is not None:
        rules.append(Rule("link", "", parse_rate(buyer.commission)))
    if programme.offers:
        rules += _offers_on(line, seller, programme, at)
    if programme.rates:
        rules += [Rule("product", line.product, rate) for rate in programme.rates_by_product.get(line.product, ())]
    if programme.rates and line.category is not None:
        rules += [Rule("category", line.category, rate) for rate in programme.rates_by_category.get(line.category, ())]
    return rules


def _offers_on(line: Line, seller: Member, programme: Programme, at: int) -> Iterator[Rule]:
    for offer in programme.offers:
        if (kind := _covers(offer, line)) is not None and offer.holds(seller.id, at):
            yield Rule(kind, offer.id, offer.commission)


def _covers(offer: Offer, line: Line) -> str | None:
    """Returns the kind of rule that the offer is for this line, if any."""
    if offer.products is not None:
        return "offer-product" if line.product in offer.products else None
    if offer.categories is not None:
        return "offer-category" if line.category in offer.categories else None
    return "offer"
