"""Serves friends and their rewards to handlers: reads beside the writer, writes as its jobs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.kit.friends import Expected, HeldInvitation, ReviewRules, SharedLink, UnknownAside
from bot.kit.rewards import Gift, Reward, SharedBudget, Split, why_withheld
from bot.referrals.attribution import Attribution
from bot.referrals.reward_issuing import RewardIssuer
from bot.referrals.rows import gift_of, held_invitation_of
from bot.runtime.signals import Signal
from bot.store import load_queries
from engine.errors import StoreError
from engine.service import Engine
from engine.store.driver import Row, Value
from engine.store.reader import Reader
from engine.transaction import Transaction

CODE_TRIES_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class FriendRules:
    """Holds the configured referral rules: rewards by id, the split, and the thresholds of invitation review."""

    rewards: dict[str, Reward]
    share: SharedBudget | None = None
    caution: ReviewRules = field(default_factory=ReviewRules)


class FriendsBook:
    """Implements the kit's Friends. `now` returns ms, UTC, `new_code` a link's random code.

    `changed` is set when there may be notifications.
    """

    def __init__(
        self,
        engine: Engine,
        reader: Reader,
        rules: FriendRules,
        *,
        giving: RewardIssuer,
        now: Callable[[], int],
        new_code: Callable[[], str],
        changed: Signal,
    ) -> None:
        self._engine = engine
        self._reader = reader
        self._rules = rules
        self._door = Attribution(giving, rules.caution, now)
        self.admit = self._door.admit
        """Returns the function that attributes people, which LinkRecords calls within a writer job."""
        self._now = now
        self._new_code = new_code
        self._changed = changed
        self._queries = load_queries("friends")

    async def is_waiting(self, person: str) -> bool:
        """Returns whether an invitation of the person is held for review."""
        return await self._one("waiting", person=person) is not None

    # Rewards

    async def gifts(self, person: str) -> list[Gift]:
        """Returns the person's rewards, newest first."""
        selves = [row["id"] for row in await self._all("selves", person=person)]
        found = [gift_of(row) for each in selves for row in await self._all("gifts_of", person=each)]
        return sorted(found, key=lambda gift: gift.id, reverse=True)

    async def expected(self, person: str) -> Expected:
        """Returns the usable and pending rewards, and the rewards that a first purchase would bring."""
        gifts = await self.gifts(person)
        open_ones = tuple(each for each in gifts if each.state(self._now()) in ("given", "waiting"))
        ahead = [each.id for each in self._rules.rewards.values() if each.when == "first_purchase"]
        known = await self._engine.person(person)
        if not ahead or known is None or known.sponsor is None or known.since is None or known.orders:
            return Expected(open_ones)
        met = await self._one("met", person=person)
        came = await self._row("came_at", person=person, member=known.sponsor, since=known.since)
        withheld = why_withheld(
            same_account=await self._one("same_account", person=person, member=known.sponsor) is not None,
            came=came["at"],
            met=met["met_at"] if met is not None else None,
            bought_before=False,  # they have bought nothing
        )
        return Expected(open_ones, tuple(ahead) if withheld is None else ())

    # Links with a split

    async def share(self, member: str, split: Split) -> SharedLink:
        """Returns the member's link with that split, creating it if missing."""
        return SharedLink(await self._engine.transaction(lambda books: self._shared(books, member, split)), split)

    def _shared(self, books: Transaction, member: str, split: Split) -> str:
        wanted = {"member": member, "commission": split.commission, "discount": split.discount}
        for _ in range(CODE_TRIES_MAX):
            row = self._queries.share_like(books.connection, **wanted)
            if row is not None:
                return str(row["code"])
            self._queries.put_share(books.connection, code=self._new_code(), now=self._now(), **wanted)
        raise StoreError("no free code for a link was found")

    # Invitations held for review

    async def held_invitations(self, *, skip: int, count: int) -> tuple[list[HeldInvitation], int]:
        """Returns a page of held invitations, oldest first, and their total number."""
        rows = await self._all("held_invitations", skip=skip, count=count)
        total = await self._row("held_invitations_total")
        return [held_invitation_of(row) for row in rows], int(total["total"])

    async def held_invitation(self, id: int) -> HeldInvitation:
        """Returns one held invitation. Raises UnknownAside."""
        row = await self._one("held_invitation", id=id)
        if row is None:
            raise UnknownAside(id)
        return held_invitation_of(row)

    async def release(self, id: int, *, actor: str, every: bool) -> int:
        """Releases one held invitation, or with `every` all of that member's.

        Raises UnknownAside, AsideDecided, OwnAside.
        """
        count = await self._engine.transaction(lambda books: self._door.release(books, id, actor=actor, every=every))
        self._changed.set()
        return count

    async def drop(self, id: int, *, actor: str, reason: str, every: bool) -> int:
        """Rejects one held invitation, or with `every` all of that member's. Raises as `release`."""
        count = await self._engine.transaction(
            lambda books: self._door.drop(books, id, actor=actor, reason=reason, every=every)
        )
        self._changed.set()
        return count

    async def _all(self, query: str, **params: Value) -> list[Row]:
        return await self._reader.fetch(getattr(self._queries, query).sql, params)

    async def _one(self, query: str, **params: Value) -> Row | None:
        return await self._reader.fetch_one(getattr(self._queries, query).sql, params)

    async def _row(self, query: str, **params: Value) -> Row:
        return await self._reader.fetch_row(getattr(self._queries, query).sql, params)
