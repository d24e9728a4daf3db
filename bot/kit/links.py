"""Members' links as handlers see them: the own code, links for a purpose, and what came of each.

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
"""came: they are the member's friend from now on; friend: they were already; elsewhere: they had come through somebody
else; member: they were a member already."""

Kept = Literal["waiting", "dropped"]
"""waiting: an admin has to look first; dropped: one has looked, and left it out."""

TAG_LENGTH_MAX: Final = 24
TAGS_MAX: Final = 50
_TAG: Final = re.compile(r"\w[\w-]*")


@dataclass(eq=False)
class NoTag(UserError):
    """What cannot be a link's tag."""

    code: ClassVar[str] = "no_tag"


@dataclass(eq=False)
class TooManyTags(UserError):
    """A member has as many tags as there may be."""

    code: ClassVar[str] = "too_many_tags"
    most: int


def clean_tag(text: str) -> str:
    """A tag as it is kept, of letters and digits of any script: "#Instagram" is "instagram". Raises NoTag."""
    tag = normalised(text).removeprefix("#").casefold()
    if len(tag) > TAG_LENGTH_MAX or not _TAG.fullmatch(tag):
        raise NoTag
    return tag


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a link is made for. `name` is a tag, or an id of the configuration; `products` are what a friend lands on.

    `commission` is the rate that goes with the link, where it is not the programme's.
    """

    kind: Kind
    name: str
    products: tuple[str, ...] = ()
    commission: str | None = None


@dataclass(frozen=True, slots=True)
class MemberLink:
    """A code and whose it is; no purpose for a member's own code, a split where the friend gets a part."""

    code: str
    member: str
    purpose: Purpose | None = None
    split: Split | None = None

    @property
    def commission(self) -> str | None:
        """The rate that goes with it, where it is not the programme's."""
        if self.split is not None:
            return self.split.commission
        return self.purpose.commission if self.purpose is not None else None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many friends came through something, joined and bought; `clicks` on the web are no friends yet."""

    came: int = 0
    joined: int = 0
    bought: int = 0
    clicks: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of opening a link. `first`: this very update was the first to tell of it."""

    link: MemberLink
    outcome: Came | Kept
    first: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's first opening of a member's link, ms UTC; no purpose for the member's own code."""

    link: str
    member: str
    outcome: Came | Kept
    at: int
    purpose: Purpose | None


@dataclass(frozen=True, slots=True)
class FriendSeen:
    """How far a friend has come, ms UTC, and by which link; or why somebody who opened one is no friend.

    `orders` are how many.
    """

    person: str
    outcome: Came | Kept
    at: int
    purpose: Purpose | None
    joined: int | None
    orders: int
    bought: int | None


class Links(Protocol):
    """Where links and their visits are kept."""

    async def owner_of(self, code: str) -> MemberLink | None:
        """The link of a code, where a member stands behind it."""

    async def tagged(self, member: str, tag: str) -> MemberLink | None:
        """The member's link with that tag, where they have made it."""

    async def make(self, member: str, purposes: Sequence[Purpose], now: int) -> list[MemberLink]:
        """The member's links for these purposes, each made the first time. Raises TooManyTags; `now` in ms UTC."""

    async def made(self, member: str, *, skip: int = 0, size: int) -> tuple[list[tuple[MemberLink, Reach]], int]:
        """Those that the member has made, most friends first, with what came of each; and how many there are."""

    async def reach(self, code: str) -> Reach:
        """What came of one link that was made."""

    async def through_made(self, member: str) -> Reach:
        """What came of all the links that the member has made; clicks are not counted."""

    async def follow(self, person: str, code: str, *, cause: str, now: int) -> Followed | None:
        """The person opens a link: stored, and the sponsor set where they have none, in one durable transaction.

        None for a code that no member stands behind, and for one's own. `cause` makes that a repeat of the same update
        is `first` again.
        """

    async def friends(self, member: str, *, skip: int, size: int) -> tuple[list[FriendSeen], int]:
        """The member's friends, those who opened a link in vain, and those whom an admin keeps waiting or has left out,
        the last first; and how many there are.
        """

    async def visits(self, person: str, size: int) -> list[Visit]:
        """The links that the person opened, the last first."""

    async def first_order(self, person: str) -> int | None:
        """When they bought for the first time, ms UTC."""
