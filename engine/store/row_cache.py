"""What a store remembers of its tables between events."""

from typing import Final

from engine.facts import Decision
from engine.records import Member, Person

KNOWN_MAX: Final = 10_000
"""So many persons and so many members, some megabytes of memory each."""


class RowCache:
    """Persons and members as they are now, and when the next commission ripens.

    Only events change any of it, so it holds for as long as the journal ends with the event that was applied last.
    That somebody is not there is never remembered: people are met without an event.
    """

    def __init__(self) -> None:
        self.persons: dict[str, Person] = {}
        self.members: dict[str, Member] = {}
        # No commission ripens before (milliseconds UTC): with approval by itself (True), of approved ones (False).
        self.ripens: dict[bool, int] = {}

    def meet(self, person: Person) -> Person:
        """A person who was read. Whoever was only met is asked for again: that may be undone without an event."""
        if len(self.persons) < KNOWN_MAX and (person.sponsor is not None or person.orders):
            self.persons[person.id] = person
        return person

    def meet_member(self, member: Member) -> Member:
        """A member who was read."""
        if len(self.members) < KNOWN_MAX:
            self.members[member.id] = member
        return member

    def apply(self, decision: Decision) -> None:
        """What an event has changed."""
        self.persons |= decision.persons
        self.members |= decision.members
        for each in decision.commissions.values():
            if each.state == "pending":
                for by_itself, at in self.ripens.items():
                    if by_itself or each.approved:
                        self.ripens[by_itself] = min(at, each.matures)

    def tidy(self) -> None:
        """Lets go of people where there are too many; the tables have to know them by now."""
        if len(self.persons) > KNOWN_MAX:
            self.persons.clear()
        if len(self.members) > KNOWN_MAX:
            self.members.clear()
