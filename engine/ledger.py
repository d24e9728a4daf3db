"""Accounts and transfers: every change of money is one immutable row that debits one account and credits another."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import astuple

Bucket = Literal["held", "pending", "available", "reserved", "paid"]

BUCKETS: tuple[Bucket, ...] = ("held", "pending", "available", "reserved", "paid")

# The programme's own accounts are added up when somebody asks: a stored balance would be a row that all wait for.
PROGRAMME = "programme"  # what commissions are paid from
ADJUSTMENTS = "adjustments"  # the other side of what admins correct by hand
OVER_CAP = "over_cap"  # what caps cut off


def account(bucket: Bucket, member: str) -> str:
    """A member's account as transfers name it."""
    return f"{bucket}:{member}"


class Transfer(Struct, frozen=True, gc=False):
    """`amount` above 0 in minor units moves from `debit` to `credit`; `leg` counts the transfers of one event.

    `member` is whose accounts are concerned, None where only the programme's own are.
    """

    leg: int
    member: str | None
    debit: str
    credit: str
    amount: int
    commission: int | None = None

    def __iter__(self) -> Iterator[Any]:
        """The fields in their order."""
        return iter(astuple(self))

    def digest(self, seq: int, at: int, currency: str) -> str:
        """SHA-256 of everything the row says, so that a changed row shows."""
        content = f"{seq}|{self.leg}|{at}|{self.debit}|{self.credit}|{self.amount}|{currency}|{self.commission or ''}"
        return sha256(content.encode()).hexdigest()
