"""Defines the events of the programme: section 10's table, one class a row."""

from typing import Annotated, dataclass_transform, get_args

from msgspec import Meta, Struct

from engine.events.fields import (
    EXPECTED_CHANGE,
    TOTAL_MAX,
    Change,
    Count,
    Days,
    HowSettled,
    Name,
    RateText,
    Tables,
    Text,
)
from engine.rates import EXPECTED_RATE, is_rate


@dataclass_transform(frozen_default=True)
class Content(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Base of a journal line's content: these fields and no others."""


class Happening(Content, tag=str.lower):
    """Base of events; its class's name in small letters is its `type`, unless it says otherwise."""


class Attribute(Happening):
    """Records that a person follows a member's link; `commission` is the rate that the link was made with."""

    person: Name
    referrer: Name
    commission: RateText | None = None

    def __post_init__(self) -> None:
        if self.commission is not None and not is_rate(self.commission):
            raise ValueError(f"commission: expected {EXPECTED_RATE}")


class Join(Happening):
    member: Name
    sponsor: Name | None = None


class Line(Content):
    """Holds a line of an order; `amount` is its total in minor units."""

    product: Name
    amount: Count
    category: Name | None = None
    quantity: Count = 1


Lines = Annotated[tuple[Line, ...], Meta(min_length=1, description="at least one line")]


class Order(Happening):
    order: Name
    buyer: Name
    lines: Lines
    maturity_days: Days | None = None

    def __post_init__(self) -> None:
        if len(self.lines) > 1 and self.total > TOTAL_MAX:
            raise ValueError(f"lines: expected at most {TOTAL_MAX} in all")

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


class Refund(Happening):
    """Refunds an order in part or in full: `amount` in minor units, None for all that is left."""

    order: Name
    amount: Count | None = None


class Approve(Happening):
    source: Name
    member: Name


class Reject(Happening):
    source: Name
    member: Name


class Suspend(Happening):
    member: Name


class Reinstate(Happening):
    member: Name


class Withdraw(Happening):
    id: Name
    member: Name
    amount: Count


class Authorise(Happening):
    """Records an admin's approval of a withdrawal."""

    id: Name


class Settle(Happening):
    id: Name
    outcome: HowSettled


class Adjust(Happening):
    """Adjusts a member's account by `amount` in minor units, above or below 0."""

    id: Name
    member: Name
    amount: Change
    reason: Text

    def __post_init__(self) -> None:
        if not self.amount:
            raise ValueError(f"amount: expected {EXPECTED_CHANGE}")


class ProgrammeChanged(Happening, tag="programme"):
    """Puts a programme in force; `tables` is its whole file."""

    tables: Tables


class Tick(Happening):
    """Lets time pass."""


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

TYPES: dict[str, type[Event]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Event)}
NAMES: dict[type[Event], str] = {kind: name for name, kind in TYPES.items()}
