"""Defines Hypothesis strategies for histories: event lists in the journal's form, in time order.

Numbers are small and names are few, so that caps, ranks, ties and refusals are frequent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from valid_programmes import (
    ALL_KINDS,
    CAST,
    CATEGORIES,
    PRODUCTS,
    SPONSOR_TREE_KINDS,
    Tables,
    dictionaries,
    flags,
    mostly,
    programmes,
    rates,
)

__all__ = [
    "ALL_KINDS",
    "CAST",
    "SPONSOR_TREE_KINDS",
    "Event",
    "Tables",
    "cases",
    "histories",
    "programmes",
    "unrelated",
]

Event = dict[str, Any]

NOBODY = "nobody"
# Shortly before a month begins or clocks change: Nowruz, New York's 8 March, Cairo's midnight of 24 April.
FIRST_DAYS = ((2026, 1, 1), (2026, 3, 7), (2026, 3, 20), (2026, 4, 22))
STEPS = (
    *[timedelta(0)] * 5,
    *[timedelta(hours=1)] * 4,
    *[timedelta(days=1)] * 4,
    *(timedelta(days=days) for days in (2, 3, 7, 31)),
    *(timedelta(seconds=1), timedelta(hours=7), timedelta(days=1, seconds=-1)),
)


@dataclass
class Author:
    """Writes one history: keeps the events so far, so that later ones can refer to them."""

    draw: DrawFn
    programme: Tables
    kinds: Sequence[str]
    cast: Sequence[str]
    prefix: str
    now: datetime
    joined: list[str] = field(default_factory=list)
    sponsors: dict[str, str] = field(default_factory=dict)
    told: list[Event] = field(default_factory=list)

    def choose(self, options: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def earlier(self, kind: str) -> list[Event]:
        return [event for event in self.told if event["type"] == kind]

    def new_id(self, kind: str) -> str:
        return f"{self.prefix}{kind[0]}{len(self.earlier(kind)) + 1}"

    def buyer(self) -> str:
        """Returns a buyer, mostly one with a sponsor."""
        brought = tuple(self.sponsors) or self.cast
        return str(self.choose((*brought, *brought[-2:]) if self.draw(mostly) else self.cast))

    def earner(self) -> str:
        """Returns a person, mostly one who is a sponsor."""
        return str(self.choose(tuple(self.sponsors.values())) if self.sponsors else self.member())

    def above(self, person: str) -> list[str]:
        """Returns those who probably earn from the person's actions, nearest first."""
        earners: list[str] = []
        while person in self.sponsors and self.sponsors[person] not in earners:
            person = self.sponsors[person]
            earners.append(person)
        return earners

    def member(self) -> str:
        """Returns a person who has probably joined, rarely anyone."""
        stranger = not self.joined or self.choose(range(12)) == 11
        return str(self.choose((*self.cast, NOBODY)) if stranger else self.choose(self.joined))

    def tell(self, kind: str) -> None:
        """Lets some time pass and adds an event of this type."""
        self.now += self.choose(STEPS)
        zone = self.choose((UTC, UTC, timezone(timedelta(hours=3, minutes=30))))
        at = self.now.astimezone(zone).isoformat().replace("+00:00", "Z")
        self.told.append({"at": at, "type": kind} | TELLERS[kind](self))


def tell_join(author: Author) -> Event:
    waiting = [name for name in author.cast if name not in author.joined]
    member = author.choose((*waiting, *waiting, author.choose(author.cast)))
    event = {"member": member}
    if author.joined and author.choose(range(8)):
        event["sponsor"] = author.choose((author.member(), author.joined[0], author.joined[-1], author.joined[-1]))
    if member not in author.joined:
        author.joined.append(member)
        author.sponsors |= {member: event["sponsor"]} if event.get("sponsor", NOBODY) in author.joined else {}
    return event


def tell_attribute(author: Author) -> Event:
    waiting = [name for name in author.cast if name not in author.joined]
    event = {
        "person": author.choose((*waiting, *waiting, author.choose(author.cast))),
        "referrer": author.choose((author.member(), *author.joined[-2:])),
    }
    if event["referrer"] in author.joined and event["person"] not in author.joined:
        author.sponsors.setdefault(event["person"], event["referrer"])
    if author.choose(range(5)) == 0:
        event["commission"] = author.draw(rates)
    return event


