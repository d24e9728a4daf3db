"""Works out what one order pays, and to whom, by taking it in an example network with the engine's own rules."""

from dataclasses import dataclass
from fractions import Fraction

from engine.events.model import Attribute, Join, Line, Order
from engine.plans.drawing import RECRUITS, SELLER
from engine.programme.model import Programme
from engine.records import Kind
from engine.store.memory import MemoryStore

BUYER = "buyer"
ORDER = "order"


@dataclass(frozen=True, slots=True)
class ExampleShare:
    """Holds what one member of the example gets, in minor units; `level` is 0 unless a level is paid."""

    member: str
    kind: Kind
    level: int
    amount: int


@dataclass(frozen=True, slots=True)
class ExampleOrder:
    """Holds an order's total, in minor units, and what it pays at once; pairing is paid when its period closes."""

    total: int
    shares: tuple[ExampleShare, ...]

    @property
    def paid(self) -> int:
        """Returns the sum of all shares, in minor units."""
        return sum(each.amount for each in self.shares)

    @property
    def part(self) -> Fraction:
        """Returns how much of the order is paid out."""
        return Fraction(self.paid, self.total)


def example_order(programme: Programme, total: int, at: int) -> ExampleOrder:
    """Returns what an order of one unit pays (`total` in minor units) at a moment (ms, UTC).

    Its buyer came through the last member of the plan's drawing; nobody has sold or bought anything before.
    """
    store = MemoryStore(programme)
    for member, sponsor in RECRUITS:
        store.take(Join(member, sponsor), at)
    store.take(Attribute(BUYER, SELLER), at)
    before = set(store.commissions)
    store.take(Order(ORDER, BUYER, (Line("product", total),)), at)
    found = [each for number, each in sorted(store.commissions.items()) if number not in before]
    return ExampleOrder(total, tuple(ExampleShare(each.member, each.kind, each.level, each.amount) for each in found))
