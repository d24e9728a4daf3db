"""Verifies rows that follow from no event: identities, destinations, and rows before the baselines."""

from collections.abc import Iterator

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


def _compare_table(
    connection: Connection, table: str, columns: str, vault: Vault | None, *, sealed: bool
) -> Iterator[str]:
    for *fields, found in plain(connection, f"SELECT {columns}, seal FROM {table}"):  # noqa: S608
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


def _open_all(connection: Connection, vault: Vault) -> Iterator[str]:
    select = f"SELECT {DESTINATION} FROM destinations WHERE ciphertext <> ?"  # noqa: S608
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
