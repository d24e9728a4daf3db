"""Reads and writes the rows about links, within writer jobs."""

import json
from collections.abc import Callable
from typing import Final

from bot.kit.links import TAGS_MAX, Came, Kept, MemberLink, Purpose, TooManyTags
from bot.kit.rewards import Split
from bot.store import load_queries
from engine.codes import LENGTH
from engine.errors import AlreadyMember, StoreError
from engine.events.model import Attribute
from engine.store.driver import Connection, Row
from engine.submission import Outcome
from engine.transaction import Transaction

Admit = Callable[[Transaction, str, MemberLink, str], Outcome | Kept]
"""Attributes a person (by id) to a link's member for an actor, or returns why they keep their place."""

CODE_TRIES_MAX: Final = 20
IN_VAIN: Final = ("elsewhere", "member")


class LinkRecords:
    """Accesses the tables `link_codes` and `visits`.

    Methods with a connection or transaction run within a writer job.
    """

    def __init__(self, admit: Admit | None = None) -> None:
        """`admit` attributes people; the default applies the engine's rules alone."""
        self._admit = admit or in_by_the_rules
        self._queries = load_queries("links")
        self._shares = load_queries("friends")

    def owner_of(self, books: Transaction, code: str) -> MemberLink | None:
        """Returns the link of a code, None where no member owns it."""
        link = MemberLink(code, code) if len(code) == LENGTH else self._link(books.own_tables, code)
        return link if link is not None and books.member(link.member) is not None else None

    def _link(self, connection: Connection, code: str) -> MemberLink | None:
        row = self._queries.link(connection, code=code)
        if row is not None:
            return link_of(row)
        shared = self._shares.share_of(connection, code=code)
        return shared_link_of(shared) if shared is not None else None

    def make(
        self, connection: Connection, member: str, purpose: Purpose, new_code: Callable[[], str], now: int
    ) -> MemberLink:
        """Returns the member's link for the purpose, creating it if missing. Raises TooManyTags, StoreError."""
        wanted = {
            "member": member,
            "kind": purpose.kind,
            "name": purpose.name,
            "commission": purpose.commission or "",
        }
        for _ in range(CODE_TRIES_MAX):
            row = self._queries.link_for(connection, **wanted)
            if row is not None:
                return link_of(row)
            if purpose.kind == "tag" and self._queries.tags_of(connection, member=member)["tags"] >= TAGS_MAX:
                raise TooManyTags(TAGS_MAX)
            products = json.dumps(purpose.products)
            self._queries.put_link(connection, code=new_code(), products=products, now=now, **wanted)
        raise StoreError("no free code for a link was found")

    def follow(
        self, books: Transaction, person: str, link: MemberLink, *, actor: str, cause: str, now: int
    ) -> tuple[Came | Kept, bool]:
        """Records that a person opens another member's link.

        Returns the first outcome, and whether this is the first time.

        An outcome without effect counts as first once for each member, however many links they have made. An invitation
        held for review is not a visit yet.
        """
        known = self._queries.visit(books.own_tables, person=person, code=link.code)
        outcome: Came | Kept = known["outcome"] if known is not None else self._attribute(books, person, link, actor)
        if outcome in ("waiting", "dropped"):
            return outcome, True
        if known is None:
            visit = {"person": person, "code": link.code, "member": link.member, "outcome": outcome, "cause": cause}
            self._queries.put_visit(books.own_tables, now=now, **visit)
        if outcome in IN_VAIN:
            known = self._queries.first_in_vain(books.own_tables, person=person, member=link.member)
        return outcome, known is None or known["cause"] == cause

    def _attribute(self, books: Transaction, person: str, link: MemberLink, actor: str) -> Came | Kept:
        """Attributes the person and returns the outcome; the first sponsor wins. Raises the engine's refusals."""
        before = books.person(person)
        sponsor = before.sponsor if before is not None else None
        admitted = self._admit(books, person, link, actor)
        if isinstance(admitted, str):
            return admitted
        refusal = admitted.refusal
        if refusal is not None and not isinstance(refusal, AlreadyMember):
            raise refusal
        return _outcome(sponsor, link.member, is_member=refusal is not None)


def in_by_the_rules(books: Transaction, person: str, link: MemberLink, actor: str) -> Outcome:
    """Attributes the person under the engine's rules. Returns the outcome."""
    event = Attribute(person, link.member, link.commission)
    return books.submit(event, key=f"attribute:{person}:{link.code}", actor=actor)


def shared_link_of(row: Row) -> MemberLink:
    """Returns the link with a split in a row."""
    return MemberLink(row["code"], row["member"], split=Split(row["discount"], row["commission"]))


def link_of(row: Row) -> MemberLink:
    """Returns the link in a row."""
    products = tuple(json.loads(row["products"]))
    return MemberLink(
        row["code"], row["member"], Purpose(row["kind"], row["name"], products, row["commission"] or None)
    )


def _outcome(sponsor: str | None, member: str, *, is_member: bool) -> Came:
    if sponsor == member:
        return "friend"
    if is_member:
        return "member"
    return "came" if sponsor is None else "elsewhere"
