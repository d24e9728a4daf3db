"""Notifies friends of rewards, admins of invitations held for review, and both sides of the decisions."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.kit.effects import Outgoing
from bot.kit.friends import HeldInvitation, ReviewDecision
from bot.kit.person import People, Person
from bot.kit.rewards import Gift
from bot.notifications.relay import Letters, PendingNotification
from bot.referrals.rows import decision_of, gift_of, held_invitation_of
from bot.store import load_queries
from engine.store.driver import Connection, Row, Value
from engine.store.reader import Reader

MayWait = Callable[[Gift, Person], Awaitable[bool]]
"""Returns whether a reward's notification waits for the end of its owner's quiet hours."""


@dataclass(frozen=True, slots=True)
class Renderers:
    """Renders each kind of notification for one person."""

    gift: Callable[[Gift, Person], Awaitable[Sequence[Outgoing]]]
    set_aside: Callable[[HeldInvitation, Person], Awaitable[Sequence[Outgoing]]]
    decided: Callable[[ReviewDecision, Person], Awaitable[Sequence[Outgoing]]]


class FriendsNews:
    """Reads untold rewards and invitations held for review; it is a relay's Source."""

    def __init__(self, reader: Reader, people: People, renderers: Renderers, may_wait: MayWait) -> None:
        self._reader = reader
        self._people = people
        self._renderers = renderers
        self._may_wait = may_wait
        self._queries = load_queries("friends")

    async def untold(self, size: int) -> list[PendingNotification]:
        """Returns untold rows. Invitations held for review wait until an admin has begun a chat."""
        held = await self._fetch("untold_held_invitations", size=size) if await self._people.admins() else []
        decisions = await self._fetch("untold_decisions", size=size)
        gifts = await self._gifts(size)
        return [
            *(self._of_held_invitation(held_invitation_of(row)) for row in held),
            *(self._of_a_decision(decision_of(row), tells_member=bool(row["tells_member"])) for row in decisions),
            *(self._of_a_gift(gift) for gift in gifts),
        ]

    async def _gifts(self, size: int) -> list[Gift]:
        """Returns rewards whose notification does not wait for quiet hours."""
        ready: list[Gift] = []
        after = 0
        while len(ready) < size and (rows := await self._fetch("untold_gifts", after=after, size=size)):
            page = [gift_of(row) for row in rows]
            after = page[-1].id
            ready += [gift for gift in page if not await self._waits(gift)]
        return ready

    async def _waits(self, gift: Gift) -> bool:
        owner = await self._people.get(gift.person)
        return owner is not None and await self._may_wait(gift, owner)

    def _news(self, kind: str, id: int, render: Callable[[], Awaitable[Letters]]) -> PendingNotification:
        def noted(connection: Connection, now: int) -> None:
            getattr(self._queries, f"{kind}_told")(connection, id=id, now=now)

        return PendingNotification(f"{kind} {id}", render, noted)

    def _of_a_gift(self, gift: Gift) -> PendingNotification:
        async def letters() -> Letters:
            owner = await self._people.get(gift.person)
            return [(f"gift:{gift.id}", await self._renderers.gift(gift, owner))] if owner is not None else []

        return self._news("gift", gift.id, letters)

    def _of_held_invitation(self, held: HeldInvitation) -> PendingNotification:
        """Tells the admins and the member."""

        async def letters() -> Letters:
            member = await self._people.get(held.member)
            readers = {each.id: each for each in await self._people.admins()}
            if member is not None:
                readers[member.id] = member
            return [
                (f"aside:{held.id}/{id}", await self._renderers.set_aside(held, each)) for id, each in readers.items()
            ]

        return self._news("aside", held.id, letters)

    def _of_a_decision(self, what: ReviewDecision, *, tells_member: bool) -> PendingNotification:
        async def letters() -> Letters:
            concerned = [what.person, what.member] if tells_member else [what.person]
            readers = [each for id in concerned if (each := await self._people.get(id)) is not None]
            return [(f"decided:{what.id}/{each.id}", await self._renderers.decided(what, each)) for each in readers]

        return self._news("decision", what.id, letters)

    async def _fetch(self, query: str, **params: Value) -> list[Row]:
        return await self._reader.fetch(getattr(self._queries, query).sql, params)
