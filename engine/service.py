"""Serves the engine to the application: every action on the programme, each counted once for its key."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeVar

from engine.errors import DestinationChanged, StoreError, UnknownCommission, UnknownPerson, VaultError
from engine.events.fields import HowSettled
from engine.events.model import (
    Adjust,
    Approve,
    Attribute,
    Authorise,
    Event,
    Join,
    Line,
    Order,
    ProgrammeChanged,
    Refund,
    Reinstate,
    Reject,
    Settle,
    Suspend,
    Tick,
    Withdraw,
)
from engine.joint_transactions import Result, Work, run_all
from engine.network.tree import Tree
from engine.programme.model import PROGRAMME_TABLES, Programme
from engine.queries.audit import Audit
from engine.queries.progress import LegProgress, Need, plan_needs
from engine.records import Commission
from engine.store.driver import Connection, DatabaseError
from engine.store.reader import Reader
from engine.store.sealed_rows import put_destination, put_halt
from engine.store.sealing import seal_store
from engine.store.sqlite import SqliteStore
from engine.store.writer import Writer
from engine.submission import Outcome, Submission
from engine.transaction import Transaction
from engine.vault import Vault
from engine.withdrawal_limits import HOUR_MS, WithdrawalLimits

T = TypeVar("T")

_Taken = tuple[Outcome, Programme | None]
"""The outcome, and the programme in force after it: another process may have changed it meanwhile."""

PROOF_WAIT_S: Final = 15.0
"""The longest a payment waits for the first verification; in large books it is refused and retried later."""


class Engine(Audit):
    """Runs one programme in one store. `now` gives milliseconds UTC, `new_code` a random referral code."""

    def __init__(
        self,
        writer: Writer,
        reader: Reader,
        vault: Vault | None,
        now: Callable[[], int],
        new_code: Callable[[], str],
    ) -> None:
        super().__init__(reader, vault)
        self._writer = writer
        self._now = now
        self._new_code = new_code
        self._store: SqliteStore | None = None
        self._undone = 0
        self._programme: Programme | None = None
        self.noticed = asyncio.Event()
        self._watchers: list[asyncio.Event] = []
        self._payouts_stopped = False
        self._first_proof: asyncio.Event | None = None

    @classmethod
    async def open(
        cls,
        writer: Writer,
        reader: Reader,
        *,
        vault: Vault | None,
        now: Callable[[], int],
        new_code: Callable[[], str],
        tables: Mapping[str, Any] | None,
    ) -> "Engine":
        """Opens an engine on a prepared store; a fresh store takes `tables` as its first programme.

        A store of an earlier version is sealed with the vault's key. Raises StoreError for a fresh store without
        tables, ProgrammeError for invalid tables, VaultError for a key that is not the store's.
        """
        engine = cls(writer, reader, vault, now, new_code)
        await engine._seal()
        engine._programme = await writer.run(lambda db: engine._caught_up(db).programme)
        if engine._programme is None:
            if tables is None:
                raise StoreError("the store holds no programme yet")
            await engine._begin(tables)
        return engine

    async def _seal(self) -> None:
        """Seals the store; one too damaged for it is still served, and its verification says why payouts stop."""
        vault = self._vault
        if vault is None:
            return
        try:
            await self._writer.run(lambda db: seal_store(db, vault))
        except DatabaseError as problem:
            if "locked" in str(problem):
                raise

    async def _begin(self, tables: Mapping[str, Any]) -> None:
        own = {name: tables[name] for name in PROGRAMME_TABLES if name in tables}
        self._programme = Programme.from_tables(own)
        await self.submit(ProgrammeChanged(own), key="programme:first")

    def _on(self, connection: Connection) -> SqliteStore:
        """Returns the store with its cache, a new one after a transaction that was undone."""
        if self._store is None or self._undone != self._writer.undone:
            self._store = SqliteStore(connection, lambda: self._payouts_stopped)
            self._undone = self._writer.undone
        return self._store

    def _caught_up(self, connection: Connection) -> SqliteStore:
        """Returns the store, updated with other processes' writes."""
        store = self._on(connection)
        store.catch_up()
        return store

    @property
    def programme(self) -> Programme:
        """Returns the programme in force as of the last event or tick: another process may change it at any time."""
        assert self._programme is not None  # open() has made sure of it
        return self._programme

    async def submit(
        self,
        event: Event,
        *,
        key: str | None,
        actor: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> Outcome:
        """Takes an event once for its key. Raises the Refusal of the rules or of a guard, KeyReused, ProgrammeError."""
        submission = Submission(event, key, actor, details or {})
        outcome, self._programme = await self._writer.run_together(self._submit, submission)
        self._stir()
        if outcome.refusal is not None:
            raise outcome.refusal
        return outcome

    def _submit(self, db: Connection, submissions: Sequence[Submission]) -> list[_Taken | Exception]:
        """Decides waiting submissions together; returns, for each, the programme in force after it."""
        store = self._on(db)
        outcomes = store.submit_all(submissions, self._now())
        return [each if isinstance(each, Exception) else (each, store.programme) for each in outcomes]

    async def transaction(self, work: Callable[[Transaction], T], *, together: bool = False) -> T:
        """Runs `work` in one transaction: returns its result once durable, raises its error once undone.

        `together`: its events are written with those of others that wait; it is run again where one of them fails.
        """
        run = self._writer.run_together(self._run_all, work) if together else self._writer.run(self._alone(work))
        result, self._programme = await run
        self._stir()
        return result

    def _alone(self, work: Callable[[Transaction], T]) -> Callable[[Connection], tuple[T, Programme | None]]:
        return lambda db: (work(self._inside(db)), self._on(db).programme)

    def _run_all(self, db: Connection, works: Sequence[Work]) -> list[Result | Exception]:
        return run_all(works, db, self._caught_up(db), partial(self._transaction_on, db))

    async def write_silently(self, work: Callable[[Transaction], T]) -> T:
        """Runs `work` as `transaction` does, without waking those who follow the journal; for work without events."""
        return await self._writer.run(lambda db: work(self._inside(db)))

    def watch(self) -> asyncio.Event:
        """Returns a new asyncio event, set whenever something may have happened; the caller clears it."""
        self._watchers.append(asyncio.Event())
        return self._watchers[-1]

    def _stir(self) -> None:
        for event in (self.noticed, *self._watchers):
            event.set()

    def _inside(self, db: Connection) -> Transaction:
        self._caught_up(db)
        return self._transaction_on(db, together=False)

    def _transaction_on(self, db: Connection, together: bool) -> Transaction:
        return Transaction(db, self._on(db), self._now, self._new_code, self._vault, together=together)

    # Persons

    async def get_or_create_person(self, realm: str, external_id: str) -> tuple[str, bool]:
        """Returns the person behind an account, and whether they are new; a new one gets a random code as id."""
        row = await self._one("whoever", realm=realm, external_id=external_id)
        if row is not None:
            return row["person"], False
        return await self._writer.run(lambda db: self._inside(db).get_or_create_person(realm, external_id))

    async def attribute(self, person: str, referrer: str, *, key: str) -> Outcome:
        return await self.submit(Attribute(person, referrer), key=key, actor=person)

    async def join(self, person: str, *, key: str) -> Outcome:
        return await self.submit(Join(person), key=key, actor=person)

    # Orders

    async def purchase(
        self, order: str, buyer: str, amount: int, product: str, *, actor: str, key: str | None = None
    ) -> Outcome:
        """Records an order of one line (amount in minor units). The order's id counts once, whatever the key.

        With a `key` the outcome tells a repeat of the same attempt from another attempt at the same order. Raises
        UnknownPerson for an unknown buyer, Conflict for an id that was used for another order.
        """
        if await self.person(buyer) is None:
            raise UnknownPerson(buyer)
        return await self.submit(Order(order, buyer, (Line(product, amount),)), key=key, actor=actor)

    async def earners(self, order: str, buyer: str, amount: int, product: str) -> frozenset[str]:
        """Returns who would be credited by this `purchase` now. Nothing is recorded."""
        event, now = Order(order, buyer, (Line(product, amount),)), self._now()
        return await self._writer.run(lambda db: self._caught_up(db).earners(event, now))

    async def refund(self, order: str, amount: int | None, *, key: str, actor: str) -> Outcome:
        return await self.submit(Refund(order, amount), key=key, actor=actor)

    async def adjust(self, id: str, member: str, amount: int, reason: str, *, actor: str) -> Outcome:
        return await self.submit(Adjust(id, member, amount, reason), key=f"adjust:{id}", actor=actor)

    # Members

    async def suspend(self, member: str, *, actor: str, key: str, reason: str = "") -> Outcome:
        """Suspends a member; repeats change nothing. Raises UnknownMember, OwnMembership."""
        details = {"reason": reason} if reason else {}
        return await self.submit(Suspend(member), key=key, actor=actor, details=details)

    async def reinstate(self, member: str, *, actor: str, key: str, reason: str = "") -> Outcome:
        """Reinstates a suspended member. Raises as `suspend`."""
        details = {"reason": reason} if reason else {}
        return await self.submit(Reinstate(member), key=key, actor=actor, details=details)

    # Commissions

    async def approve(self, number: int, *, actor: str, key: str) -> Outcome:
        """Approves the commission of that number; twice, or when available, it changes nothing.

        Raises UnknownCommission, AlreadySettled for a rejected one, OwnRequest for one of the actor's own.
        """
        commission = await self._decidable(number)
        return await self.submit(Approve(commission.source, commission.member), key=key, actor=actor)

    async def reject(self, number: int, *, actor: str, key: str, reason: str | None = None) -> Outcome:
        """Takes a held or pending commission back. Raises as `approve`; AlreadySettled also for an available one."""
        commission = await self._decidable(number)
        details = {"reason": reason} if reason else {}
        event = Reject(commission.source, commission.member)
        return await self.submit(event, key=key, actor=actor, details=details)

    async def _decidable(self, number: int) -> Commission:
        """Returns the commission. Events name one by source and member and mean the first; later ones have no name."""
        explained = await self.explain(number)
        if explained is None:
            raise UnknownCommission(str(number), "")
        commission = explained.commission
        alike = await self.explain_source(commission.source)
        first = next(each.commission for each in alike if each.commission.member == commission.member)
        if first.number != number:
            raise UnknownCommission(commission.source, commission.member)
        return commission

    # The network

    async def levels(self, member: str, depth: int) -> list[int]:
        """Counts the members below the member at level 1, 2, ..., as far as there are any and at most `depth`."""
        if not self.programme.has_places:
            return await self.sponsored_levels(member, depth)
        return await self.in_network(lambda tree: tree.level_counts(member, depth))

    async def legs(self, member: str) -> LegProgress:
        """Returns the legs of a binary member, from the network in memory. Raises StoreError for a plan
        without places.
        """
        return await self.in_network(lambda tree: LegProgress(tree.leg_counts(member), tree.leg_volumes(member)))

    async def in_network(self, look: Callable[[Tree], T]) -> T:
        """Returns what `look` finds in the network in memory. Raises StoreError for a plan without places."""
        return await self._writer.run(lambda db: look(self._caught_up(db).tree()))

    async def needs(self, member: str) -> list[Need]:
        """Returns the plan's requirements for a member's share, and their progress; nothing for non-members."""
        joined, asks = await self.member(member), self.programme.plan.requires
        if joined is None or asks is None:
            return []
        legs = (await self.legs(member)).members if asks.legs else (0, 0)
        return plan_needs(joined, asks, legs)

    # Withdrawals

    async def keep_destination(self, member: str, kind: str, secret: str) -> int:
        """Stores a card or Sheba encrypted and returns its number; the same one again has the same number.

        Raises VaultError without a key.
        """
        vault = self._vault
        if vault is None:
            raise VaultError("a key is needed to store destinations")
        return await self._writer.run(lambda db: put_destination(db, vault, member, kind, secret))

    async def withdraw(
        self, id: str, member: str, amount: int, destination: int, *, limits: WithdrawalLimits | None = None
    ) -> Outcome:
        """Reserves the amount (minor units) for a payout to a kept destination; `id` makes it count once.

        Raises TooManyOpenRequests or TooManyRequests where the `limits` forbid it.
        """
        event, key, details = Withdraw(id, member, amount), f"withdraw:{id}", {"destination": destination}
        if limits is None:
            return await self.submit(event, key=key, actor=member, details=details)

        def within_limits(books: Transaction) -> Outcome:
            if not books.is_requested(id):
                limits.check(books.withdrawals_since(member, self._now() - HOUR_MS), self._now())
            return books.submit(event, key=key, actor=member, details=details)

        outcome = await self.transaction(within_limits)
        if outcome.refusal is not None:
            raise outcome.refusal
        return outcome

    async def authorise(self, id: str, *, actor: str, key: str | None = None) -> Outcome:
        """Approves a withdrawal for payment; `key` as for settle."""
        return await self.submit(Authorise(id), key=key or f"authorise:{id}", actor=actor)

    async def settle(
        self,
        id: str,
        outcome: HowSettled,
        *,
        actor: str,
        tracking: str | None = None,
        reason: str | None = None,
        key: str | None = None,
    ) -> Outcome:
        """Pays, rejects or (by its member) cancels a withdrawal, once.

        With a `key` of its own, a second attempt raises AlreadySettled; without, it changes nothing. Raises
        DestinationChanged if the destination is not the one its member gave.
        """
        if outcome == "paid":
            await self._first_proof_ended()
            await self._check_destination(id)
        details = {name: text for name, text in (("tracking", tracking), ("reason", reason)) if text}
        return await self.submit(Settle(id, outcome), key=key or f"{outcome}:{id}", actor=actor, details=details)

    async def _first_proof_ended(self) -> None:
        """Waits for it a little; a payment that comes before it is refused, for nobody has seen that the books hold."""
        if self._first_proof is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._first_proof.wait(), PROOF_WAIT_S)

    async def _check_destination(self, id: str) -> None:
        request = await self.withdrawal_called(id)
        if request is None or request.destination is None:
            return
        try:
            await self.destination(request.destination, of=request.member)
        except VaultError:
            raise DestinationChanged(id) from None

    # Time

    async def tick(self) -> Outcome:
        """Lets time pass: ripe commissions become available. Leaves no trace if nothing changes."""
        return await self.submit(Tick(), key=None)

    def expect_proof(self) -> None:
        """Lets no payment through until `stop_payouts` has said what came of the first proof of this process."""
        self._payouts_stopped = True
        self._first_proof = asyncio.Event()

    async def stop_payouts(self, problem: str | None) -> int | None:
        """Stops payouts because the books did not verify, or lets them go on (None). Returns since when they stand.

        Takes effect in this process at once, even if the store cannot be written. Raises DriverError.
        """
        self._payouts_stopped = self._payouts_stopped or problem is not None
        try:
            since = await self._writer.run(partial(put_halt, self._vault, problem, self._now()))
            self._payouts_stopped = problem is not None
        finally:
            if self._first_proof is not None:
                self._first_proof.set()
        return since
