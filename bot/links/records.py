"""The rows about links, inside a job of the writer."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any, Final

from bot.kit.links import TAGS_MAX, Came, MemberLink, Purpose, TooManyTags
from bot.store import load_queries
from engine.codes import LENGTH
from engine.errors import AlreadyMember, StoreError
from engine.events import Attribute
from engine.together import Together

CODE_TRIES_MAX: Final = 20
IN_VAIN: Final = ("elsewhere", "member")


class LinkRecords:
    """The tables `link_codes` and `visits`. Methods that take a connection or books are parts of a writer's job."""

    def __init__(self) -> None:
        self._queries = load_queries("links")

    def behind(self, books: Together, code: str) -> MemberLink | None:
        """The link of a code, where a member stands behind it."""
        link = MemberLink(code, code) if len(code) == LENGTH else self._link(books.connection, code)
        return link if link is not None and books.member(link.member) is not None else None

    def _link(self, connection: sqlite3.Connection, code: str) -> MemberLink | None:
        row = self._queries.link(connection, code=code)
        return link_of(row) if row is not None else None

    def make(
        self, connection: sqlite3.Connection, member: str, purpose: Purpose, new_code: Callable[[], str], now: int
    ) -> MemberLink:
        """The member's link for the purpose. Raises TooManyTags."""
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
        self, books: Together, person: str, link: MemberLink, *, actor: str, cause: str, now: int
    ) -> tuple[Came, bool]:
        """The person opens somebody else's link: what came of it the first time, and whether this is that time.

        In vain it is the first time only once for each member, however many links they have made.
        """
        known = self._queries.visit(books.connection, person=person, code=link.code)
        outcome: Came = known["outcome"] if known is not None else self._attribute(books, person, link, actor)
        if known is None:
            visit = {"person": person, "code": link.code, "member": link.member, "outcome": outcome, "cause": cause}
            self._queries.put_visit(books.connection, now=now, **visit)
        if outcome in IN_VAIN:
            known = self._queries.first_in_vain(books.connection, person=person, member=link.member)
        return outcome, known is None or known["cause"] == cause

    def _attribute(self, books: Together, person: str, link: MemberLink, actor: str) -> Came:
        """The first sponsor wins; what the rules say of this link."""
        before = books.person(person)
        sponsor = before.sponsor if before is not None else None
        commission = link.purpose.commission if link.purpose is not None else None
        event = Attribute(person, link.member, commission)
        refusal = books.submit(event, key=f"attribute:{person}:{link.code}", actor=actor).refusal
        if refusal is not None and not isinstance(refusal, AlreadyMember):
            raise refusal
        return _outcome(sponsor, link.member, is_member=refusal is not None)


def link_of(row: Any) -> MemberLink:
    """A link out of its row."""
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
