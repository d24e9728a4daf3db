"""Records beside the configuration how far a bot's store had advanced, and detects a missing or older store.

A store cannot report its own absence. The record is a small file in the configuration's folder, one for each bot; it is
written after the store, so a store may be ahead of it but never behind.
"""

import asyncio
import json
import logging
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bot.config import Config
from bot.runtime.ticker import Recurring
from bot.store.database import Database
from bot.store.trusted_clock import TrustedClock
from engine.events.codec import iso_time
from engine.store.connection import OWNER_ONLY
from engine.store.driver import DriverError, OperationalError, Row, connect_existing, connect_read_only
from engine.store.reader import Reader

WRITE_MS: Final = 5_000
RETRY_MS: Final = 60_000
HINT: Final = "or `moaref run --new-store`"

_JOURNAL = "SELECT COALESCE(MAX(seq), 0) AS last FROM journal"
_INBOX = "SELECT COALESCE(MAX(seq), 0) AS last FROM sqlite_sequence WHERE name = 'inbox'"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """Holds the store served last: its file, the numbers of its last event and update, and the time (ms, UTC)."""

    store: str
    journal: int
    inbox: int
    at: int


def record_of(config: Config) -> Path:
    """Returns the path of the record of the configuration's bot."""
    bot = config.telegram.token.get_secret_value().partition(":")[0]
    return config.folder / f".moaref-{bot}.json"


def read_record(path: Path) -> Served | None:
    """Returns the record; None where there is none or it cannot be read."""
    try:
        served = Served(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    numbers = (served.journal, served.inbox, served.at)
    return served if all(type(number) is int for number in numbers) else None


def write_record(path: Path, served: Served) -> None:
    """Writes the record atomically, readable by its owner alone. Raises OSError."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=OWNER_ONLY)
    draft.write_text(json.dumps(asdict(served)), encoding="utf-8")
    draft.replace(path)


def problem_with(database: Path, served: Served | None) -> str | None:
    """Returns why this store may be served only after explicit acceptance: it is missing, or older than the last one.

    Raises DriverError for a file that cannot be read.
    """
    if served is None or not served.journal:
        return None
    journal, inbox = _reached(database)
    had = f"this bot has served {served.store} with {served.journal} events until {iso_time(served.at)}"
    if not journal:
        return f"{database}: there is no store, but {had}; put it back, {HINT} to begin a new programme"
    if journal < served.journal or inbox < served.inbox:
        return (
            f"{database}: the store is older than what has been served: it has {journal} events and update {inbox},"
            f" but {had}, update {served.inbox}; put the newer one back, {HINT} to go on with this one"
        )
    return None


def _reached(database: Path) -> tuple[int, int]:
    """Returns the numbers of the store's last event and update; zeros for a missing store or an empty file."""
    if not database.exists() or not database.stat().st_size:
        return 0, 0
    with closing(connect_read_only(database)) as connection:
        connection.row_factory = Row
        tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_schema")}
        journal = connection.execute(_JOURNAL).fetchone()["last"] if "journal" in tables else 0
        inbox = connection.execute(_INBOX).fetchone()["last"] if "inbox" in tables else 0
        return int(journal), int(inbox)


def accept_store(database: Path, record: Path) -> None:
    """Deletes the record and the updates noted as confirmed, so that this store is the accepted one."""
    with suppress(OSError):
        record.unlink(missing_ok=True)
    if not database.exists():
        return
    with suppress(OperationalError), closing(connect_existing(database)) as connection:
        connection.execute("DELETE FROM confirmed_updates")  # the store predates the table
        connection.commit()


class ServedRecord:
    """Keeps the record of a running bot up to date."""

    def __init__(self, path: Path, stores: Database, clock: TrustedClock) -> None:
        self._path = path
        self._stores = stores
        self._clock = clock
        self._written: tuple[int, int] | None = None
        self._failed = False

    def recurring(self) -> Recurring:
        """Returns the writing as recurring work: every five seconds in which something changed."""
        return Recurring("store record", WRITE_MS, self.keep, retry_ms=RETRY_MS)

    async def finish(self) -> None:
        """Writes the record a last time, as far as the store can be read."""
        with suppress(DriverError):
            await self.keep()

    async def keep(self) -> int:
        """Writes how far the store has advanced. Returns the pause (ms). Raises DriverError."""
        reached = await _last(self._stores.machine, _JOURNAL), await _last(self._stores.machine, _INBOX)
        if reached != self._written:
            served = Served(str(self._stores.path), *reached, self._clock.now())
            try:
                await asyncio.to_thread(write_record, self._path, served)
            except OSError as problem:
                if not self._failed:
                    self._failed = True
                    _log.warning("store record not written: %s: %s", self._path, problem.strerror)
            self._written = reached
        return WRITE_MS


async def _last(reader: Reader, sql: str) -> int:
    row = await reader.fetch_one(sql)
    return int(row["last"]) if row is not None else 0
