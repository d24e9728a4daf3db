"""Verifies the counts kept with sponsors, against the persons and members that the replay has proved.

A level is counted from the one above it in the same table: each member's level is the sum of the level before of the
members whom they sponsor. Where the first level is right, and each follows from the last, all are.
"""

from collections.abc import Iterator
from itertools import groupby

from engine.queries.reads import LEVELS_COUNTED
from engine.store.driver import Connection
from engine.verify.rows import plain

_FRIENDS = """
SELECT p.sponsor, COUNT(*), SUM(m.id IS NOT NULL), SUM(p.orders > 0)
FROM persons AS p LEFT JOIN members AS m ON m.id = p.id WHERE p.sponsor IS NOT NULL GROUP BY p.sponsor
"""
_FRIENDS_KEPT = "SELECT sponsor, came, joined, bought FROM friend_counts"
_LEVELS = """
SELECT sponsor, 1, COUNT(*) FROM members WHERE sponsor IS NOT NULL GROUP BY sponsor
UNION ALL
SELECT m.sponsor, l.level + 1, SUM(l.members) FROM level_counts AS l JOIN members AS m ON m.id = l.member
WHERE l.level < ? AND m.sponsor IS NOT NULL GROUP BY m.sponsor, l.level + 1
"""
_LEVELS_KEPT = "SELECT member, level, members FROM level_counts"


def compare_counts(connection: Connection) -> Iterator[str]:
    """Yields a line for each person whose counts of friends, or of members at their levels, do not follow."""
    for sponsor in _differing(connection, _FRIENDS, _FRIENDS_KEPT):
        yield f"friends of {sponsor}: their counts differ from the journal"
    for member in _differing(connection, _LEVELS, _LEVELS_KEPT, LEVELS_COUNTED):
        yield f"member {member}: the counts of their levels differ from the journal"


def _differing(connection: Connection, counted: str, kept: str, *values: int) -> Iterator[str]:
    """Yields each id with a row in one of the two alone. SQLite sorts them, in a file where there are many."""
    rows = plain(
        connection,
        f"""
        WITH counted AS MATERIALIZED ({counted}), kept AS ({kept})
        SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
        UNION SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
        ORDER BY 1
        """,  # noqa: S608
        values,
    )
    return (id for id, _ in groupby(row[0] for row in rows))
