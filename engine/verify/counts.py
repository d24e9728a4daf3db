"""Verifies the counts kept with sponsors: counted anew from the replay, they must be those of the tables."""

from collections import Counter
from collections.abc import Iterator

from engine.queries.reads import LEVELS_COUNTED
from engine.store.driver import Connection
from engine.store.memory import MemoryStore
from engine.verify.rows import Row, plain


def compare_counts(connection: Connection, replayed: MemoryStore) -> Iterator[str]:
    """Yields a line for each count of friends, and of members at a level, that is not the replay's."""
    friends = {sponsor: (came, joined, bought) for sponsor, came, joined, bought in _friends(replayed)}
    for sponsor, *found in plain(connection, "SELECT sponsor, came, joined, bought FROM friend_counts"):
        if friends.pop(sponsor, None) != tuple(found):
            yield f"friends of {sponsor}: their counts differ from the journal"
    yield from (f"friends of {sponsor}: are not counted" for sponsor in friends)
    levels = _levels(replayed)
    for member, level, members in plain(connection, "SELECT member, level, members FROM level_counts"):
        if levels.pop((member, level), None) != members:
            yield f"member {member}: the count of level {level} differs from the journal"
    yield from (f"member {member}: level {level} is not counted" for member, level in levels)


def _friends(replayed: MemoryStore) -> Iterator[Row]:
    """Yields each sponsor with how many friends came, joined and bought."""
    came, joined, bought = Counter[str](), Counter[str](), Counter[str]()
    for person in replayed.persons.values():
        if person.sponsor is not None:
            came[person.sponsor] += 1
            joined[person.sponsor] += person.id in replayed.all_members
            bought[person.sponsor] += person.orders > 0
    return ((sponsor, count, joined[sponsor], bought[sponsor]) for sponsor, count in came.items())


def _levels(replayed: MemoryStore) -> Counter[tuple[str, int]]:
    """Counts the members at each level below each member."""
    members, counts = replayed.all_members, Counter[tuple[str, int]]()
    for member in members.values():
        sponsor, level = member.sponsor, 1
        while sponsor is not None and level <= LEVELS_COUNTED:
            counts[sponsor, level] += 1
            sponsor, level = members[sponsor].sponsor, level + 1
    return counts
