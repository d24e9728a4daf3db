"""Maps a shop's customers to persons: sets their sponsor and links them to Telegram accounts.

An account at a shop is an identity of the realm `shop:NAME`. The first sponsor stays: neither a later code nor linking
a Telegram account changes it.
"""

from engine.events.model import Attribute
from engine.transaction import Transaction


def customer(
    books: Transaction, realm: str, external_id: str, referrer: str | None, commission: str | None = None
) -> str:
    """Returns the person behind a shop's customer, created if new; a member's code sets their sponsor, the first wins.

    `referrer` is a member, `commission` the rate of their link. The code is ignored for the member themself and for a
    person who has a sponsor.
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
    """Makes this person the shop's customer from now on; returns the previous person if it was another.

    Both keep their histories: older orders stay with the person who bought them. If only the previous one had a
    sponsor, this person gets the same one, as the first that either of them followed.
    """
    before = books.person_behind(realm, external_id)
    if before == person:
        return None
    books.relink(realm, external_id, person)
    earlier = books.person(before) if before is not None else None
    if earlier is not None and earlier.sponsor is not None:
        set_sponsor(books, person, earlier.sponsor, earlier.commission, actor=realm)
    return before
