"""Defines accounts and transfers: every change of money is one immutable row that debits one account and credits
another.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import astuple

Bucket = Literal["held", "pending", "available", "reserved", "paid"]

BUCKETS: tuple[Bucket, ...] = ("held", "pending", "available", "reserved", "paid")

# The programme's own accounts are summed on request: a stored balance would be a row on which all writes wait.
PROGRAMME = "programme"  # commissions are paid from it
ADJUSTMENTS = "adjustments"  # the other side of admins' adjustments
OVER_CAP = "over_cap"  # receives the parts cut off by caps


def account(bucket: Bucket, member: str) -> str:
    """Returns the name of a member's account, as transfers use it."""
    return f"{bucket}:{member}"


class Transfer(Struct, frozen=True, gc=False):
    """Moves `amount` (above 0, minor units) from `debit` to `credit`; `leg` counts the transfers of one event.

    `member` owns the accounts concerned; None where only the programme's own are.
    """

    leg: int
    member: str | None
    debit: str
    credit: str
    amount: int
    commission: int | None = None

    def __iter__(self) -> Iterator[Any]:
        """Yields the fields in their order."""
        return iter(astuple(self))

    def digest(self, seq: int, at: int, currency: str) -> str:
        """Returns the SHA-256 of everything the row says, so that a changed row is detected."""
        content = f"{seq}|{self.leg}|{at}|{self.debit}|{self.credit}|{self.amount}|{currency}|{self.commission or ''}"
        return sha256(content.encode()).hexdigest()
