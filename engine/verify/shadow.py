"""Keeps the replayed state at the last proven seal in a file beside the store, so that the next proof begins there.

Nothing else reads this file. It can be deleted at any time: the next proof then replays the whole journal.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

import engine
from engine.events.codec import from_json
from engine.events.model import ProgrammeChanged
from engine.programme.model import Programme
from engine.store.connection import connect_derived
from engine.store.driver import Connection, DriverError
from engine.store.journal_seals import NUMBERED, UNSEALED
from engine.verify.journal import Reached
from engine.verify.replay_store import ReplayStore
from engine.verify.replay_tables import begin_replay_tables, use_replay_tables
from engine.verify.rows import plain

ENDING: Final = ".proven"


class ShadowState(msgspec.Struct):
    """Says what the file holds: the state at `reached`, as the code with this digest replays it.

    `full_at` is when all of the journal was last proved (ms, UTC), `sliced` how far each table has been compared in
    slices.
    """

    code: str
    full_at: int
    reached: Reached
    sliced: dict[str, list[Any]] = {}


class Shadow(NamedTuple):
    """Holds the file's connection, and its state when it was opened."""

    connection: Connection
    state: ShadowState

    def replay_store(self) -> ReplayStore:
        """Returns the replayed state, to be continued inside the caller's transaction."""
        reached = self.state.reached
        return ReplayStore(self.connection, programme=_programme(reached.programme), at=reached.at, watched=True)


def path_of_shadow(store: Path) -> Path:
    """Returns where the file of a store is."""
    return store.with_name(f"{store.name}{ENDING}")


def remove_shadow(path: Path) -> None:
    """Removes the file, and what an interrupted transaction has left beside it."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)


@contextmanager
def new_shadow(path: Path) -> Iterator[Connection]:
    """Yields a connection to an empty file under another name, in a transaction that `finish` ends.

    The file is gone afterwards unless it was moved. Raises DriverError, OSError.
    """
    unfinished = path.with_name(f"{path.name}-new")
    remove_shadow(unfinished)
    connection = connect_derived(unfinished)
    try:
        begin_replay_tables(connection)
        connection.execute("CREATE TABLE state (content TEXT NOT NULL) STRICT")
        yield connection
    finally:
        connection.close()
        with suppress(OSError):
            remove_shadow(unfinished)


def finish(path: Path, connection: Connection, state: ShadowState) -> None:
    """Makes the new file durable and puts it into place. Raises DriverError, OSError."""
    write_state(connection, state)
    connection.execute("COMMIT")
    unfinished = path.with_name(f"{path.name}-new")
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    remove_shadow(path)
    unfinished.replace(path)


def write_state(connection: Connection, state: ShadowState) -> None:
    """Replaces the state, inside the caller's transaction."""
    connection.execute("DELETE FROM state")
    connection.execute("INSERT INTO state VALUES (?)", (msgspec.json.encode(state).decode(),))


def open_shadow(path: Path, books: Connection) -> Shadow | None:
    """Opens the file; None where there is none, or where it is not of these books as they are now.

    The caller closes the connection. `books` is in a transaction. Damage may raise DriverError later.
    """
    if not path.exists():
        return None
    connection = connect_derived(path)
    use_replay_tables(connection)
    try:
        (content,) = plain(connection, "SELECT content FROM state").fetchone()
        state = msgspec.json.decode(content, type=ShadowState)
        if state.code == code_digest() and _is_of(state.reached, books):
            return Shadow(connection, state)
    except (DriverError, msgspec.MsgspecError, TypeError, UnicodeDecodeError):
        pass  # it is damaged, or unfinished
    connection.close()
    return None


def _is_of(reached: Reached, books: Connection) -> bool:
    """Returns whether the books have the seal that was reached, and its last journal row."""
    seal = reached.seal
    if reached.seq != seal.journal:
        return False
    if seal == UNSEALED:
        return True
    stored = plain(books, NUMBERED, (seal.number,)).fetchone()
    row = plain(books, "SELECT digest FROM journal WHERE seq = ?", (reached.seq,)).fetchone()
    return bool(stored == tuple(seal) and row == (reached.digest,))


def _programme(content: str) -> Programme | None:
    if not content:
        return None
    event = from_json(msgspec.json.decode(content))
    assert isinstance(event, ProgrammeChanged)  # written by replay from such an event
    return Programme.from_tables(event.tables)


@cache
def code_digest() -> str:
    """Returns the SHA-256 of the engine's own code and tables: another version may replay to another state."""
    folder, digest = Path(engine.__file__).parent, sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".sql"}):
        digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
