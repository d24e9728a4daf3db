"""Implements the kit's Links."""

from collections.abc import Callable, Sequence

from bot.kit.links import Followed, FriendSeen, MemberLink, Purpose, Reach, Visit
from bot.referrals.friend_sums import FriendSums
from bot.referrals.link_records import Admit, LinkRecords, link_of, shared_link_of
from bot.runtime.signals import Signal
from bot.store import load_queries
from engine.codes import LENGTH
from engine.service import Engine
from engine.store.driver import Row, Value
from engine.store.reader import Reader
from engine.store.writer import Writer
from engine.transaction import Transaction


class LinkBook:
    """Stores links and visits. `new_code` returns a random link code, `admit` attributes people (see LinkRecords).

    `followed` is set after a person opened a link: there may be notifications.
    """

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        reader: Reader,
        new_code: Callable[[], str],
        *,
        admit: Admit | None = None,
        followed: Signal,
    ) -> None:
        self._engine = engine
        self._writer = writer
        self._reader = reader
        self._new_code = new_code
        self._followed = followed
        self._records = LinkRecords(admit)
        self._sums = FriendSums(writer, reader)
        self._queries = load_queries("links")
        self._shares = load_queries("friends")

    async def owner_of(self, code: str) -> MemberLink | None:
        """Returns the link of a code, None where no member owns it."""
        link = MemberLink(code, code)
        if len(code) != LENGTH:
            found = await self._created(code)
            if found is None:
                return None
            link = found
        return link if await self._engine.member(link.member) is not None else None

    async def _created(self, code: str) -> MemberLink | None:
        """Returns the link that a member created, for a purpose or with a split."""
        row = await self._one("link", code=code)
        if row is not None:
            return link_of(row)
        shared = await self._reader.fetch_one(self._shares.share_of.sql, {"code": code})
        return shared_link_of(shared) if shared is not None else None

    async def tagged(self, member: str, tag: str) -> MemberLink | None:
        """Returns the member's link with that tag, None where they have not made it."""
        row = await self._one("link_for", member=member, kind="tag", name=tag, commission="")
        return link_of(row) if row is not None else None

    async def make(self, member: str, purposes: Sequence[Purpose], now: int) -> list[MemberLink]:
        """Returns the member's links for these purposes, creating missing ones. Raises TooManyTags."""
        return await self._writer.run(
            lambda connection: [self._records.make(connection, member, each, self._new_code, now) for each in purposes]
        )

    async def made(self, member: str, *, skip: int = 0, size: int) -> tuple[list[tuple[MemberLink, Reach]], int]:
        """Returns a page of the member's links with their results, most friends first, and the number of links."""
        rows = await self._all("links_of", member=member, skip=skip, size=size)
        total = await self._row("links_total", member=member)
        return [(link_of(row), _reach(row)) for row in rows], total["links"]

    async def reach(self, code: str) -> Reach:
        """Returns the results of one created link."""
        return _reach(await self._row("reach", code=code))

    async def through_made(self, member: str) -> Reach:
        """Returns the total results of the member's created links."""
        return Reach(*await self._row("through_made", member=member))

    async def follow(self, person: str, code: str, *, cause: str, now: int) -> Followed | None:
        """Records that the person opens a link.

        Returns the outcome; None for a code without a member, and for their own.
        """

        def open_it(books: Transaction) -> Followed | None:
            link = self._records.owner_of(books, code)
            if link is None or link.member == person:
                return None
            return Followed(link, *self._records.follow(books, person, link, actor=person, cause=cause, now=now))

        followed = await self._engine.transaction(open_it)
        self._followed.set()
        return followed

    async def friends(self, member: str, *, skip: int, size: int) -> tuple[list[FriendSeen], int]:
        """Returns a page of the member's friends and other visitors, latest first, and their total number."""
        await self._sums.catch_up(member)
        rows = await self._all("friends", member=member, skip=skip, size=size)
        total = await self._row("friends_total", member=member)
        return [_friend(row) for row in rows], total["friends"]

    async def best_friends(self, member: str, *, skip: int, size: int) -> tuple[list[FriendSeen], int]:
        """Returns a page of the friends who brought the member something, the best first, and their number."""
        await self._sums.catch_up(member)
        rows, total = await self._sums.best(member, skip=skip, size=size)
        return [_friend(row) for row in rows], total

    async def visits(self, person: str, size: int) -> list[Visit]:
        """Returns the links that the person opened, latest first."""
        return [_visit(row) for row in await self._all("visits_by", person=person, size=size)]

    async def first_order(self, person: str) -> int | None:
        """Returns the time of the person's first purchase (ms, UTC), None where there is none."""
        at: int | None = (await self._row("first_order", buyer=person))["at"]
        return at

    async def _all(self, query: str, **parameters: Value) -> list[Row]:
        return await self._reader.fetch(getattr(self._queries, query).sql, parameters)

    async def _one(self, query: str, **parameters: Value) -> Row | None:
        return await self._reader.fetch_one(getattr(self._queries, query).sql, parameters)

    async def _row(self, query: str, **parameters: Value) -> Row:
        return await self._reader.fetch_row(getattr(self._queries, query).sql, parameters)


def _reach(row: Row) -> Reach:
    return Reach(row["came"], row["joined"], row["bought"], row["clicks"])


def _friend(row: Row) -> FriendSeen:
    return FriendSeen(
        row["person"],
        row["outcome"],
        row["at"],
        _purpose(row),
        row["joined"],
        row["orders"],
        row["bought"],
        row["earned"],
    )


def _visit(row: Row) -> Visit:
    return Visit(row["code"], row["member"], row["outcome"], row["at"], _purpose(row))


def _purpose(row: Row) -> Purpose | None:
    """Returns the link's purpose; None for a member's own code, whose row has neither kind nor name."""
    return Purpose(row["kind"], row["name"]) if row["kind"] is not None else None
