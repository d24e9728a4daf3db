"""Caches a store's rows between events."""

from typing import Final

from engine.facts import Decision
from engine.records import Member, PersonRecord

KNOWN_MAX: Final = 10_000
"""The most persons and the most members kept, some megabytes of memory each."""


class RowCache:
    """Holds current persons and members, and when the next commission ripens.

    Only events change these, so the cache is valid while the journal ends with the event that was applied last. Absence
    is never cached, because persons are created without an event.

    A decision's rows are merged whole and must stay until they are stored, so that these are dictionaries that are
    emptied in between, and no LRU caches, which evict on each insertion.
    """

    def __init__(self) -> None:
        self.persons: dict[str, PersonRecord] = {}
        self.members: dict[str, Member] = {}
        # No commission ripens before (milliseconds UTC): with automatic approval (True), of approved ones (False).
        self.ripens: dict[bool, int] = {}

    def meet(self, person: PersonRecord) -> PersonRecord:
        """Caches and returns a person that was read, unless only met: that may be undone without an event."""
        if len(self.persons) < KNOWN_MAX and (person.sponsor is not None or person.orders):
            self.persons[person.id] = person
        return person

    def meet_member(self, member: Member) -> Member:
        """Caches and returns a member that was read."""
        if len(self.members) < KNOWN_MAX:
            self.members[member.id] = member
        return member

    def apply(self, decision: Decision) -> None:
        """Applies an event's changes."""
        self.persons |= decision.persons
        self.members |= decision.members
        for each in decision.commissions.values():
            if each.state == "pending":
                for by_itself, at in self.ripens.items():
                    if by_itself or each.approved:
                        self.ripens[by_itself] = min(at, each.matures)

    def tidy(self) -> None:
        """Evicts rows when there are too many; the tables must hold them by now."""
        if len(self.persons) > KNOWN_MAX:
            self.persons.clear()
        if len(self.members) > KNOWN_MAX:
            self.members.clear()
