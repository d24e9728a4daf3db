"""Runs several callers' work in one transaction, whose events are written together."""

from collections.abc import Callable, Sequence
from typing import Any

from engine.errors import MoarefError, StoreError
from engine.programme.model import Programme
from engine.store.driver import Connection
from engine.store.sqlite import SqliteStore
from engine.transaction import Transaction

Work = Callable[[Transaction], Any]
Result = tuple[Any, Programme | None]
"""What a caller's work returned, and the programme in force after it."""


def run_all(
    works: Sequence[Work], connection: Connection, store: SqliteStore, begin: Callable[[bool], Transaction]
) -> list[Result | Exception]:
    """Returns each work's result. An error of one that has changed nothing is returned in its place.

    Any other error is raised and concerns them all: the caller undoes everything, and runs each alone. What is alone
    writes each event at once. `begin` makes a transaction, together with others or not.
    """
    forgotten, together = store.forgotten, len(works) > 1
    results: list[Result | Exception] = []
    for work in works:
        before = connection.total_changes, store.last_seq()
        try:
            results.append((work(begin(together)), store.programme))
        except MoarefError as problem:
            if store.forgotten != forgotten or (connection.total_changes, store.last_seq()) != before:
                raise
            results.append(problem)
    store.flush()
    if together and store.forgotten != forgotten:  # a caller has caught an error that lost the others' events
        raise StoreError("events were lost before they were written")
    return results
