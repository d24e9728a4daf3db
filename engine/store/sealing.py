"""Seals a store: older rows are accepted as they are, once, and verified from then on.

A store of an earlier version is sealed by the first engine that opens it with its key. Rows that the key does not open,
or that were changed before, are left as they are: verification reports them.
"""

import sqlite3
from hashlib import sha256
from typing import Final

import msgspec

from engine.errors import VaultError
from engine.seals import seal
from engine.vault import BOUND, Sealed, SecretPlace, Vault

SEALED: Final = "sealed"
"""The baseline that marks the store as sealed: from here on a row without a seal is wrong."""

GIVEN_UP: Final = "-"
"""The ciphertext of a destination that no key can open any more."""

IDENTITY: Final = "realm, external_id, person"
DESTINATION: Final = "id, member, kind, ciphertext, key_id, last_four, digest"
HALT: Final = "at, problem"
CHANGE: Final = "number, realm, external_id, earlier, person"
BASELINE: Final = "name, upto, digest"

BASELINES: Final = {
    "journal": "SELECT seq, key, actor, refusal, details FROM journal WHERE seq <= ? ORDER BY seq",
    "notices": "SELECT number, seq, at, kind, person, content FROM notices WHERE number <= ? ORDER BY number",
}
"""The rows that each baseline's digest covers."""


def baseline_digest(connection: sqlite3.Connection, name: str, upto: int) -> str:
    """Returns the SHA-256 of all rows that the baseline covers."""
    digest, encode = sha256(), msgspec.json.Encoder().encode
    for row in _plain(connection, BASELINES[name], (upto,)):
        digest.update(encode(row))
    return digest.hexdigest()


