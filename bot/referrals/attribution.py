"""Attributes a newcomer to the member whose link they follow, or holds the invitation for an admin's review.

Each step is one writer job: the attribution, the newcomer's reward, and the rows about both.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from bot.kit.friends import HOUR_MS, Above, AsideDecided, OwnAside, ReviewRules, UnknownAside, reason_to_look
from bot.kit.links import Kept, MemberLink
from bot.referrals.link_records import LinkRecords, in_by_the_rules
from bot.referrals.reward_issuing import RewardIssuer
from bot.store import load_queries
from engine.records import Member
from engine.store.driver import Connection, Row
from engine.submission import Outcome
from engine.transaction import Transaction

CHAIN_MAX: Final = 50


class _Held(NamedTuple):
    """Holds an undecided invitation."""

    id: int
    person: str
    code: str


class Attribution:
    """Attributes people within writer jobs; `now` returns ms, UTC."""

    def __init__(self, giving: RewardIssuer, caution: ReviewRules, now: Callable[[], int]) -> None:
        self._giving = giving
        self._caution = caution
        self._now = now
        self._queries = load_queries("friends")
        self._released = LinkRecords(self._let_in)

    def admit(self, books: Transaction, person: str, link: MemberLink, actor: str) -> Outcome | Kept:
        """Attributes a person who follows a link.

        Returns the outcome, with the engine's refusal, or why they keep their place.
        """
        member, db = books.member(link.member), books.connection
        if member is None or not self._is_free(books, person, link.member):
            return self._let_in(books, person, link, actor)
        if self._queries.waiting(db, person=person) is not None:
            return "waiting"
        if self._queries.was_dropped(db, person=person, member=link.member) is not None:
            return "dropped"
        if self._holds_for_review(books, person, link, member):
            return "waiting"
        return self._let_in(books, person, link, actor)

    def _is_free(self, books: Transaction, person: str, member: str) -> bool:
        """Returns whether the link would change the person's sponsor."""
        known = books.person(person)
        has_one = known is not None and known.sponsor is not None
        return person != member and not has_one and books.member(person) is None

    def _let_in(self, books: Transaction, person: str, link: MemberLink, actor: str) -> Outcome:
        comes = self._is_free(books, person, link.member)
        outcome = in_by_the_rules(books, person, link, actor)
        if comes and outcome.refusal is None:
            now, discount = self._now(), link.split.discount if link.split is not None else None
            came = self._queries.came_at(books.connection, person=person, member=link.member, since=now)["at"]
            self._queries.put_arrival(books.connection, member=link.member, person=person, at=came)
            self._giving.came(books, person, link.member, discount, now)
        return outcome

    # Holding for review

    def _holds_for_review(self, books: Transaction, person: str, link: MemberLink, member: Member) -> bool:
        now, db = self._now(), books.connection
        since = now - HOUR_MS
        self._queries.forget_arrivals(db, member=link.member, before=since)
        lately = self._queries.lately(db, member=link.member, since=since)["friends"]
        reason = reason_to_look(lately, self._chain(books, member), self._caution)
        if reason is None:
            return False
        leads = self._queries.leads(db, member=link.member, reason=reason, since=since) is None
        self._queries.hold_invitation(
            db, person=person, member=link.member, code=link.code, reason=reason, leads=int(leads), now=now
        )
        return True

    def _chain(self, books: Transaction, member: Member) -> list[Above]:
        """Returns the member and their upline, as far as the ring check looks."""
        chain: list[Above] = []
        at: Member | None = member
        while at is not None and len(chain) < min(self._caution.ring_length, CHAIN_MAX):
            accounts = frozenset(row["digest"] for row in self._queries.accounts(books.connection, member=at.id))
            known = books.person(at.id)
            chain.append(Above(at.id, known.orders if known is not None else 0, at.sales, accounts))
            at = books.member(at.sponsor) if at.sponsor is not None else None
        return chain

    # An admin's decision

    def release(self, books: Transaction, id: int, *, actor: str, every: bool) -> int:
        """Attributes the held person now, or with `every` all of that member's. Returns how many.

        People who joined, or came through another member meanwhile, stay unchanged. Raises UnknownAside, AsideDecided,
        OwnAside.
        """
        held = self._open(books.connection, id, actor, every=every)
        for place, row in enumerate(held):
            self._decide(books.connection, row.id, "released", actor, None, tells_member=not place)
            link = self._released.owner_of(books, row.code)
            if link is not None:
                cause = f"aside:{row.id}"
                self._released.follow(books, row.person, link, actor=actor, cause=cause, now=self._now())
        return len(held)

    def drop(self, books: Transaction, id: int, *, actor: str, reason: str, every: bool) -> int:
        """Rejects the invitation permanently, or with `every` all of that member's. Returns how many.

        Raises as `release`.
        """
        held = self._open(books.connection, id, actor, every=every)
        for place, row in enumerate(held):
            self._decide(books.connection, row.id, "dropped", actor, reason, tells_member=not place)
        return len(held)

    def _open(self, db: Connection, id: int, actor: str, *, every: bool) -> list[_Held]:
        row = self._queries.held_invitation(db, id=id)
        if row is None:
            raise UnknownAside(id)
        if actor in (row["member"], row["person"]):
            raise OwnAside(id)
        if every:
            found = self._queries.held_invitations_of(db, member=row["member"])
            return [_held(each) for each in found if each["person"] != actor]
        if row["decision"] is not None:
            raise AsideDecided(id)
        return [_held(row)]

    def _decide(
        self, db: Connection, id: int, decision: str, actor: str, note: str | None, *, tells_member: bool
    ) -> None:
        self._queries.decide(
            db, id=id, decision=decision, actor=actor, note=note, tells_member=int(tells_member), now=self._now()
        )


def _held(row: Row) -> _Held:
    return _Held(row["id"], row["person"], row["code"])
