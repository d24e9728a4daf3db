"""Defines the engine's errors, one class for each broken rule. No user text here: the catalogue has one for
each code.
"""

from dataclasses import dataclass
from typing import ClassVar


class MoarefError(Exception):
    """Base of all errors of this project."""


class StoreError(MoarefError):
    """Raised when the store cannot be opened or its content is not valid."""


class StoreClosed(MoarefError):
    """Raised for a write that was waiting when the store was closed."""


class VaultError(MoarefError):
    """Raised when a secret cannot be read: its key is missing or is a different one."""


class KeyReused(MoarefError):
    """Raised when an idempotency key is used again with other content: an error of the caller, never of a user."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(eq=False)
class Refusal(MoarefError):
    """Base of refusals by the rules (section 10 lists the codes). A refused event is journaled and changes nothing
    else.
    """

    code: ClassVar[str] = "refused"

    def __str__(self) -> str:
        return self.code


@dataclass(eq=False)
class UnknownMember(Refusal):
    """Refuses an id that is no member's."""

    code: ClassVar[str] = "unknown_member"
    member: str


@dataclass(eq=False)
class AlreadyMember(Refusal):
    code: ClassVar[str] = "already_member"
    member: str


@dataclass(eq=False)
class SelfReferral(Refusal):
    code: ClassVar[str] = "self_referral"
    person: str


@dataclass(eq=False)
class Conflict(Refusal):
    """Refuses an order, withdrawal or adjustment id that was used with other content."""

    code: ClassVar[str] = "conflict"
    id: str


@dataclass(eq=False)
class UnknownOrder(Refusal):
    code: ClassVar[str] = "unknown_order"
    order: str


@dataclass(eq=False)
class OverRefund(Refusal):
    """Refuses to refund more than is left of an order; `left` in minor units."""

    code: ClassVar[str] = "over_refund"
    order: str
    left: int


@dataclass(eq=False)
class UnknownCommission(Refusal):
    code: ClassVar[str] = "unknown_commission"
    source: str
    member: str


@dataclass(eq=False)
class AlreadySettled(Refusal):
    """Refuses a decision on a commission or withdrawal that is already settled; `state` is its state."""

    code: ClassVar[str] = "already_settled"
    id: str
    state: str


@dataclass(eq=False)
class Suspended(Refusal):
    code: ClassVar[str] = "suspended"
    member: str


@dataclass(eq=False)
class BelowMinimum(Refusal):
    """Refuses an amount below `minimum`, in minor units."""

    code: ClassVar[str] = "below_minimum"
    minimum: int


@dataclass(eq=False)
class InsufficientFunds(Refusal):
    """Refuses an amount above `available`, in minor units, which may be below 0."""

    code: ClassVar[str] = "insufficient_funds"
    available: int


@dataclass(eq=False)
class UnknownWithdrawal(Refusal):
    code: ClassVar[str] = "unknown_withdrawal"
    id: str


@dataclass(eq=False)
class ProgrammeChange(Refusal):
    """Refuses a change that the existing network does not allow; `key` is the programme's key."""

    code: ClassVar[str] = "programme_change"
    key: str


@dataclass(eq=False)
class Forbidden(Refusal):
    """Base of what the running programme forbids beyond the rules; never journaled."""

    code: ClassVar[str] = "forbidden"


@dataclass(eq=False)
class NotApproved(Forbidden):
    """Refuses to pay a withdrawal that no admin approved."""

    code: ClassVar[str] = "not_approved"
    id: str


@dataclass(eq=False)
class OwnRequest(Forbidden):
    """Refuses an admin's decision about their own money."""

    code: ClassVar[str] = "own_request"
    id: str


@dataclass(eq=False)
class ApprovedAlready(Forbidden):
    """Refuses a member's cancellation of an approved request: the money may be on its way."""

    code: ClassVar[str] = "approved_already"
    id: str


@dataclass(eq=False)
class OwnSale(Forbidden):
    """Refuses to record by hand an order from which the actor earns."""

    code: ClassVar[str] = "own_sale"
    order: str


@dataclass(eq=False)
class OwnMembership(Forbidden):
    """Refuses to suspend or reinstate oneself."""

    code: ClassVar[str] = "own_membership"
    member: str


@dataclass(eq=False)
class OwnAccount(Forbidden):
    """Refuses to adjust one's own account."""

    code: ClassVar[str] = "own_account"
    member: str


@dataclass(eq=False)
class TooManyOpenRequests(Forbidden):
    """Refuses another withdrawal while the member has as many open ones as allowed."""

    code: ClassVar[str] = "too_many_open_requests"
    count: int


@dataclass(eq=False)
class TooManyRequests(Forbidden):
    """Refuses another withdrawal within an hour of the allowed number; one more is possible `at` (ms, UTC)."""

    code: ClassVar[str] = "too_many_requests"
    count: int
    at: int


@dataclass(eq=False)
class PayoutsStopped(Forbidden):
    """Refuses payouts because verification of the ledger failed; an operator has to look first."""

    code: ClassVar[str] = "payouts_stopped"


@dataclass(eq=False)
class DestinationChanged(Forbidden):
    """Refuses to pay to a destination that cannot be read or is not the one its member gave."""

    code: ClassVar[str] = "destination_changed"
    id: str


@dataclass(eq=False)
class AmountOutOfRange(Forbidden):
    """Refuses an amount that no event may hold; `least` and `most` in minor units."""

    code: ClassVar[str] = "amount_out_of_range"
    least: int
    most: int


@dataclass(eq=False)
class SumOutOfRange(Forbidden):
    """Refuses an event that would make a sum larger than the store can hold; `most` in minor units."""

    code: ClassVar[str] = "sum_out_of_range"
    most: int


@dataclass(eq=False)
class UnknownPerson(Forbidden):
    """Refuses a purchase by a person whom the running programme does not know."""

    code: ClassVar[str] = "unknown_person"
    person: str
