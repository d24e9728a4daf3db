"""A shop's customers as persons: who they are, who brought them, and whose account they turn out to be.

An account at a shop is an identity of the realm `shop:NAME`. The first sponsor stays: neither a later code nor a link
to somebody's Telegram account changes one.
"""

from engine.events.model import Attribute
from engine.transaction import Transaction


def customer(
    books: Transaction, realm: str, external_id: str, referrer: str | None, commission: str | None = None
) -> str:
    """The person behind a shop's customer, who is one from now on; a member's code sets their sponsor, the first wins.

    `referrer` is a member, `commission` the rate that their link was made with. Their own code does nothing for a
    member, nor for somebody who has a sponsor.
    """
    person, _ = books.get_or_create_person(realm, external_id)
    if referrer is not None:
        set_sponsor(books, person, referrer, commission, actor=realm)
    return person


def set_sponsor(books: Transaction, person: str, referrer: str, commission: str | None = None, *, actor: str) -> None:
    """Sets the sponsor of somebody who has none and is free to have this one."""
    known = books.person(person)
    has_one = known is not None and known.sponsor is not None
    if person != referrer and not has_one and books.member(person) is None:
        key = f"attribute:{person}:{referrer}" + (f":{commission}" if commission else "")
        books.submit(Attribute(person, referrer, commission), key=key, actor=actor)


def link(books: Transaction, realm: str, external_id: str, person: str) -> str | None:
    """The shop's customer is this person from now on; who they were before, where that was somebody else.

    Both keep their histories: older orders stay with who bought them then. Where only the earlier one had a sponsor,
    the person comes to have the same: it is the first that either of them followed.
    """
    before = books.person_behind(realm, external_id)
    if before == person:
        return None
    books.relink(realm, external_id, person)
    earlier = books.person(before) if before is not None else None
    if earlier is not None and earlier.sponsor is not None:
        set_sponsor(books, person, earlier.sponsor, earlier.commission, actor=realm)
    return before
