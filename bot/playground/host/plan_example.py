"""Computes what a plan pays for one order: the engine decides it, on the example network of the plan's drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.kit.json import Json, JsonView
from engine.events.model import Attribute, Event, Join, Line, Order
from engine.plans.drawing import RECRUITS, SELLER
from engine.programme.model import PROGRAMME_TABLES, Programme
from engine.store.memory import MemoryStore

PRICE: Final = 100_000
_PRODUCT: Final = "example"


@dataclass(frozen=True, slots=True)
class PlanExample:
    """Holds what an order of `price` pays. Amounts are in minor units of `currency`.

    `alone` is what a seller without anybody above gets; `shares` are those of the drawing's members when its seller
    sells. `pairing` is the rate that a period's close pays on what both legs sold, None in plans without pairing.
    """

    price: int
    currency: str
    exponent: int
    alone: int
    shares: dict[str, int]
    pairing: str | None

    def as_json(self) -> Json:
        """Returns the example as the page's JSON."""
        shown = {"price": self.price, "currency": self.currency, "exponent": self.exponent}
        return {**shown, "alone": self.alone, "shares": dict(self.shares), "pairing": self.pairing}


def plan_example(tables: JsonView) -> PlanExample:
    """Returns the example of a programme's tables, other tables beside them being ignored. Raises ProgrammeError."""
    programme = Programme.from_tables({name: tables[name] for name in PROGRAMME_TABLES if name in tables})
    pairing, currency = programme.plan.pairing, programme.currency
    return PlanExample(
        price=PRICE,
        currency=currency.code,
        exponent=currency.exponent,
        alone=_shares(programme, SELLER, ((SELLER, None),))[SELLER],
        shares=_shares(programme, SELLER, RECRUITS),
        pairing=None if pairing is None or pairing.rate is None else pairing.rate.text,
    )


def _shares(programme: Programme, seller: str, recruits: tuple[tuple[str, str | None], ...]) -> dict[str, int]:
    """Returns what each member has earned once a friend of the seller has bought, without those who earned nothing."""
    store, buyer = MemoryStore(programme), f"{seller}'s friend"
    joining: list[Event] = [Join(member=name, sponsor=sponsor) for name, sponsor in recruits]
    bought = Order(order=_PRODUCT, buyer=buyer, lines=(Line(product=_PRODUCT, amount=PRICE),))
    for event in (*joining, Attribute(person=buyer, referrer=seller), bought):
        store.take(event, at=0)
    earned = {name: each.held + each.pending + each.available for name, each in store.all_members.items()}
    return {name: amount for name, amount in earned.items() if amount}
