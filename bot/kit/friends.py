"""Friends on their way in: what following a link comes to, and when an admin has to look first.

Nobody is banned by a score: the two rules here only ask for a person's eyes, and each can be said in a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.kit.errors import UserError
from bot.kit.rewards import Gift, Split

HOUR_MS = 3_600_000

Reason = Literal["burst", "ring", "one_account"]
"""burst: more friends within an hour than is usual. ring: members who bring one another and none of whom has bought
or sold anything. one_account: members above one another who are paid out at the same card or Sheba."""


@dataclass(frozen=True, slots=True)
class Caution:
    """From where on an admin looks: friends of one member within an hour, and members in a ring; 0 is never."""

    friends_an_hour: int = 0
    ring_length: int = 0


@dataclass(frozen=True, slots=True)
class Above:
    """A member in the chain that a friend would come into: the inviter, who brought them, and so on.

    `orders` is how many they have bought themselves, `sales` what their friends have (minor units, refunds taken off),
    `accounts` the keyed digests of where they are paid out.
    """

    id: str
    orders: int
    sales: int
    accounts: frozenset[str] = field(default_factory=frozenset)


def reason_to_look(lately: int, chain: Sequence[Above], caution: Caution) -> Reason | None:
    """Why a friend is set aside who comes after `lately` others within the hour, under this chain, nearest first.

    The chain is given as far as `ring_length`; a shorter one has come to its root.
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
class Aside:
    """An invitation set aside. `alike` is how many of that member's wait in all; `at` in milliseconds UTC."""

    id: int
    person: str
    member: str
    reason: Reason
    at: int
    alike: int
    decision: Literal["released", "dropped"] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What an admin decided of an invitation; `note` is a drop's reason, `alike` how many were decided with it."""

    id: int
    person: str
    member: str
    decision: Literal["released", "dropped"]
    note: str
    alike: int


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link of a member's with its split."""

    code: str
    split: Split


@dataclass(frozen=True, slots=True)
class Expected:
    """What a friend may look forward to: gifts that can be used, and the ids of rewards for a first purchase."""

    gifts: tuple[Gift, ...] = ()
    ahead: tuple[str, ...] = ()


@dataclass(eq=False)
class UnknownAside(UserError):
    """No invitation of that number was ever set aside."""

    code = "unknown_aside"
    number: int


@dataclass(eq=False)
class AsideDecided(UserError):
    """An admin was quicker."""

    code = "aside_decided"
    number: int


@dataclass(eq=False)
class OwnAside(UserError):
    """Nobody decides about their own friends."""

    code = "own_aside"
    number: int


class Friends(Protocol):
    """Friends and their rewards, as the chat sees them; the machine implements it."""

    async def is_waiting(self, person: str) -> bool:
        """Whether an invitation of theirs is set aside."""

    async def gifts(self, person: str) -> list[Gift]:
        """All of theirs, also those from before a shop's customer turned out to be them; the newest first."""

    async def expected(self, person: str) -> Expected:
        """What they may look forward to now."""

    async def share(self, member: str, split: Split) -> SharedLink:
        """The member's link with that split; the same one when it is asked for again."""

    async def asides(self, *, skip: int, count: int) -> tuple[list[Aside], int]:
        """Those that wait, the oldest first, and how many there are."""

    async def aside(self, id: int) -> Aside:
        """Raises UnknownAside."""

    async def release(self, id: int, *, actor: str, every: bool) -> int:
        """Lets it in, or `every` one of that member's; how many. Raises UnknownAside, AsideDecided, OwnAside."""

    async def drop(self, id: int, *, actor: str, reason: str, every: bool) -> int:
        """Leaves it out for good, for a reason that both are told. Raises as `release`."""
