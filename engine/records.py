"""Defines the rows that facts consist of. Amounts in minor units, times in milliseconds UTC."""

from typing import Any, Literal, Self

from msgspec import Struct
from msgspec.structs import astuple

from engine.events.model import Line
from engine.traces import Why, told

Kind = Literal["direct", "level", "signup", "rank", "pairing"]
State = Literal["held", "pending", "available", "rejected", "reversed"]
WithdrawalState = Literal["requested", "approved", "paid", "rejected", "cancelled"]


class Record(Struct, gc=False):
    """Base of rows. They are changed by copying: facts stay as they were until a decision is applied."""

    def copy(self) -> Self:
        # msgspec's own, undeclared in its types, and in half the time of its `replace`
        return self.__copy__()  # type: ignore[attr-defined,no-any-return]

    def as_row(self) -> tuple[Any, ...]:
        """Returns the fields in the order of the table's columns."""
        return astuple(self)


class PersonRecord(Record):
    """Holds a person known to the programme. `since` is when the sponsor was set; `commission` the rate of
    their link.
    """

    id: str
    sponsor: str | None = None
    since: int | None = None
    commission: str | None = None
    orders: int = 0


class Member(Record):
    """Holds a person who has joined and may earn: their place, totals that count towards ranks, and balances.

    `number` counts members in the order of joining. Leg volumes are in the network.
    """

    id: str
    number: int
    sponsor: str | None
    parent: str | None
    slot: int | None
    rank: str
    joined: int
    suspended: bool = False
    recruits: int = 0
    sales: int = 0
    earnings: int = 0
    held: int = 0
    pending: int = 0
    available: int = 0
    reserved: int = 0
    paid: int = 0


class OrderRecord(Record):
    """Holds an order: repeats are compared by `buyer` and `lines`; `why` says which rate won each line.

    `node` is the member at whom the order's volume came in, None where it carries none.
    """

    id: str
    buyer: str
    seller: str | None
    total: int
    at: int
    lines: tuple[Line, ...]
    node: str | None = None
    refunded: int = 0
    why: Why = {}

    @property
    def trace(self) -> dict[str, Any]:
        """Returns the rules that gave the lines their rates, or the one that kept the order from paying."""
        return told(self.why)


class Commission(Record):
    """Holds one credit to one member from one source. `blocker` is the member who blocks it, while it is held."""

    number: int
    source: str
    member: str
    kind: Kind
    level: int
    amount: int
    state: State
    credited: int
    matures: int
    reversed: int = 0
    approved: bool = False
    order: str | None = None
    blocker: str | None = None
    why: Why = {}

    @property
    def trace(self) -> dict[str, Any]:
        """Returns every rule that led to the amount."""
        return told(self.why)

    @property
    def net(self) -> int:
        return self.amount - self.reversed


class Withdrawal(Record):
    """Holds a withdrawal: admins use its `number`; `id` comes from its event."""

    id: str
    number: int
    member: str
    amount: int
    state: WithdrawalState
    requested: int


class Adjustment(Record):
    id: str
    member: str
    amount: int
