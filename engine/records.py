"""What the programme knows: the rows that facts are made of. Amounts in minor units, times in milliseconds UTC."""

from typing import Any, Literal, Self

from msgspec import Struct
from msgspec.structs import astuple, replace

from engine.events.model import Line
from engine.traces import Why, told

Kind = Literal["direct", "level", "signup", "rank", "pairing"]
State = Literal["held", "pending", "available", "rejected", "reversed"]
WithdrawalState = Literal["requested", "approved", "paid", "rejected", "cancelled"]


class Record(Struct, gc=False):
    """Rows are changed by copying them: facts stay as they were until a decision is applied."""

    def copy(self) -> Self:
        return replace(self)

    def as_row(self) -> tuple[Any, ...]:
        """The fields in their order, which is that of the table's columns."""
        return astuple(self)


class Person(Record):
    """Anyone the programme has seen. `since` is when the sponsor was set; `commission` the rate of their link."""

    id: str
    sponsor: str | None = None
    since: int | None = None
    commission: str | None = None
    orders: int = 0


class Member(Record):
    """A person who has joined and may earn: their place, what counts towards ranks, and their balances.

    `number` counts members in the order of joining. The volumes of their legs are in the network.
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


class Order(Record):
    """`buyer` and `lines` are what a repeat is compared by; `why` says which rate won each line.

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
        """Which rules gave the lines their rates, or which one kept the order from paying."""
        return told(self.why)


class Commission(Record):
    """One credit to one member from one source. `blocker` is a member who holds it up, while it is held."""

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
        """Every rule that led to the amount."""
        return told(self.why)

    @property
    def net(self) -> int:
        return self.amount - self.reversed


class Withdrawal(Record):
    """`number` is what admins call it by; `id` is what its event was."""

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
