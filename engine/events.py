"""What can happen to the programme: section 10's table, one class a row."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Outcome = Literal["paid", "rejected", "cancelled"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """A person follows a member's link; `commission` is the rate that the link was made with."""

    person: str
    referrer: str
    commission: str | None = None


@dataclass(frozen=True, slots=True)
class Join:
    member: str
    sponsor: str | None = None


class Line(NamedTuple):
    """A line of an order; `amount` is its total in minor units."""

    product: str
    amount: int
    category: str | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    order: str
    buyer: str
    lines: tuple[Line, ...]
    maturity_days: int | None = None

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Refund:
    """`amount` in minor units; None takes back all that is left."""

    order: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    source: str
    member: str


@dataclass(frozen=True, slots=True)
class Reject:
    source: str
    member: str


@dataclass(frozen=True, slots=True)
class Suspend:
    member: str


@dataclass(frozen=True, slots=True)
class Reinstate:
    member: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    id: str
    member: str
    amount: int


@dataclass(frozen=True, slots=True)
class Authorise:
    """An admin approves a withdrawal."""

    id: str


@dataclass(frozen=True, slots=True)
class Settle:
    id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Adjust:
    id: str
    member: str
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProgrammeChanged:
    """`tables` is the whole of the programme file, in force from here on."""

    tables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passes."""


Event = (
    Attribute
    | Join
    | Order
    | Refund
    | Approve
    | Reject
    | Suspend
    | Reinstate
    | Withdraw
    | Authorise
    | Settle
    | Adjust
    | ProgrammeChanged
    | Tick
)

TYPES: dict[str, type[Event]] = {
    "attribute": Attribute,
    "join": Join,
    "order": Order,
    "refund": Refund,
    "approve": Approve,
    "reject": Reject,
    "suspend": Suspend,
    "reinstate": Reinstate,
    "withdraw": Withdraw,
    "authorise": Authorise,
    "settle": Settle,
    "adjust": Adjust,
    "programme": ProgrammeChanged,
    "tick": Tick,
}
NAMES: dict[type[Event], str] = {kind: name for name, kind in TYPES.items()}
