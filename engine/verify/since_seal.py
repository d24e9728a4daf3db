"""Verifies the books since the last proven seal: newer events are replayed on the state at it, and compared.

It takes as long as there are new events, however long the journal is. Old rows that nothing has touched are compared in
slices, some at each proof; the proof in full (`engine/verify/ledger.py`) compares them all.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from engine.store.driver import Connection
from engine.vault import Vault
from engine.verify.journal import Reached, Replay, replay
from engine.verify.ledger import ended
from engine.verify.replay_tables import TABLES, compare_touched
from engine.verify.rows import plain
from engine.verify.schema import compare_schema
from engine.verify.seals import compare_recent_seals
from engine.verify.slices import compare_slices


def problems_since_seal(
    books: Connection, vault: Vault | None, done: Replay, sliced: dict[str, list[Any]]
) -> Iterator[str]:
    """Yields a line for each discrepancy. `done` continues the state at the seal; `sliced` is moved on."""
    before = replace(done.reached)
    yield from ended("the file", lambda: compare_schema(books))
    yield from ended("the journal", lambda: replay(books, done))
    if not done.whole:
        return
    done.store.write()
    for table in TABLES:
        yield from ended(table.name, partial(compare_touched, table, books, done.store.connection))
    yield from ended("volumes", lambda: _compare_volumes(books, done))
    yield from ended("numbers", lambda: _compare_numbers(books, done, before))
    yield from ended("seals", lambda: compare_recent_seals(books, vault))
    yield from ended("slices", lambda: compare_slices(books, done.store.connection, sliced, vault))


def _compare_volumes(books: Connection, done: Replay) -> Iterator[str]:
    """Compares the volumes of the open period: those that were touched, all of them after a period was closed."""
    replayed = done.store.connection
    which = "" if done.store.volumes_renewed else " WHERE node IN (SELECT key FROM temp.touched_open_volumes)"
    for node, amount in plain(replayed, f"SELECT node, amount FROM open_volumes{which}"):  # noqa: S608
        found = plain(books, "SELECT amount FROM open_volumes WHERE node = ?", (node,)).fetchone() or (0,)
        if found[0] != amount:
            yield f"open volume of {node}: {found[0]} stored, {amount} expected"
    if done.store.volumes_renewed:
        for query in ("SELECT * FROM carried ORDER BY member", "SELECT COUNT(*) FROM open_volumes"):
            found, expected = plain(books, query), plain(replayed, query)
            if any(row != next(expected, None) for row in found) or next(expected, None) is not None:
                yield "volumes: those of the period that begins are not those of the journal"


def _compare_numbers(books: Connection, done: Replay, before: Reached) -> Iterator[str]:
    """Compares the last numbers that were given. A transfer that is put among old ones is the newest in its table."""
    store, reached = done.store, done.reached
    expected = {"members": store.last_member(), "commissions": store.last_commission()}
    for table, number in {**expected, "withdrawals": store.last_withdrawal()}.items():
        (found,) = plain(books, f"SELECT COALESCE(MAX(number), 0) FROM {table}").fetchone()  # noqa: S608
        if found != number:
            yield f"{table}: the last number is {found}, the journal says {number}"
    if (added := reached.rowid - before.rowid) != reached.transfers - before.transfers:
        yield f"transfers: {added} were added, {reached.transfers - before.transfers} belong to the new events"
