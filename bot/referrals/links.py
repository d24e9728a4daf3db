"""The book of links: it is the kit's Links."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.kit.links import Followed, FriendSeen, MemberLink, Purpose, Reach, Visit
from bot.referrals.link_records import Admit, LinkRecords, link_of, shared_link_of
from bot.store import load_queries
from engine.codes import LENGTH
from engine.service import Engine
from engine.store.reader import Reader
from engine.store.writer import Writer
from engine.transaction import Transaction


class LinkBook:
    """`new_code` gives a random code of a link, `admit` decides who comes in (see LinkRecords).

    `stirred` is called when somebody has opened a link: there may be something to tell.
    """

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        reader: Reader,
        new_code: Callable[[], str],
        *,
        admit: Admit | None = None,
        stirred: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._writer = writer
        self._reader = reader
        self._new_code = new_code
        self._stirred = stirred
        self._records = LinkRecords(admit)
        self._queries = load_queries("links")
        self._shares = load_queries("friends")

    async def owner_of(self, code: str) -> MemberLink | None:
        """The link of a code, where a member stands behind it."""
        link = MemberLink(code, code)
        if len(code) != LENGTH:
            row = await self._one("link", code=code)
            shared = await self._reader.fetch_one(self._shares.share_of.sql, {"code": code})
            if row is None and shared is None:
                return None
            link = link_of(row) if row is not None else shared_link_of(shared)
        return link if await self._engine.member(link.member) is not None else None

    async def tagged(self, member: str, tag: str) -> MemberLink | None:
        """The member's link with that tag, where they have made it."""
        row = await self._one("link_for", member=member, kind="tag", name=tag, commission="")
        return link_of(row) if row is not None else None

    async def make(self, member: str, purposes: Sequence[Purpose], now: int) -> list[MemberLink]:
        """The member's links for these purposes, each made the first time. Raises TooManyTags."""
        return await self._writer.run(
            lambda connection: [self._records.make(connection, member, each, self._new_code, now) for each in purposes]
        )

    async def made(self, member: str, *, skip: int = 0, size: int) -> tuple[list[tuple[MemberLink, Reach]], int]:
        """Those that the member has made, most friends first, with what came of each; and how many there are."""
        rows = await self._all("links_of", member=member, skip=skip, size=size)
        total = await self._one("links_total", member=member)
        return [(link_of(row), _reach(row)) for row in rows], total["links"]

    async def reach(self, code: str) -> Reach:
        """What came of one link that was made."""
        return _reach(await self._one("reach", code=code))

    async def through_made(self, member: str) -> Reach:
        """What came of all the links that the member has made."""
        return Reach(*await self._one("through_made", member=member))

    async def follow(self, person: str, code: str, *, cause: str, now: int) -> Followed | None:
        """What came of opening a link; None for a code that no member stands behind, and for one's own."""

        def open_it(books: Transaction) -> Followed | None:
            link = self._records.owner_of(books, code)
            if link is None or link.member == person:
                return None
            return Followed(link, *self._records.follow(books, person, link, actor=person, cause=cause, now=now))

        followed = await self._engine.transaction(open_it)
        self._stirred()
        return followed

    async def friends(self, member: str, *, skip: int, size: int) -> tuple[list[FriendSeen], int]:
        """The member's friends and those who are none, or none yet, the last first; and how many there are."""
        rows = await self._all("friends", member=member, skip=skip, size=size)
        total = await self._one("friends_total", member=member)
        return [_friend(row) for row in rows], total["friends"]

    async def visits(self, person: str, size: int) -> list[Visit]:
        """The links that the person opened, the last first."""
        return [_visit(row) for row in await self._all("visits_by", person=person, size=size)]

    async def first_order(self, person: str) -> int | None:
        """When they bought for the first time, ms UTC."""
        at: int | None = (await self._one("first_order", buyer=person))["at"]
        return at

    async def _all(self, query: str, **parameters: Any) -> list[Any]:
        return await self._reader.fetch(getattr(self._queries, query).sql, parameters)

    async def _one(self, query: str, **parameters: Any) -> Any:
        return await self._reader.fetch_one(getattr(self._queries, query).sql, parameters)


def _reach(row: Any) -> Reach:
    return Reach(row["came"], row["joined"], row["bought"], row["clicks"])


def _friend(row: Any) -> FriendSeen:
    return FriendSeen(
        row["person"], row["outcome"], row["at"], _purpose(row), row["joined"], row["orders"], row["bought"]
    )


def _visit(row: Any) -> Visit:
    return Visit(row["code"], row["member"], row["outcome"], row["at"], _purpose(row))


def _purpose(row: Any) -> Purpose | None:
    """What the link is called by; the row of a member's own code has neither kind nor name."""
    return Purpose(row["kind"], row["name"]) if row["kind"] is not None else None
