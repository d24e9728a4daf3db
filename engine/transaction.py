"""Runs several events and a caller's own rows as one transaction: all of it is durable, or none of it."""

from collections.abc import Callable
from typing import Any, Final

from engine.errors import StoreError, VaultError
from engine.events.model import Event
from engine.records import Commission, Member, OrderRecord, PersonRecord, Withdrawal
from engine.seals import seal
from engine.store.driver import Connection
from engine.store.rows import commission_of, withdrawal_of
from engine.store.sealing import is_sealed
from engine.store.sqlite import SqliteStore
from engine.submission import Outcome, Submission
from engine.vault import Vault
from engine.withdrawal_limits import Requested

CODE_TRIES_MAX: Final = 20
WITHDRAWALS_SINCE: Final = """
SELECT requested, state IN ('requested', 'approved') AS is_open FROM withdrawals
WHERE member = :member AND (state IN ('requested', 'approved') OR requested >= :since)
"""


class Transaction:
    """Offers what one job of the writer can do.

    `now` gives milliseconds UTC, `new_code` a random referral code. Nothing here may be kept when the job is over.
    `together`: the effects of its events are written with those of others, where they were not asked for before.
    `own_tables` is the connection for tables that no event writes.
    """

    def __init__(
        self,
        connection: Connection,
        store: SqliteStore,
        now: Callable[[], int],
        new_code: Callable[[], str],
        vault: Vault | None = None,
        *,
        together: bool = False,
    ) -> None:
        self.own_tables = connection
        self._together = together
        self._store = store
        self._now = now
        self._new_code = new_code
        self._vault = vault

    @property
    def connection(self) -> Connection:
        """Returns the connection, whose tables have the effects of all events so far."""
        self._store.flush()
        return self.own_tables

    def submit(
        self,
        event: Event,
        *,
        key: str | None,
        actor: str | None = None,
        details: dict[str, Any] | None = None,
        former_key: str | None = None,
    ) -> Outcome:
        """Takes an event once for its key, or for the one that an earlier version gave it.

        A refusal by the rules is journaled and returned in the outcome. Raises Forbidden, KeyReused, and errors of
        writing the event. An error undoes the whole job, or where it is caught the event alone.
        """
        submission = Submission(event, key, actor, details or {}, former_key)
        if self._together:
            return self._store.decide_later_written(submission, self._now())
        self.connection.execute("SAVEPOINT event")
        try:
            return self._store.submit(submission, self._now())
        except BaseException:
            if self.connection.in_transaction:  # a full disk, say, has undone everything
                self.connection.execute("ROLLBACK TO event")
            raise
        finally:
            if self.connection.in_transaction:
                self.connection.execute("RELEASE event")

    def outcome_of(self, key: str) -> Outcome | None:
        """Returns the outcome of the accepted event of that key; None where there is none yet."""
        self._store.flush()
        return self._store.outcome_of(key)

    def programme_row(self) -> int:
        """Returns the journal row of the programme in force."""
        self._store.flush()
        return self._store.programme_row()

    # Persons

    def person_behind(self, realm: str, external_id: str) -> str | None:
        """Returns the person that an external account belongs to."""
        found = self.own_tables.execute(
            "SELECT person FROM identities WHERE realm = ? AND external_id = ?", (realm, external_id)
        ).fetchone()
        return found["person"] if found is not None else None

    def get_or_create_person(self, realm: str, external_id: str) -> tuple[str, bool]:
        """Returns the person behind an account, and whether they are new; a new one gets a random code as id."""
        known = self.person_behind(realm, external_id)
        if known is not None:
            return known, False
        for _ in range(CODE_TRIES_MAX):
            id = self._new_code()
            if self.connection.execute("INSERT OR IGNORE INTO persons (id) VALUES (?)", (id,)).rowcount:
                self.relink(realm, external_id, id)
                return id, True
        raise StoreError("no free referral code was found")

    def relink(self, realm: str, external_id: str, person: str) -> None:
        """Assigns the account to this person from now on; records under another stay there.

        Raises VaultError without the key that the store is sealed with.
        """
        if self._vault is None and is_sealed(self.connection):
            raise VaultError("store.key is needed to record identities")
        before = self.person_behind(realm, external_id)
        self.connection.execute(
            "INSERT INTO identities (realm, external_id, person, seal) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (realm, external_id) DO UPDATE SET person = excluded.person, seal = excluded.seal",
            (realm, external_id, person, seal(self._vault, "identities", realm, external_id, person)),
        )
        if before is not None and before != person:
            self._note_change(realm, external_id, before, person)

    def _note_change(self, realm: str, external_id: str, earlier: str, person: str) -> None:
        (number,) = self.connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM identity_changes").fetchone()
        row = (number, realm, external_id, earlier, person)
        mark = seal(self._vault, "identity_changes", *row)
        self.connection.execute("INSERT INTO identity_changes VALUES (?, ?, ?, ?, ?, ?)", (*row, mark))

    # Reads of the books, with this job's own changes

    def person(self, id: str) -> PersonRecord | None:
        return self._store.person(id)

    def member(self, id: str) -> Member | None:
        return self._store.member(id)

    def order(self, id: str) -> OrderRecord | None:
        return self._store.order(id)

    def commission(self, source: str, member: str) -> Commission | None:
        """Returns the first commission of that source and member, which is the one that events mean."""
        return self._store.commission(source, member)

    def commission_numbered(self, number: int) -> Commission | None:
        row = self.connection.execute("SELECT * FROM commissions WHERE number = ?", (number,)).fetchone()
        return commission_of(row) if row is not None else None

    def withdrawal_numbered(self, number: int) -> Withdrawal | None:
        row = self.connection.execute("SELECT * FROM withdrawals WHERE number = ?", (number,)).fetchone()
        return withdrawal_of(row) if row is not None else None

    def is_recorded(self, key: str) -> bool:
        """Returns whether an event of this key was accepted."""
        sql = "SELECT 1 FROM journal WHERE key = ? AND refusal IS NULL"
        return self.connection.execute(sql, (key,)).fetchone() is not None

    def is_requested(self, withdrawal: str) -> bool:
        """Returns whether a withdrawal of this id exists."""
        return self._store.withdrawal(withdrawal) is not None

    def withdrawals_since(self, member: str, since: int) -> list[Requested]:
        """Returns the member's withdrawals that are open or were requested at `since` (ms, UTC) or later."""
        found = self.connection.execute(WITHDRAWALS_SINCE, {"member": member, "since": since})
        return [Requested(row["requested"], bool(row["is_open"])) for row in found]
