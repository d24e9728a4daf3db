"""Defines members' links: the own code, links for a purpose, and their results.

A person's id is their own code. A link for a purpose (a tag, a product, a group of products, a campaign) has a code of
its own and leads to the same member.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, Protocol

from bot.kit.digits import normalised
from bot.kit.errors import UserError
from bot.kit.rewards import Split

Kind = Literal["tag", "product", "group", "campaign"]
Came = Literal["came", "friend", "elsewhere", "member"]
"""came: they are the member's friend from now on; friend: they already were; elsewhere: they had come through another
member; member: they already were a member.
"""

Kept = Literal["waiting", "dropped"]
"""waiting: an admin has to review it first; dropped: an admin has dropped it."""

TAG_LENGTH_MAX: Final = 24
TAGS_MAX: Final = 50
_TAG: Final = re.compile(r"\w[\w-]*")


@dataclass(eq=False)
class NoTag(UserError):
    """Raised for an invalid tag."""

    code: ClassVar[str] = "no_tag"


@dataclass(eq=False)
class TooManyTags(UserError):
    """Raised when a member has as many tags as allowed."""

    code: ClassVar[str] = "too_many_tags"
    most: int


def clean_tag(text: str) -> str:
    """Normalises a tag for storing, of letters and digits of any script: "#Instagram" is "instagram". Raises NoTag."""
    tag = normalised(text).removeprefix("#").casefold()
    if len(tag) > TAG_LENGTH_MAX or not _TAG.fullmatch(tag):
        raise NoTag
    return tag


@dataclass(frozen=True, slots=True)
class Purpose:
    """Holds a link's purpose. `name` is a tag, or an id of the configuration; `products` are shown to friends who
    follow it.

    `commission` is the link's rate, where it is not the programme's.
    """

    kind: Kind
    name: str
    products: tuple[str, ...] = ()
    commission: str | None = None


@dataclass(frozen=True, slots=True)
class MemberLink:
    """Holds a code and its member; no purpose for a member's own code, a split if the friend gets a part."""

    code: str
    member: str
    purpose: Purpose | None = None
    split: Split | None = None

    @property
    def commission(self) -> str | None:
        """Returns the link's rate, where it is not the programme's."""
        if self.split is not None:
            return self.split.commission
        return self.purpose.commission if self.purpose is not None else None


@dataclass(frozen=True, slots=True)
class Reach:
    """Counts the friends who came through something, joined and bought; `clicks` on the web are no friends yet."""

    came: int = 0
    joined: int = 0
    bought: int = 0
    clicks: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """Holds the result of opening a link. `first`: this very update was the first to report it."""

    link: MemberLink
    outcome: Came | Kept
    first: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """Holds a person's first opening of a member's link, ms UTC; no purpose for the member's own code."""

    link: str
    member: str
    outcome: Came | Kept
    at: int
    purpose: Purpose | None


@dataclass(frozen=True, slots=True)
class FriendSeen:
    """Holds a friend's steps, ms UTC, and their link; or why a person who opened one is no friend.

    `orders` counts their purchases; `earned` is what these have brought the member so far, in minor units.
    """

    person: str
    outcome: Came | Kept
    at: int
    purpose: Purpose | None
    joined: int | None
    orders: int
    bought: int | None
    earned: int = 0


class Links(Protocol):
    """Stores links and their visits."""

    async def owner_of(self, code: str) -> MemberLink | None:
        """Returns the link of a code, if it is a member's."""

    async def tagged(self, member: str, tag: str) -> MemberLink | None:
        """Returns the member's link with that tag, if they have made it."""

    async def make(self, member: str, purposes: Sequence[Purpose], now: int) -> list[MemberLink]:
        """Returns the member's links for these purposes, creating missing ones. Raises TooManyTags; `now` in ms UTC."""

    async def made(self, member: str, *, skip: int = 0, size: int) -> tuple[list[tuple[MemberLink, Reach]], int]:
        """Returns a page of the member's additional links, most friends first, with their results; and the
        total count.
        """

    async def reach(self, code: str) -> Reach:
        """Returns the results of one additional link."""

    async def through_made(self, member: str) -> Reach:
        """Returns the results of all the member's additional links; clicks are not counted."""

    async def follow(self, person: str, code: str, *, cause: str, now: int) -> Followed | None:
        """Records that the person opens a link, and sets the sponsor if they have none, in one durable transaction.

        None for a code without a member, and for one's own. `cause` makes a repeat of the same update `first` again.
        """

    async def friends(self, member: str, *, skip: int, size: int) -> tuple[list[FriendSeen], int]:
        """Returns a page of the member's friends, of those who opened a link without effect, and of invitations held
        for review or dropped, the newest first; and the total count.
        """

    async def best_friends(self, member: str, *, skip: int, size: int) -> tuple[list[FriendSeen], int]:
        """Returns a page of the friends whose purchases have earned the member something, the best first; and their
        total count.
        """

    async def visits(self, person: str, size: int) -> list[Visit]:
        """Returns the links that the person opened, the newest first."""

    async def first_order(self, person: str) -> int | None:
        """Returns the time of the person's first purchase, ms UTC."""
