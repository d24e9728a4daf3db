"""What can go wrong, one class for each broken rule. No user text here: the catalogue has one for each code."""

from dataclasses import dataclass
from typing import ClassVar


class MoarefError(Exception):
    """The root of every error that is ours."""


class StoreError(MoarefError):
    """The store cannot be opened or does not hold what it must."""


class StoreClosed(MoarefError):
    """The store was closed while somebody still wanted to write."""


class VaultError(MoarefError):
    """A secret cannot be read: no key, or not the one it was written with."""


class KeyReused(MoarefError):
    """An idempotency key came again with other content: the caller's mistake, never a person's."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(eq=False)
class Refusal(MoarefError):
    """What the rules forbid (section 10 lists the codes). A refused event is journaled and changes nothing else."""

    code: ClassVar[str] = "refused"

    def __str__(self) -> str:
        return self.code


@dataclass(eq=False)
class UnknownMember(Refusal):
    """Nobody of that name has joined."""

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
    """An order, withdrawal or adjustment id seen before with other content."""

    code: ClassVar[str] = "conflict"
    id: str


@dataclass(eq=False)
class UnknownOrder(Refusal):
    code: ClassVar[str] = "unknown_order"
    order: str


@dataclass(eq=False)
class OverRefund(Refusal):
    """More than is left of an order; `left` in minor units."""

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
    """A decision about a commission or withdrawal that is past it; `state` is its state."""

    code: ClassVar[str] = "already_settled"
    id: str
    state: str


@dataclass(eq=False)
class Suspended(Refusal):
    code: ClassVar[str] = "suspended"
    member: str


@dataclass(eq=False)
class BelowMinimum(Refusal):
    """`minimum` in minor units."""

    code: ClassVar[str] = "below_minimum"
    minimum: int


@dataclass(eq=False)
class InsufficientFunds(Refusal):
    """`available` in minor units, may be below 0."""

    code: ClassVar[str] = "insufficient_funds"
    available: int


@dataclass(eq=False)
class UnknownWithdrawal(Refusal):
    code: ClassVar[str] = "unknown_withdrawal"
    id: str


@dataclass(eq=False)
class ProgrammeChange(Refusal):
    """What the standing network does not allow: `key` is the programme's key that may not change so."""

    code: ClassVar[str] = "programme_change"
    key: str


@dataclass(eq=False)
class Forbidden(Refusal):
    """What the running programme does not let somebody do. No event of the programme: it is never journaled."""

    code: ClassVar[str] = "forbidden"


@dataclass(eq=False)
class NotApproved(Forbidden):
    """Paid before an admin approved it."""

    code: ClassVar[str] = "not_approved"
    id: str


@dataclass(eq=False)
class OwnRequest(Forbidden):
    """Nobody decides about money that goes to themself."""

    code: ClassVar[str] = "own_request"
    id: str


@dataclass(eq=False)
class ApprovedAlready(Forbidden):
    """A member cancels a request that an admin has approved: the money may be on its way."""

    code: ClassVar[str] = "approved_already"
    id: str


@dataclass(eq=False)
class OwnSale(Forbidden):
    """Nobody records by hand an order that they earn from."""

    code: ClassVar[str] = "own_sale"
    order: str


@dataclass(eq=False)
class OwnMembership(Forbidden):
    """Nobody suspends or reinstates themself."""

    code: ClassVar[str] = "own_membership"
    member: str


@dataclass(eq=False)
class OwnAccount(Forbidden):
    """Nobody corrects the account that is their own."""

    code: ClassVar[str] = "own_account"
    member: str


@dataclass(eq=False)
class TooManyOpenRequests(Forbidden):
    """As many of the member's withdrawals wait to be decided as may at once."""

    code: ClassVar[str] = "too_many_open_requests"
    count: int


@dataclass(eq=False)
class TooManyRequests(Forbidden):
    """The member has requested as many withdrawals within an hour as they may; one more is possible `at` (ms, UTC)."""

    code: ClassVar[str] = "too_many_requests"
    count: int
    at: int


@dataclass(eq=False)
class PayoutsStopped(Forbidden):
    """The books did not verify: no money leaves until somebody has looked."""

    code: ClassVar[str] = "payouts_stopped"


@dataclass(eq=False)
class DestinationChanged(Forbidden):
    """Where a withdrawal goes cannot be read, or is not what its member gave: nobody pays there."""

    code: ClassVar[str] = "destination_changed"
    id: str


@dataclass(eq=False)
class AmountOutOfRange(Forbidden):
    """An amount that no event may hold; `least` and `most` in minor units."""

    code: ClassVar[str] = "amount_out_of_range"
    least: int
    most: int


@dataclass(eq=False)
class SumOutOfRange(Forbidden):
    """With this event a sum would be more than the store can hold; `most` in minor units."""

    code: ClassVar[str] = "sum_out_of_range"
    most: int


@dataclass(eq=False)
class UnknownPerson(Forbidden):
    """The running programme records purchases of persons it has met."""

    code: ClassVar[str] = "unknown_person"
    person: str
