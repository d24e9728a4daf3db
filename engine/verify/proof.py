"""Proves the books of a running bot: since the last proven seal, and once a day in full.

A proof that holds seals the journal up to where it came, and leaves the state there beside the store, for the next one
to begin with. The seal is made afterwards, so that what is sealed has been proved, and by the proof itself, which has
the digests at hand. Where the seal or that file cannot be written, the verdict stands, and the next proof begins
further back.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.store.connection import connect
from engine.store.driver import Connection, DriverError
from engine.store.journal_seals import put_seal
from engine.vault import Vault
from engine.verify.journal import Reached, Replay
from engine.verify.ledger import Verdict, unopened, verdict_of, verify_by
from engine.verify.pace import INSTRUCTIONS
from engine.verify.replay_store import ReplayStore
from engine.verify.shadow import (
    Shadow,
    ShadowState,
    code_digest,
    finish,
    new_shadow,
    open_shadow,
    path_of_shadow,
    remove_shadow,
    write_state,
)
from engine.verify.since_seal import problems_since_seal

FULL_EVERY_MS: Final = 24 * 3_600_000

Paced = Callable[[], None]


def prove_books(path: Path, vault: Vault | None, now: int, pace: Paced) -> Verdict:
    """Returns the verdict on the store's file at `now` (ms, UTC); proofs of stores in one folder wait for each other.

    Problems of the store never raise.
    """
    try:
        with _alone(path.parent):
            verdict = _prove_since_seal(path, vault, now, pace)
            return _prove_in_full(path, vault, now, pace) if verdict is None else verdict
    except Exception as problem:  # noqa: BLE001 - a store that cannot be opened fails verification
        return unopened(problem)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Waits for other proofs in the folder, also those of other processes. A killed one is not waited for."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _prove_since_seal(path: Path, vault: Vault | None, now: int, pace: Paced) -> Verdict | None:
    """Returns None where there is no state to begin with, or the next proof in full is due."""
    with closing(connect(path, create=False)) as books:
        books.execute("BEGIN")
        shadow = open_shadow(path_of_shadow(path), books)
        if shadow is None:
            return None
        with closing(shadow.connection):
            if not 0 <= now - shadow.state.full_at < FULL_EVERY_MS:
                return None
            try:
                verdict = _continued(shadow, books, vault, now, pace)
            except Exception as problem:  # noqa: BLE001 - the state may be damaged; only a proof in full can tell
                verdict = replace(unopened(problem), full=False)
    if not verdict.holds:
        remove_shadow(path_of_shadow(path))
    return verdict


def _continued(shadow: Shadow, books: Connection, vault: Vault | None, now: int, pace: Paced) -> Verdict:
    state, connection = shadow.state, shadow.connection
    for each in (books, connection):
        each.set_progress_handler(pace, INSTRUCTIONS)
    connection.execute("BEGIN IMMEDIATE")
    done = Replay(shadow.replay_store(), state.reached, pace)
    verdict = verdict_of(problems_since_seal(books, vault, done, state.sliced), done, books, full=False)
    if verdict.holds:
        with suppress(DriverError):
            if _sealed(books, done, now):
                write_state(connection, state)
                connection.execute("COMMIT")
    return verdict


def _prove_in_full(path: Path, vault: Vault | None, now: int, pace: Paced) -> Verdict:
    shadow = path_of_shadow(path)
    with closing(connect(path, create=False)) as books, new_shadow(shadow) as connection:
        for each in (books, connection):
            each.set_progress_handler(pace, INSTRUCTIONS)
        done = Replay(ReplayStore(connection), Reached(), pace)
        verdict = verify_by(done, books, vault)
        if not verdict.holds:
            remove_shadow(shadow)
            return verdict
        with suppress(DriverError, OSError):
            if _sealed(books, done, now):
                finish(shadow, connection, ShadowState(code_digest(), now, done.reached))
    return verdict


def _sealed(books: Connection, done: Replay, now: int) -> bool:
    """Seals what the last seal does not cover yet. Returns False where somebody else has done so."""
    reached = done.reached
    if reached.seq == reached.seal.journal:
        return True
    assert done.chain is not None  # the whole journal was replayed
    reached.seal = done.chain.sealed(reached.seq, now)
    return put_seal(books, reached.seal)
