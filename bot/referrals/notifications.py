"""Notifies friends of rewards, admins of invitations held for review, and both sides of the decisions."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.kit.effects import Outgoing
from bot.kit.friends import HeldInvitation, ReviewDecision
from bot.kit.person import People, Person
from bot.kit.rewards import Gift
from bot.notifications.relay import Letters, PendingNotification
from bot.referrals.rows import decision_of, gift_of, held_invitation_of
from bot.store import load_queries
from engine.store.driver import Connection, Row
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
        held_invitations = (
            await self._fetch("untold_held_invitations", size=size) if await self._people.admins() else []
        )
        decisions = await self._fetch("untold_decisions", size=size)
        gifts = await self._gifts(size)
        return [
            *(self._news("aside", row, self._of_held_invitation) for row in held_invitations),
            *(self._news("decision", row, self._of_a_decision) for row in decisions),
            *(self._news("gift", row, self._of_a_gift) for row in gifts),
        ]

    async def _gifts(self, size: int) -> list[Row]:
        """Returns rewards whose notification does not wait for quiet hours."""
        ready: list[Row] = []
        after = 0
        while len(ready) < size and (page := await self._fetch("untold_gifts", after=after, size=size)):
            after = page[-1]["id"]
            ready += [row for row in page if not await self._waits(row)]
        return ready

    async def _waits(self, row: Row) -> bool:
        owner = await self._people.get(row["person"])
        return owner is not None and await self._may_wait(gift_of(row), owner)

    def _news(self, kind: str, row: Row, render: Callable[[Row], Awaitable[Letters]]) -> PendingNotification:
        def noted(connection: Connection, now: int) -> None:
            getattr(self._queries, f"{kind}_told")(connection, id=row["id"], now=now)

        return PendingNotification(f"{kind} {row['id']}", partial(render, row), noted)

    async def _of_a_gift(self, row: Row) -> Letters:
        gift, owner = gift_of(row), await self._people.get(row["person"])
        return [(f"gift:{gift.id}", await self._renderers.gift(gift, owner))] if owner is not None else []

    async def _of_held_invitation(self, row: Row) -> Letters:
        """Renders the invitation for the admins and the member."""
        held, member = held_invitation_of(row), await self._people.get(row["member"])
        readers = {each.id: each for each in await self._people.admins()}
        if member is not None:
            readers[member.id] = member
        return [(f"aside:{held.id}/{id}", await self._renderers.set_aside(held, each)) for id, each in readers.items()]

    async def _of_a_decision(self, row: Row) -> Letters:
        what = decision_of(row)
        concerned = [what.person, what.member] if row["tells_member"] else [what.person]
        readers = [each for id in concerned if (each := await self._people.get(id)) is not None]
        return [(f"decided:{what.id}/{each.id}", await self._renderers.decided(what, each)) for each in readers]

    async def _fetch(self, query: str, **params: Any) -> list[Row]:
        return await self._reader.fetch(getattr(self._queries, query).sql, params)