def tell_order(author: Author) -> Event:
    """Returns a new order, or sometimes an earlier one."""
    if author.earlier("order") and author.choose(range(8)) == 0:
        return tell_order_again(author)
    event = {"order": author.new_id("order"), "buyer": author.buyer(), "lines": author.draw(order_lines)}
    return event | ({"maturity_days": author.choose((1, 21))} if author.choose(range(6)) == 0 else {})


def tell_order_again(author: Author) -> Event:
    """Returns an earlier order: the same, the same with defaults filled in, or a different one under its id."""
    again = content(author.choose(author.earlier("order")))
    variant = author.choose(("same", "defaults", "other"))
    if variant == "other":
        return again | {"buyer": author.choose(author.cast)}
    if variant == "defaults":
        lines = [{"quantity": 1} | line for line in again["lines"]]
        return again | {"lines": lines, "maturity_days": 5}
    return again


def content(event: Event) -> Event:
    """Returns an event's content, without its time and type."""
    return {key: value for key, value in event.items() if key not in ("at", "type")}


order_lines = st.lists(
    dictionaries(
        {
            "product": st.sampled_from(PRODUCTS),
            "amount": st.sampled_from((1, 7, 99, 100, 333, 1000, 1999, 5000)),
        },
        {"category": st.sampled_from(CATEGORIES), "quantity": st.sampled_from((1, 2, 3))},
    ),
    min_size=1,
    max_size=3,
)


