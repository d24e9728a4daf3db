"""Keeps the replayed state of the books in a SQLite file, so that a replay of any length takes little memory.

It is written apart from the engine's own store, with other queries and other caches, so that an error of that one is no
error of this one: only `decide` is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import methodcaller
from typing import Any, Final

import numpy as np

from engine.close_result import Close, Standings
from engine.decide import decide
from engine.events.model import Event
from engine.facts import Decision
from engine.network.int_arrays import Whole
from engine.network.tree import Tree
from engine.programme.model import Programme
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Withdrawal
from engine.store import rows
from engine.store.driver import Connection
from engine.store.network_cache import apply_to, fits, grown
from engine.verify.cached_table import KNOWN_MAX, CachedTable
from engine.verify.rows import plain
from engine.verify.withdrawal_notes import WithdrawalNotes

WRITTEN_AT: Final = 2_000
"""How many changed commissions and orders are kept in memory before they are written."""


class ReplayStore:
    """Holds facts in the tables of a connection; `decide` decides an event on them, `apply` applies the decision.

    `watched` notes which rows are changed. The caller owns the transaction.
    """

    def __init__(
        self, connection: Connection, *, programme: Programme | None = None, at: int = 0, watched: bool = False
    ) -> None:
        self.connection = connection
        self.programme = programme
        self.volumes_renewed = False
        """Whether a period was closed, which changes all open volumes."""
        self._last_at = at
        self._tree: Tree | None = None
        as_row: Any = methodcaller("as_row")

        def table(name: str, key: str, row_of: Any, record_of: Any, keep: int = KNOWN_MAX) -> Any:
            return CachedTable(connection, name, key, row_of, record_of, watched=watched, keep=keep)

        self.persons: CachedTable[str, PersonRecord] = table("persons", "id", as_row, rows.person_of)
        self.all_members: CachedTable[str, Member] = table("members", "id", rows.member_row, rows.member_of)
        self.orders: CachedTable[str, OrderRecord] = table("orders", "id", rows.order_row, rows.order_of, 0)
        self.commissions: CachedTable[int, Commission] = table(
            "commissions", "number", rows.commission_row, rows.commission_of, 0
        )
        self.withdrawals: CachedTable[str, Withdrawal] = table("withdrawals", "id", as_row, rows.withdrawal_of)
        self.adjustments: CachedTable[str, Adjustment] = table("adjustments", "id", as_row, rows.adjustment_of)
        self.notes = WithdrawalNotes(table("withdrawal_details", "id", tuple, tuple))
        self.volumes: CachedTable[str, tuple[str, int]] = table("open_volumes", "node", tuple, tuple)
        self.person, self.member, self.order = self.persons.get, self.all_members.get, self.orders.get
        self.withdrawal, self.adjustment = self.withdrawals.get, self.adjustments.get
        self._last_member, self._last_commission, self._last_withdrawal = (
            self._number(f"SELECT COALESCE(MAX(number), 0) FROM {name}")  # noqa: S608
            for name in ("members", "commissions", "withdrawals")
        )
        self._ripens: dict[bool, int] = {}
        self._some_are_held: bool | None = None

    def decide(self, event: Event, at: int) -> Decision:
        """Decides an event that was parsed from a journal row (at: milliseconds UTC)."""
        return decide(event, self, at)

    def _number(self, query: str, *values: Any) -> int:
        (number,) = plain(self.connection, query, values).fetchone()
        return int(number)

    # Facts

    def commission(self, source: str, member: str) -> Commission | None:
        """Looks an order's up among its few; only the other sources are indexed by member."""
        kind, _, order = source.partition(":")
        if kind == "order":
            return next((each for each in self.commissions_of_order(order) if each.member == member), None)
        found = self._commissions(
            'source = ? AND member = ? AND "order" IS NULL ORDER BY number LIMIT 1', source, member
        )
        return found[0] if found else None

    def commissions_of_order(self, order: str) -> Sequence[Commission]:
        return self._commissions('"order" = ? ORDER BY number', order)

    def held_by(self, blocker: str) -> Sequence[Commission]:
        if not self._some_held():
            return ()
        return self._commissions("blocker = ? ORDER BY number", blocker)

    def all_held(self) -> Sequence[Commission]:
        return self._commissions("blocker IS NOT NULL ORDER BY number") if self._some_held() else ()

    def _some_held(self) -> bool:
        if self._some_are_held is None:
            found = self._number("SELECT EXISTS (SELECT 1 FROM commissions WHERE blocker IS NOT NULL)")
            self._some_are_held = bool(found)
        return self._some_are_held

    def maturing(self, at: int, by_itself: bool) -> Sequence[Commission]:
        ripe = "state = 'pending'" if by_itself else "state = 'pending' AND approved"
        if by_itself not in self._ripens:
            self.write()
            first = f"SELECT matures FROM commissions WHERE {ripe} ORDER BY matures LIMIT 1"  # noqa: S608
            self._ripens[by_itself] = self._number(f"SELECT COALESCE(({first}), 9223372036854775807)")
        if at < self._ripens[by_itself]:
            return ()
        self._ripens.clear()
        return self._commissions(f"{ripe} AND matures <= ? ORDER BY matures, number", at)

    def _commissions(self, where: str, *values: Any) -> list[Commission]:
        self.commissions.write()
        found = self.connection.execute(f"SELECT * FROM commissions WHERE {where}", values)  # noqa: S608
        return [rows.commission_of(row) for row in found]

    def last_at(self) -> int:
        return self._last_at

    def tree(self) -> Tree:
        if self._tree is None or not fits(self._tree, self.programme):
            self.write()
            places = plain(self.connection, "SELECT id, parent, slot FROM members ORDER BY number")
            volumes = plain(self.connection, "SELECT node, amount FROM open_volumes")
            carried = plain(self.connection, "SELECT member, left_volume, right_volume FROM carried")
            self._tree = grown(self.programme, places, volumes, carried)
        return self._tree

    def members(self) -> Iterator[Member]:
        self.all_members.write()
        return map(rows.member_of, self.connection.execute("SELECT * FROM members ORDER BY number"))

    def standings(self, positions: Whole) -> Standings:
        assert self.programme is not None  # one of its periods has ended
        self.all_members.write()
        ranks = self.programme.rank_order
        query = "SELECT rank, suspended, recruits, sales, earnings FROM members ORDER BY number"
        found = ((ranks[rank], *rest) for rank, *rest in plain(self.connection, query))
        table = np.fromiter(found, np.dtype([(name, np.int64) for name in Standings._fields]))
        return Standings(*(table[name][positions] for name in Standings._fields))

    def last_member(self) -> int:
        return self._last_member

    def last_commission(self) -> int:
        return self._last_commission

    def last_withdrawal(self) -> int:
        return self._last_withdrawal

    # Applying

    def apply(self, decision: Decision) -> None:
        """Applies the decision of the event that was decided last."""
        self._last_at = decision.at
        self.programme = decision.programme or self.programme
        if decision.closed:
            self._close(decision)
        self.persons.put(decision.persons)
        self.all_members.put(decision.members)
        self.orders.put(decision.orders)
        self.commissions.put(decision.commissions)
        self.withdrawals.put(decision.withdrawals)
        self.adjustments.put(decision.adjustments)
        self._count(decision)
        for node, amount in decision.volumes:
            before = self.volumes.get(node)
            self.volumes.put({node: (node, amount + (before[1] if before is not None else 0))})
        self._remember(decision.commissions.values())
        if self._tree is not None:
            apply_to(self._tree, decision)
        if len(self.commissions.changed) + len(self.orders.changed) > WRITTEN_AT:
            self.write()

    def _count(self, decision: Decision) -> None:
        self._last_member = max(self._last_member, *(each.number for each in decision.members.values()), 0)
        self._last_commission = decision.last_commission(self._last_commission)
        self._last_withdrawal = max(self._last_withdrawal, *(each.number for each in decision.withdrawals.values()), 0)

    def _remember(self, changed: Iterable[Commission]) -> None:
        """Keeps what is known of held and pending commissions true."""
        for each in changed:
            if each.blocker is not None:
                self._some_are_held = True
            if each.state == "pending":
                for by_itself, at in self._ripens.items():
                    if each.matures < at and (by_itself or each.approved):
                        self._ripens[by_itself] = each.matures

    def _close(self, decision: Decision) -> None:
        """Writes what the closed periods brought, and the volumes carried forward."""
        assert decision.carried is not None  # a period was closed
        self.write()
        carried = list(self.tree().changes_of(decision.carried))
        self.connection.executemany("INSERT OR REPLACE INTO carried VALUES (?, ?, ?)", carried)
        self.connection.execute("DELETE FROM carried WHERE left_volume = 0 AND right_volume = 0")
        self.connection.execute("DELETE FROM open_volumes")
        self.volumes.touch(())
        self.volumes_renewed = True
        for close in decision.closes:
            self._credit(close)
        columns = ", ".join("?" * len(Commission.__struct_fields__))
        put = f"INSERT INTO commissions VALUES ({columns})"  # noqa: S608
        self.connection.executemany(put, map(rows.commission_row, decision.commissions_of_closes()))
        self.commissions.touch(each.number for each in decision.commissions_of_closes())
        self._ripens.clear()

    def _credit(self, close: Close) -> None:
        earned = f"UPDATE members SET earnings = earnings + ?1, {close.bucket} = {close.bucket} + ?1 WHERE id = ?2"  # noqa: S608
        paid = ((claimed.amount, close.ids[claimed.position]) for _, claimed in close.paid())
        self.connection.executemany(earned, paid)
        self.all_members.touch(close.ids[claimed.position] for _, claimed in close.paid())

    def write(self) -> None:
        """Puts everything that changed into the tables."""
        for table in (self.persons, self.all_members, self.orders, self.commissions, self.withdrawals):
            table.write()
        for more in (self.adjustments, self.notes.table, self.volumes):
            more.write()
