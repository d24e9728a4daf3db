"""Writes sealed rows, which follow from no event, inside the caller's transaction."""

import sqlite3

from engine.seals import seal
from engine.vault import SecretPlace, Vault


def put_halt(vault: Vault | None, problem: str | None, now: int, db: sqlite3.Connection) -> int | None:
    """Records that payouts are stopped, or (None) resumed; returns since when they are stopped (ms, UTC)."""
    (since,) = db.execute("SELECT MIN(at) FROM halts").fetchone()
    db.execute("DELETE FROM halts")
    if problem is None:
        return None
    since = since if type(since) is int else now
    db.execute(
        "INSERT INTO halts (at, problem, seal) VALUES (?, ?, ?)", (since, problem, seal(vault, "halts", since, problem))
    )
    return since


def put_destination(db: sqlite3.Connection, vault: Vault, member: str, kind: str, secret: str) -> int:
    """Returns the number of a member's destination; a new one is sealed for a row of its own."""
    found = db.execute(
        "SELECT id FROM destinations WHERE member = ? AND digest = ?", (member, vault.digest(secret))
    ).fetchone()
    if found is not None:
        return int(found["id"])
    (last,) = db.execute("SELECT MAX(id) FROM destinations").fetchone()
    place = SecretPlace((last or 0) + 1, member, kind)
    sealed = vault.seal(secret, place)
    row = (*place, sealed.ciphertext, sealed.key_id, sealed.last_four, sealed.digest)
    db.execute(
        "INSERT INTO destinations (id, member, kind, ciphertext, key_id, last_four, digest, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, seal(vault, "destinations", *row)),
    )
    return place.id
