"""Defines friends' invitations: the result of following a link, and when an admin must review it first.

No score bans anyone: the two rules here only ask for a review, and each is one sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.kit.errors import UserError
from bot.kit.rewards import Gift, Split

HOUR_MS = 3_600_000

Reason = Literal["burst", "ring", "one_account"]
"""burst: more friends within an hour than is usual. ring: members who bring one another and none of whom has bought or
sold anything. one_account: members above one another who are paid out to the same card or Sheba.
"""


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """Holds the limits for a review: friends of one member within an hour, and members in a ring; 0 is never."""

    friends_an_hour: int = 0
    ring_length: int = 0


@dataclass(frozen=True, slots=True)
class Above:
    """Holds a member of the chain above a new friend: the inviter, their sponsor, and so on.

    `orders` counts their own purchases, `sales` sums their friends' (minor units, less refunds), `accounts` are the
    keyed digests of their payout destinations.
    """

    id: str
    orders: int
    sales: int
    accounts: frozenset[str] = field(default_factory=frozenset)


def reason_to_look(lately: int, chain: Sequence[Above], caution: ReviewRules) -> Reason | None:
    """Returns why a friend who comes after `lately` others within the hour is held for review; the chain is nearest
    first.

    The chain is given as far as `ring_length`; a shorter one has reached its root. None if no review is needed.
    """
    if caution.friends_an_hour and lately >= caution.friends_an_hour:
        return "burst"
    if not caution.ring_length:
        return None
    accounts = [account for above in chain for account in above.accounts]
    if len(accounts) > len(set(accounts)):
        return "one_account"
    idle = all(not above.orders and above.sales <= 0 for above in chain)
    return "ring" if len(chain) >= caution.ring_length and idle else None


@dataclass(frozen=True, slots=True)
class HeldInvitation:
    """Holds an invitation held for review. `alike` counts all that wait of that member's; `at` in milliseconds UTC."""

    id: int
    person: str
    member: str
    reason: Reason
    at: int
    alike: int
    decision: Literal["released", "dropped"] | None = None


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """Holds an admin's decision on an invitation; `note` is a drop's reason, `alike` how many were decided with it."""

    id: int
    person: str
    member: str
    decision: Literal["released", "dropped"]
    note: str
    alike: int


@dataclass(frozen=True, slots=True)
class SharedLink:
    """Holds a member's link with its split."""

    code: str
    split: Split


@dataclass(frozen=True, slots=True)
class Expected:
    """Holds a friend's prospects: usable gifts, and the ids of rewards for a first purchase."""

    gifts: tuple[Gift, ...] = ()
    ahead: tuple[str, ...] = ()


@dataclass(eq=False)
class UnknownAside(UserError):
    """Raised for a number of no invitation that was held for review."""

    code = "unknown_aside"
    number: int


@dataclass(eq=False)
class AsideDecided(UserError):
    """Raised when another admin has decided already."""

    code = "aside_decided"
    number: int


@dataclass(eq=False)
class OwnAside(UserError):
    """Raised when admins decide on their own friends."""

    code = "own_aside"
    number: int


class Friends(Protocol):
    """Handles friends and their rewards for the chat; bot/referrals implements it."""

    async def is_waiting(self, person: str) -> bool:
        """Returns whether an invitation of the person is held for review."""

    async def gifts(self, person: str) -> list[Gift]:
        """Returns all of the person's gifts, also from before they linked a shop's customer; the newest first."""

    async def expected(self, person: str) -> Expected:
        """Returns what the person may look forward to now."""

    async def share(self, member: str, split: Split) -> SharedLink:
        """Returns the member's link with that split; repeated calls return the same one."""

    async def held_invitations(self, *, skip: int, count: int) -> tuple[list[HeldInvitation], int]:
        """Returns a page of those that wait, the oldest first, and the total count."""

    async def held_invitation(self, id: int) -> HeldInvitation:
        """Returns an invitation. Raises UnknownAside."""

    async def release(self, id: int, *, actor: str, every: bool) -> int:
        """Releases it, or `every` one of that member's; returns their number. Raises UnknownAside, AsideDecided,
        OwnAside.
        """

    async def drop(self, id: int, *, actor: str, reason: str, every: bool) -> int:
        """Drops it for good, for a reason that both are told. Raises as `release`."""
