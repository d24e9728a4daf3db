"""Verifies rows that follow from no event: identities, destinations, and rows before the baselines."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from engine.errors import VaultError
from engine.seals import problem_with
from engine.store.driver import Connection
from engine.store.sealing import (
    BASELINE,
    BASELINES,
    CHANGE,
    DESTINATION,
    GIVEN_UP,
    HALT,
    IDENTITY,
    SEALED,
    baseline_digest,
    has_signatures,
    is_sealed,
)
from engine.vault import Sealed, SecretPlace, Vault
from engine.verify.rows import plain

_SEALED_TABLES = {
    "identities": IDENTITY,
    "destinations": DESTINATION,
    "halts": HALT,
    "identity_changes": CHANGE,
    "baselines": BASELINE,
}

_MOVED = """
SELECT c.realm, c.external_id FROM identity_changes AS c
LEFT JOIN identities AS i ON i.realm = c.realm AND i.external_id = c.external_id
WHERE c.number = (
    SELECT MAX(number) FROM identity_changes WHERE realm = c.realm AND external_id = c.external_id
) AND i.person IS NOT c.person
"""

_OF_ANOTHER = """
SELECT w.id FROM withdrawals AS w
JOIN withdrawal_details AS d ON d.id = w.id
JOIN destinations AS p ON p.id = d.destination
WHERE p.member <> w.member
"""


_OF_OPEN = """id IN (
    SELECT d.destination FROM withdrawals AS w JOIN withdrawal_details AS d ON d.id = w.id
    WHERE w.state IN ('requested', 'approved')
)"""

_KEYS = {"identities": ("realm", "external_id"), "destinations": ("id",)}


def compare_seals(connection: Connection, vault: Vault | None) -> Iterator[str]:
    """Yields a line for each changed row; with a vault also for each row without a valid signature."""
    sealed = is_sealed(connection)
    if not sealed and has_signatures(connection):
        yield "baselines: the record that this store is sealed is missing"
        sealed = True
    for table, columns in _SEALED_TABLES.items():
        yield from _compare_table(connection, table, columns, vault, sealed=sealed)
    if vault is not None and sealed:
        yield from _open_all(connection, vault)
    for realm, external_id in plain(connection, _MOVED):
        yield f"identity {realm} {external_id}: is not the person of its last change"
    for (id,) in plain(connection, _OF_ANOTHER):
        yield f"withdrawal {id}: its destination is another member's"
    yield from _compare_baselines(connection)


def compare_recent_seals(connection: Connection, vault: Vault | None) -> Iterator[str]:
    """Does the same for the few rows that matter most: halts, baselines, and where open withdrawals go."""
    sealed = is_sealed(connection)
    for table in ("halts", "baselines"):
        yield from _compare_table(connection, table, _SEALED_TABLES[table], vault, sealed=sealed)
    yield from _compare_table(connection, "destinations", DESTINATION, vault, f" WHERE {_OF_OPEN}", sealed=sealed)
    if vault is not None and sealed:
        yield from _open_all(connection, vault, f" AND {_OF_OPEN}")
    for (id,) in plain(connection, f"{_OF_ANOTHER} AND w.state IN ('requested', 'approved')"):
        yield f"withdrawal {id}: its destination is another member's"


def compare_seal_slice(
    connection: Connection, table: str, after: list[Any], vault: Vault | None, rows: int
) -> Generator[str, None, list[Any]]:
    """Does the same for some rows of a table behind the key `after`; returns the last one's, nothing at the end."""
    keys = _KEYS[table]
    key = f"({', '.join(keys)})"
    behind = f" WHERE {key} > ({', '.join('?' * len(keys))})" if after else ""
    slice_ = f"{behind} ORDER BY {', '.join(keys)} LIMIT {rows}"
    last: list[Any] = []
    found = plain(connection, f"SELECT {', '.join(keys)} FROM {table}{slice_}", tuple(after)).fetchall()  # noqa: S608
    if len(found) == rows:
        last = list(found[-1])
    sealed = is_sealed(connection)
    yield from _compare_table(connection, table, _SEALED_TABLES[table], vault, slice_, after, sealed=sealed)
    return last


def _compare_table(
    connection: Connection,
    table: str,
    columns: str,
    vault: Vault | None,
    which: str = "",
    values: Sequence[Any] = (),
    *,
    sealed: bool,
) -> Iterator[str]:
    for *fields, found in plain(connection, f"SELECT {columns}, seal FROM {table}{which}", tuple(values)):  # noqa: S608
        if not sealed and not found:
            continue
        problem = problem_with(vault if sealed else None, found, table, *fields)
        if problem is None and sealed and found.startswith(":"):
            problem = "was sealed without the key"
        if problem is not None:
            yield f"{table} {_named(table, fields)}: {problem}"


def _named(table: str, fields: list[object]) -> str:
    """Names a row by its key, without its other fields."""
    return f"{fields[0]} {fields[1]}" if table == "identities" else str(fields[0])


def _open_all(connection: Connection, vault: Vault, which: str = "") -> Iterator[str]:
    select = f"SELECT {DESTINATION} FROM destinations WHERE ciphertext <> ?{which}"  # noqa: S608
    for id, member, kind, *rest in plain(connection, select, (GIVEN_UP,)):
        try:
            vault.open(Sealed(*rest), SecretPlace(id, member, kind))
        except VaultError as problem:
            yield f"destination {id}: {problem}"


def _compare_baselines(connection: Connection) -> Iterator[str]:
    found = {name: (upto, digest) for name, upto, digest in plain(connection, f"SELECT {BASELINE} FROM baselines")}  # noqa: S608
    for name in BASELINES:
        upto, digest = found.pop(name, (0, None))
        if digest is None:
            yield f"baselines: {name} is missing"
        elif digest != baseline_digest(connection, name, upto):
            yield f"{name}: rows up to {upto} have changed since their baseline"
    found.pop(SEALED, None)
    for name in found:
        yield f"baselines: {name} is unknown"
