"""Explains a source's commissions: every rule that applied and every one that lost. Amounts in minor units."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from engine.events.codec import iso_time
from engine.queries.progress import plan_needs
from engine.rates import MILLION, parse_rate
from engine.records import Commission, Member, OrderRecord
from engine.replay import Replayable

_NO_SELLER = {
    "no_sponsor": "nobody brought the buyer in before it",
    "suspended": "{sponsor}, who brought the buyer in, was suspended",
    "window": "it came later than {days} days after {sponsor} brought the buyer in",
    "not_first": "it was not the buyer's first order, and only first purchases pay",
}

_RULES = {
    "link": "the rate of the buyer's link",
    "offer-product": "the offer {name} on this product",
    "offer-category": "the offer {name} on this category",
    "offer": "the offer {name} on everything",
    "product": "the rate of the product {name}",
    "category": "the rate of the category {name}",
    "rank": "the seller's rank {name}",
}

_CAPS = {
    "single": "the rank's cap of {limit} on a single commission",
    "lifetime": "the lifetime cap of {limit}",
    "period": "the period's cap of {limit}",
}

_NEEDS = {
    "recruits": "recruits",
    "sales": "in sales",
    "earnings": "in earnings",
    "left": "members in the left leg",
    "right": "members in the right leg",
}

_BASES = {"direct": "the direct commission", "sale": "the order's total"}

Trace = dict[str, Any]


class Explainable(Replayable, Protocol):
    """Reads a store whose commissions can be explained."""

    def order(self, id: str) -> OrderRecord | None: ...
    def member(self, id: str) -> Member | None: ...


def explained(store: Explainable, source: str) -> list[str]:
    """Returns the lines about a source such as order:17; none for an unknown source."""
    kind, _, id = source.partition(":")
    order = store.order(id) if kind == "order" else None
    found = sorted((one for one in store.all_commissions() if one.source == source), key=lambda one: one.number)
    lines = [*(_order(order) if order is not None else ())]
    for commission in found:
        lines += _commission(commission, store)
    if order is not None and not found:
        lines.append("it paid no commission")
    return lines


def _order(order: OrderRecord) -> Iterator[str]:
    refunded = f", {order.refunded} of it refunded" if order.refunded else ""
    yield f"order:{order.id} of {iso_time(order.at)}: bought by {order.buyer}, total {order.total}{refunded}"
    trace = dict(order.trace)
    if (why := trace.pop("no_seller", None)) is not None:
        reason = _NO_SELLER.get(why, why).format_map(trace)
        yield f"  nobody is credited with it: {reason}"
        return
    yield f"  credited to {order.seller}, of the rank {trace.pop('rank', '-')} when it arrived"
    for line in trace.pop("lines", ()):
        yield from _line(line)
    yield f"  direct commission before caps: {trace.pop('direct', 0)}{_rounded(trace.pop('rounded_from', None))}"
    if (over := trace.pop("over_total", None)) is not None:
        yield f"    cut from {over}: never more than the order's total"
    yield from _whatever_else(trace, "  ")


def _line(line: Trace) -> Iterator[str]:
    of = f", category {line['category']}" if line["category"] is not None else ""
    quantity = f", {line['quantity']} units" if line["quantity"] != 1 else ""
    yield f"  line {line['product']}{of}{quantity}, {line['amount']}: {_rule(line['rule'])}{_paid(line)}"
    for lost in line["lost"]:
        yield f"    lost: {_rule(lost)}"


def _rule(rule: list[str]) -> str:
    kind, name, rate = rule
    return f"{rate} by {_RULES.get(kind, kind).format(name=name)}"


def _paid(line: Trace) -> str:
    rate = parse_rate(line["rule"][2])
    return f" = {_exact(rate.millionths_of(line['amount'], line['quantity']))}"


def _commission(commission: Commission, store: Explainable) -> Iterator[str]:
    level = f" {commission.level}" if commission.kind == "level" else ""
    yield f"{commission.kind}{level} to {commission.member}: {commission.amount}, {_state(commission, store)}"
    trace = dict(commission.trace)
    told = _BY_KIND.get(commission.kind)
    if told is not None:
        yield from (f"  {line}" for line in told(trace))
    if (cap := trace.pop("cap", None)) is not None:
        by = _CAPS.get(cap["cap"], str(cap["cap"])).format(limit=cap["limit"])
        yield f"  cut from {cap['before']} to {commission.amount} by {by}"
    yield from _whatever_else(trace, "  ")
    if commission.reversed and commission.state != "rejected":
        yield f"  {commission.reversed} of it was taken back by refunds"


def _state(commission: Commission, store: Explainable) -> str:
    if commission.state == "held" and commission.blocker is not None:
        return f"held up by {commission.blocker}, {_lacking(commission.blocker, store)}"
    if commission.state == "pending":
        waits = [f"until {iso_time(commission.matures)}"]
        programme = store.programme
        if programme is not None and not programme.approves_by_itself and not commission.approved:
            waits.append("for an admin's word")
        return f"pending {' and '.join(waits)}"
    return str(commission.state)


def _lacking(blocker: str, store: Explainable) -> str:
    """Returns what a member lacks to be qualified now."""
    member, programme = store.member(blocker), store.programme
    if member is None or programme is None:
        return "who is not qualified"
    if member.suspended:
        return "who is suspended"
    asks = programme.plan.requires
    legs = store.tree().leg_counts(blocker) if asks is not None and asks.legs else (0, 0)
    unmet = [need for need in plan_needs(member, asks, legs) if not need.met]
    return "who has " + ", ".join(f"{need.has} of {need.asks} {_NEEDS[need.kind]}" for need in unmet)


def _direct(trace: Trace) -> Iterator[str]:
    line = f"the direct commission of {trace.pop('direct')}"
    levels = trace.pop("levels", ())
    yield line + (", less the levels' shares:" if levels else "")
    for level, member, amount in levels:
        yield f"  level {level}, {member}: {amount}"


def _level(trace: Trace) -> Iterator[str]:
    trace.pop("level", None)
    (base, amount), rate = trace.pop("base"), trace.pop("rate")
    trace.pop("rounded_from", None)
    yield f"{_share(rate, _BASES[base], amount)}; sold by {trace.pop('seller')}"
    if (blocker := trace.pop("blocker", None)) is not None:
        yield f"when it was credited, {blocker} was not qualified and held it up"


def _signup(trace: Trace) -> Iterator[str]:
    trace.pop("rule", None)
    bonus, rank = trace.pop("bonus"), trace.pop("rank")
    yield f"signup bonus of {bonus} of the rank {rank}, for {trace.pop('newcomer')} who joined"


def _rank(trace: Trace) -> Iterator[str]:
    trace.pop("rule", None)
    yield f"bonus of {trace.pop('bonus')} for the rank {trace.pop('rank')}"


def _pairing(trace: Trace) -> Iterator[str]:
    trace.pop("rule", None)
    (left, right), (left_over, right_over) = trace.pop("legs"), trace.pop("left_over")
    matched, rate, bonus = trace.pop("matched"), trace.pop("rate", None), trace.pop("bonus", None)
    yield f"left leg {left}, right leg {right}: {matched} matched"
    if rate is not None:
        yield _share(rate, "the matched volume", matched)
    if bonus is not None:
        yield f"{bonus} for each of {matched} pairs of {trace.pop('unit')}, which is {bonus * matched}"
    yield f"left over before carry: {left_over} and {right_over}"


_BY_KIND = {"direct": _direct, "level": _level, "signup": _signup, "rank": _rank, "pairing": _pairing}


def _share(rate: str, of: str, amount: int) -> str:
    exact = parse_rate(rate).millionths * amount
    rounded = _rounded(_exact(exact)) if exact % MILLION else ""
    return f"{rate} of {of} of {amount}, which is {exact // MILLION}{rounded}"


def _whatever_else(trace: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Yields the trace's remaining entries, so that every recorded figure is shown."""
    for key, value in trace.items():
        yield f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}"


def _rounded(exact: str | None) -> str:
    return f" (rounded down from {exact})" if exact is not None else ""


def _exact(millionths: int) -> str:
    """Returns millionths of a minor unit as a decimal number."""
    whole, rest = divmod(millionths, MILLION)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".") if rest else str(whole)