def tell_refund(author: Author) -> Event:
    orders = author.earlier("order")
    if not orders or author.choose(range(10)) == 0:
        return {"order": "never-seen"}
    order = author.choose((*orders, *orders[:2]))
    total = sum(line["amount"] for line in order["lines"])
    part = author.choose((None, 1, max(1, total // 3), total, total + 1))
    return {"order": order["order"]} | ({} if part is None else {"amount": part})


def tell_decision(author: Author) -> Event:
    """Returns an approval or rejection, mostly of a probably credited commission."""
    orders, yesterday = author.earlier("order"), author.now - timedelta(days=author.choose(range(1, 9)))
    kind = author.choose(("order", "order", "order", "order", "join", "rank", "period"))
    if kind == "order" and orders:
        order = author.choose((*orders, orders[-1], orders[-1]))
        return {
            "source": f"order:{order['order']}",
            "member": author.choose(author.above(order["buyer"]) or author.cast),
        }
    if kind == "join":
        newcomer = author.choose(author.joined)
        return {
            "source": f"join:{newcomer}",
            "member": author.choose(author.above(newcomer)[:1] or author.cast),
        }
    source = (
        f"period:{yesterday.date().isoformat()}" if kind == "period" else author.choose(("rank:silver", "rank:gold"))
    )
    return {"source": source, "member": author.member()}


def tell_withdraw(author: Author) -> Event:
    amount = author.choose((1, 1, 5, 20, 20, 90, 4000))
    return repeated(author, "withdraw") or {
        "id": author.new_id("withdraw"),
        "member": author.earner(),
        "amount": amount,
    }


def tell_adjust(author: Author) -> Event:
    amount = author.choose((-400, -30, -1, 1, 30, 400))
    return repeated(author, "adjust") or {
        "id": author.new_id("adjust"),
        "member": author.member(),
        "amount": amount,
        "reason": "by hand",
    }


def repeated(author: Author, kind: str) -> Event | None:
    """Returns, now and then, an earlier event of this type, half the time with another amount."""
    earlier = author.earlier(kind)
    if not earlier or author.choose(range(4)):
        return None
    again: Event = content(author.choose(earlier)) | author.choose(({}, {"amount": 2}))
    return again


def tell_withdrawal_id(author: Author) -> Event:
    ids = [event["id"] for event in author.earlier("withdraw")]
    return {"id": author.choose((*ids, *ids[-2:]) or ("never-seen",))}


def tell_settle(author: Author) -> Event:
    return tell_withdrawal_id(author) | {"outcome": author.choose(("paid", "paid", "rejected", "cancelled"))}


def tell_member(author: Author) -> Event:
    return {"member": author.member()}


def tell_tick(author: Author) -> Event:  # noqa: ARG001  (same signature as the others)
    """Returns an event without content: only time passes."""
    return {}


def tell_programme(author: Author) -> Event:
    """Returns another programme, mostly one that may replace the previous one."""
    plan = author.programme["plan"]
    tables: Tables = author.draw(programmes(author.kinds if author.choose(range(4)) == 0 else [plan["kind"]]))
    if author.choose(range(8)):
        tables["program"]["currency"] = author.programme["program"]["currency"]
    if tables["plan"]["kind"] == plan["kind"] and author.choose(range(4)):
        for places in ("width", "pairs"):
            tables["plan"].pop(places, None)
            tables["plan"] |= {places: plan[places]} if places in plan else {}
    return {"tables": tables}


TELLERS: dict[str, Callable[[Author], Event]] = {
    "join": tell_join,
    "attribute": tell_attribute,
    "order": tell_order,
    "refund": tell_refund,
    "approve": tell_decision,
    "reject": tell_decision,
    "suspend": tell_member,
    "reinstate": tell_member,
    "withdraw": tell_withdraw,
    "authorise": tell_withdrawal_id,
    "settle": tell_settle,
    "adjust": tell_adjust,
    "programme": tell_programme,
    "tick": tell_tick,
}
WEIGHTS = {
    "order": 16,
    "join": 7,
    "attribute": 4,
    "refund": 8,
    "approve": 6,
    "reject": 3,
    "withdraw": 7,
    "settle": 5,
    "authorise": 1,
    "suspend": 2,
    "reinstate": 2,
    "adjust": 2,
    "tick": 4,
}
MIXED = tuple(kind for kind, weight in WEIGHTS.items() for _ in range(weight))


@st.composite
def histories(
    draw: DrawFn,
    programme: Tables,
    *,
    kinds: Sequence[str] = ALL_KINDS,
    cast: Sequence[str] = CAST,
    prefix: str = "",
    changes: bool = True,
    most_events: int = 40,
) -> list[Event]:
    """Draws events in the journal's form, in time order, about a small cast; some of them will be refused.

    `kinds` limits the kinds of a changed programme's plan, `prefix` separates ids from another history's, and without
    `changes` the programme stays the same.
    """
    zone = programme["program"].get("timezone", "UTC")
    midnight = datetime(*draw(st.sampled_from(FIRST_DAYS)), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    author = Author(draw, programme, kinds, cast, prefix, midnight - draw(st.sampled_from(STEPS)))
    length = draw(st.integers(most_events // 4, most_events))
    middle = draw(st.lists(st.sampled_from(MIXED), min_size=length, max_size=length))
    if changes and draw(flags):
        middle.insert(draw(st.integers(0, len(middle))), "programme")
    for kind in (*["join"] * 5, "attribute", "attribute", *middle):
        author.tell(kind)
    return author.told


def cases(kinds: Sequence[str] = ALL_KINDS, *, changes: bool = True) -> SearchStrategy[tuple[Tables, list[Event]]]:
    """Returns the strategy of a programme of one of the kinds and a history under it: one object for the same
    arguments.
    """
    return _cases(tuple(kinds), changes)


@cache
@st.composite
def _cases(draw: DrawFn, kinds: Sequence[str], changes: bool) -> tuple[Tables, list[Event]]:
    programme = draw(programmes(kinds))
    return programme, draw(histories(programme, kinds=kinds, changes=changes))


@cache
@st.composite
def unrelated(draw: DrawFn) -> tuple[Tables, list[Event], list[Event], list[Event]]:
    """Draws a programme, two histories of unrelated people, and both merged into one.

    Events at the same moment are merged in either order, so that results must not depend on it. All three histories end
    at the same moment.
    """
    programme = draw(programmes())
    halves = [
        draw(histories(programme, cast=cast, prefix=prefix, changes=False, most_events=15))
        for cast, prefix in ((CAST[:4], "left-"), (CAST[4:], "right-"))
    ]
    end: Event = {"at": max((half[-1]["at"] for half in halves), key=datetime.fromisoformat), "type": "tick"}
    left, right = [[*half, end] for half in halves]
    return programme, left, right, [*draw(interleavings(halves[0], halves[1])), end]


@st.composite
def interleavings(draw: DrawFn, left: list[Event], right: list[Event]) -> list[Event]:
    """Draws both histories merged, in time order; simultaneous events come in either order."""
    merged: list[Event] = []
    left, right = list(left), list(right)
    while left and right:
        moments = [datetime.fromisoformat(half[0]["at"]) for half in (left, right)]
        left_goes_first = draw(flags) if moments[0] == moments[1] else moments[0] < moments[1]
        merged.append((left if left_goes_first else right).pop(0))
    return merged + left + right
