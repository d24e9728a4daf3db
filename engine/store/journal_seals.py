"""Seals the journal: each seal chains the digests of the rows since the one before it, so that old rows are fixed.

The seals of rows that follow from no event, such as identities, are other ones (`engine/seals.py`).
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from engine.store.driver import Connection

LAST: Final = "SELECT number, journal, transfers, made_at, digest FROM seals ORDER BY number DESC LIMIT 1"
NUMBERED: Final = "SELECT number, journal, transfers, made_at, digest FROM seals WHERE number = ?"
AFTER: Final = "SELECT number, journal, transfers, made_at, digest FROM seals WHERE number > ? ORDER BY number"
PUT: Final = "INSERT INTO seals (number, journal, transfers, made_at, digest) VALUES (?, ?, ?, ?, ?)"


class JournalSeal(NamedTuple):
    """Holds a row of seals: `journal` is the last row that it covers, `transfers` counts all transfers up to there.

    `made_at` is in milliseconds UTC.
    """

    number: int
    journal: int
    transfers: int
    made_at: int
    digest: str


UNSEALED: Final = JournalSeal(0, 0, 0, 0, "")
"""What the first seal is chained to."""


class SealChain:
    """Adds up the digests since a seal: journal rows in order, each followed by its transfers by leg."""

    def __init__(self, last: JournalSeal = UNSEALED) -> None:
        self.restart(last)

    def restart(self, last: JournalSeal) -> None:
        """Begins anew behind this seal."""
        self.last = last
        self._transfers = last.transfers
        self._digests = sha256(last.digest.encode())

    def add(self, row: str) -> None:
        """Adds the digest of the next journal row."""
        self._digests.update(row.encode())

    def add_transfer(self, row: str) -> None:
        """Adds the digest of the next transfer of the row that was added last."""
        self._transfers += 1
        self._digests.update(row.encode())

    def sealed(self, journal: int, made_at: int) -> JournalSeal:
        """Returns the seal of everything that was added, up to journal row `journal`; it is the last one from now
        on.
        """
        number, transfers = self.last.number + 1, self._transfers
        self._digests.update(msgspec.json.encode((number, journal, transfers, made_at)))
        self.restart(JournalSeal(number, journal, transfers, made_at, self._digests.hexdigest()))
        return self.last


def last_seal(connection: Connection) -> JournalSeal:
    """Returns the newest seal; UNSEALED before the first."""
    row = connection.execute(LAST).fetchone()
    return UNSEALED if row is None else JournalSeal(*row)


def seals_after(connection: Connection, number: int) -> Iterator[JournalSeal]:
    """Yields the seals after the one with this number, in their order."""
    rows = connection.execute(AFTER, (number,))
    return (JournalSeal(*row) for row in rows)


def put_seal(connection: Connection, seal: JournalSeal) -> bool:
    """Writes the seal in a transaction of its own; returns False if another one has been made meanwhile.

    Raises DriverError.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        follows = last_seal(connection).number == seal.number - 1
        if follows:
            connection.execute(PUT, seal)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return follows
