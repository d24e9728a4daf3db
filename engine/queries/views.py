"""Defines the engine's answers. Amounts in minor units, times in milliseconds UTC."""

from dataclasses import dataclass
from typing import Any

from engine.notices import Notice
from engine.records import Commission, WithdrawalState


@dataclass(frozen=True, slots=True)
class Balance:
    held: int = 0
    pending: int = 0
    available: int = 0
    reserved: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Shows a member's balance, and how many of their friends came, joined and bought."""

    balance: Balance
    came: int
    joined: int
    bought: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Shows one transfer to its member: `amount` moved from `debit` to `credit`.

    Each side is a bucket (held, pending, available, reserved, paid) or an account of the programme (programme,
    adjustments). Of a commission: its number, kind, level and source, and its order's buyer. `event` is the type of the
    event behind it.
    """

    seq: int
    leg: int
    at: int
    debit: str
    credit: str
    amount: int
    event: str
    commission: int | None
    kind: str | None
    level: int | None
    source: str | None
    buyer: str | None = None

    @property
    def signed(self) -> int:
        """Returns the amount with its sign: below 0 where money left the member, above where it came or came nearer."""
        return -self.amount if self.credit in ("programme", "adjustments", "reserved") else self.amount


@dataclass(frozen=True, slots=True)
class Page:
    """Holds some entries, newest first, and the total count."""

    entries: list[Entry]
    total: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Holds a commission with its own trace, its order's, and the order's buyer and totals."""

    commission: Commission
    order_trace: dict[str, Any]
    order: str | None
    buyer: str | None
    total: int
    refunded: int


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    id: str
    number: int
    member: str
    amount: int
    state: WithdrawalState
    requested: int
    destination: int | None
    destination_kind: str | None
    last_four: str | None
    tracking: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class DestinationView:
    """Holds a stored card or Sheba by its number; `kind` is card or sheba."""

    id: int
    kind: str
    last_four: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """Shows an order: `seller` None where no member was credited; `no_seller` then says why."""

    id: str
    buyer: str
    seller: str | None
    total: int
    refunded: int
    at: int
    no_seller: str | None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """Holds a stored notice: `number` counts all notices, `seq` is the journal row that caused it.

    credited_before: of a commission, when the tenth before it was credited to the member; None if there were fewer.
    """

    number: int
    seq: int
    at: int
    kind: str
    person: str | None
    notice: Notice
    credited_before: int | None = None