def complete_baselines(connection: sqlite3.Connection) -> None:
    """Computes the digests that a migration has left open; verification reports unreadable ones."""
    if not _open_baselines(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _complete(connection)
        connection.execute("COMMIT")
    except sqlite3.DatabaseError:
        connection.execute("ROLLBACK")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _complete(connection: sqlite3.Connection) -> None:
    for name, upto in _open_baselines(connection):
        digest = baseline_digest(connection, name, upto)
        row = (digest, seal(None, "baselines", name, upto, digest), name)
        connection.execute("UPDATE baselines SET digest = ?, seal = ? WHERE name = ?", row)


def _open_baselines(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    if is_sealed(connection):
        return []
    return list(_plain(connection, "SELECT name, upto FROM baselines WHERE seal = ''", ()))


def is_sealed(connection: sqlite3.Connection) -> bool:
    """Returns whether rows without a signature count as wrong."""
    return connection.execute("SELECT 1 FROM baselines WHERE name = ?", (SEALED,)).fetchone() is not None


def has_signatures(connection: sqlite3.Connection) -> bool:
    """Returns whether any row is signed, whatever the record says."""
    signed = "SELECT 1 FROM {} WHERE seal <> '' AND seal NOT LIKE ':%'"
    tables = ("identities", "destinations", "identity_changes", "baselines")
    return connection.execute(f"{' UNION ALL '.join(map(signed.format, tables))} LIMIT 1").fetchone() is not None


def seal_store(connection: sqlite3.Connection, vault: Vault) -> None:
    """Seals what no earlier run with a key has sealed, inside the caller's transaction; a sealed store stays as it is.

    Raises VaultError for a store none of whose destinations were sealed with this key.
    """
    if is_sealed(connection) or has_signatures(connection):
        return
    _refuse_a_wrong_key(connection, vault)
    _complete(connection)
    _bind_destinations(connection, vault)
    _seal_rows(connection, vault, "identities", IDENTITY, "realm = ? AND external_id = ? AND person = ?")
    _seal_rows(connection, vault, "halts", HALT, "at = ? AND problem = ?")
    record = (SEALED, 0, vault.key_id)
    connection.execute("INSERT INTO baselines VALUES (?, ?, ?, '')", record)
    _seal_rows(connection, vault, "baselines", BASELINE, "name = ? AND upto = ? AND digest = ?")


def seal_again(connection: sqlite3.Connection, vault: Vault) -> None:
    """Seals everything as it is now, after an operator has confirmed that it is right.

    For a lost key and for manual repairs, inside the caller's transaction. Destinations that the key does not open are
    given up: they cannot be paid to.
    """
    connection.execute("DELETE FROM baselines WHERE name = ?", (SEALED,))
    _bind_destinations(connection, vault)
    _give_up_destinations(connection, vault)
    _seal_rows(connection, vault, "identities", IDENTITY, "realm = ? AND external_id = ? AND person = ?")
    _seal_rows(connection, vault, "halts", HALT, "at = ? AND problem = ?")
    _seal_changes(connection, vault)
    for name in BASELINES:
        (upto,) = connection.execute("SELECT upto FROM baselines WHERE name = ?", (name,)).fetchone() or (0,)
        row = (name, upto, baseline_digest(connection, name, upto))
        connection.execute("INSERT OR REPLACE INTO baselines VALUES (?, ?, ?, '')", row)
    connection.execute("INSERT INTO baselines VALUES (?, ?, ?, '')", (SEALED, 0, vault.key_id))
    _seal_rows(connection, vault, "baselines", BASELINE, "name = ? AND upto = ? AND digest = ?")


def _seal_changes(connection: sqlite3.Connection, vault: Vault) -> None:
    """Seals the identity changes; the trigger that protects them is dropped meanwhile."""
    (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'identity_changes_stay'").fetchone()
    connection.execute("DROP TRIGGER identity_changes_stay")
    where = "number = ? AND realm = ? AND external_id = ? AND earlier = ? AND person = ?"
    _seal_rows(connection, vault, "identity_changes", CHANGE, where)
    connection.execute(trigger)


def _give_up_destinations(connection: sqlite3.Connection, vault: Vault) -> None:
    select = f"SELECT {DESTINATION} FROM destinations"  # noqa: S608
    for id, member, kind, ciphertext, key, last_four, digest in list(_plain(connection, select, ())):
        try:
            vault.open(Sealed(ciphertext, key, last_four, digest), SecretPlace(id, member, kind))
            kept = ciphertext
        except VaultError:
            kept = GIVEN_UP
        mark = seal(vault, "destinations", id, member, kind, kept, key, last_four, digest)
        connection.execute("UPDATE destinations SET ciphertext = ?, seal = ? WHERE id = ?", (kept, mark, id))


def _refuse_a_wrong_key(connection: sqlite3.Connection, vault: Vault) -> None:
    keys = {key for (key,) in _plain(connection, "SELECT DISTINCT key_id FROM destinations", ())}
    if keys and vault.key_id not in keys:
        raise VaultError("store.key is not the key that the destinations in this store were sealed with")


def _bind_destinations(connection: sqlite3.Connection, vault: Vault) -> None:
    """Seals each destination of the first version anew, for its row alone."""
    select = f"SELECT {DESTINATION} FROM destinations WHERE substr(ciphertext, 1, 2) <> ?"  # noqa: S608
    for id, member, kind, ciphertext, key, last_four, digest in list(_plain(connection, select, (BOUND,))):
        try:
            secret = vault.open_unbound(Sealed(ciphertext, key, last_four, digest))
        except VaultError:
            continue
        sealed = vault.seal(secret, SecretPlace(id, member, kind))
        mark = seal(vault, "destinations", id, member, kind, sealed.ciphertext, sealed.key_id, last_four, digest)
        row = (sealed.ciphertext, sealed.key_id, mark, id)
        connection.execute("UPDATE destinations SET ciphertext = ?, key_id = ?, seal = ? WHERE id = ?", row)


def _seal_rows(connection: sqlite3.Connection, vault: Vault, table: str, columns: str, where: str) -> None:
    rows = list(_plain(connection, f"SELECT {columns} FROM {table}", ()))  # noqa: S608
    marks = ((seal(vault, table, *row), *row) for row in rows)
    connection.executemany(f"UPDATE {table} SET seal = ? WHERE {where}", marks)  # noqa: S608


def _plain(connection: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> sqlite3.Cursor:
    """Runs a query with rows as tuples: there may be millions."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values)
