"""Reads the books. Each answer reflects what was committed when it was asked; nothing here writes."""

import json
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import VaultError
from engine.events.codec import from_json, iso_time
from engine.events.model import Order
from engine.notices import read
from engine.programme.model import Programme
from engine.queries.progress import HeldBehind
from engine.queries.views import (
    Account,
    Balance,
    DestinationView,
    Entry,
    Explained,
    NoticeRow,
    OrderView,
    Page,
    WithdrawalView,
)
from engine.records import Commission, Member, PersonRecord, WithdrawalState
from engine.store import rows
from engine.store.driver import Row, Value
from engine.store.reader import Query, Reader
from engine.store.statements import load_statements
from engine.store.sums import exact
from engine.vault import Sealed, SecretPlace, Vault
from engine.withdrawal_limits import Requested


@dataclass(frozen=True, slots=True)
class DatedProgramme:
    """Holds an accepted programme, its journal row, and its time (ms, UTC)."""

    seq: int
    at: int
    programme: Programme


EVENTS_A_READ = 1000
COMMISSIONS_BACK = 10
"""Which commission before a noticed one is looked up with it, so that a busy day is known without another look."""
LEVELS_COUNTED = 20
"""Down to which level below a member the store counts whenever somebody joins."""


class Reads:
    """Answers the questions of members, admins and the outbox."""

    def __init__(self, reader: Reader, vault: Vault | None) -> None:
        self._reader = reader
        self._vault = vault
        self._sql = load_statements()

    # Through the Reader, which executes and fetches in one go: a statement left open between two awaits keeps the
    # connection at an old snapshot, so that users would not see their own latest changes.

    async def _all(self, query: str, **params: Value) -> list[Row]:
        return await self._reader.fetch(self._sql[query], params)

    async def _one(self, query: str, **params: Value) -> Row | None:
        return await self._reader.fetch_one(self._sql[query], params)

    async def _row(self, query: str, **params: Value) -> Row:
        return await self._reader.fetch_row(self._sql[query], params)

    async def person(self, id: str) -> PersonRecord | None:
        row = await self._one("known", person=id)
        return rows.person_of(row) if row is not None else None

    async def member(self, id: str) -> Member | None:
        row = await self._one("member", id=id)
        return rows.member_of(row) if row is not None else None

    async def balance(self, member: str) -> Balance:
        """Returns the member's balance; all zeros for a person who has not joined."""
        row = await self._one("balance", member=member)
        return Balance(*row) if row is not None else Balance()

    async def friends(self, sponsor: str) -> tuple[int, int, int]:
        """Returns how many friends came, joined and bought."""
        came, joined, bought = await self._row("friends_of", sponsor=sponsor)
        return came, joined, bought

    async def sponsored_levels(self, sponsor: str, depth: int) -> list[int]:
        """Counts the members sponsored at level 1, 2, ... below a member, as far as there are any."""
        query = "levels_below" if depth <= LEVELS_COUNTED else "deep_levels_below"
        return [row[0] for row in await self._all(query, sponsor=sponsor, depth=depth)]

    async def recruits_of(self, sponsors: Sequence[str], skip: int, count: int) -> list[list[tuple[str, int]]]:
        """Returns a page of each one's recruits, those with most of their own first, with the number of those."""
        sql = self._sql["recruits_of"]
        pages: list[Query] = [(sql, {"sponsor": each, "skip": skip, "count": count}) for each in sponsors]
        found = await self._reader.gather(*pages)
        return [[(row["id"], row["below"]) for row in page] for page in found]

    async def is_sponsored_below(self, person: str, member: str) -> bool:
        """Returns whether a person is the member, or came through them or through somebody below them."""
        return await self._one("sponsor_above", person=person, member=member) is not None

    async def sold_since(self, members: Collection[str], since: int) -> frozenset[str]:
        """Returns those of these members who have had a direct commission since a moment (ms, UTC)."""
        found = await self._all("sold_since", members=json.dumps(sorted(members)), since=since)
        return frozenset(row["member"] for row in found)

    async def account(self, id: str) -> Account | None:
        """Returns a member's balance and their friends' results, asked for together; None for a person who has not
        joined.
        """
        balance, friends = await self._reader.gather(
            (self._sql["balance"], {"member": id}), (self._sql["friends_of"], {"sponsor": id})
        )
        return Account(Balance(*balance[0]), *friends[0]) if balance else None

    async def history(self, member: str, *, skip: int, count: int) -> Page:
        """Returns the member's entries, newest first."""
        total = await self._row("entries_total", member=member)
        found = await self._all("entries", member=member, skip=skip, count=count)
        return Page([_entry(row) for row in found], total[0])

    async def explain(self, number: int) -> Explained | None:
        """Returns a commission by its number, with the whole calculation behind it."""
        row = await self._one("commission_number", number=number)
        return await self._explain(rows.commission_of(row)) if row is not None else None

    async def commissions_numbered(self, numbers: Collection[int]) -> dict[int, Commission]:
        """Returns those of these commissions that there are, in any state, by number."""
        found = await self._all("commissions_numbered", numbers=json.dumps(sorted(numbers)))
        return {row["number"]: rows.commission_of(row) for row in found}

    async def explain_source(self, source: str) -> list[Explained]:
        """Returns the commissions of one source, such as `order:17`, in the order in which they were credited."""
        name = source.partition(":")[2]
        found, order = await self._reader.gather(
            (self._sql["commissions_from"], {"source": source}), (self._sql["order_of"], {"id": name})
        )
        commissions = map(rows.commission_of, found)
        return [_explained(each, order[0]) if each.order == name else await self._explain(each) for each in commissions]

    async def _explain(self, commission: Commission) -> Explained:
        return _explained(
            commission, None if commission.order is None else await self._one("order_of", id=commission.order)
        )

    async def programme_before(self, at: int) -> Programme | None:
        """Returns the programme in force just before this moment: a period that ends at it was closed by that one."""
        row = await self._one("programme_before", at=at)
        return Programme.from_tables(json.loads(row["content"])["tables"]) if row is not None else None

    async def programme_in_force(self) -> tuple[int, dict[str, Any]]:
        """Returns the journal row of the programme in force, and its tables."""
        row = await self._row("programme_in_force")
        return row["seq"], json.loads(row["content"])["tables"]

    async def programme_at(self, seq: int) -> DatedProgramme | None:
        """Returns the last programme up to a journal row; None before the first."""
        return _dated(await self._one("programme_at", seq=seq))

    async def programme_after(self, seq: int) -> DatedProgramme | None:
        """Returns the next programme after a journal row; None where it is the last."""
        return _dated(await self._one("programme_after", seq=seq))

    async def members_ranked(self, rank: str, *, joined_by: int, after: str, size: int) -> list[str]:
        """Returns active members of a rank who had joined by a moment (ms, UTC), by id after `after`."""
        found = await self._all("members_ranked", rank=rank, joined_by=joined_by, after=after, size=size)
        return [row["id"] for row in found]

    async def undecided(self, by_itself: bool, *, skip: int = 0, count: int) -> tuple[list[Commission], int]:
        """Returns a page of the commissions that an admin can still decide, by number, and the total count.

        These are held or pending; unless they are approved `by_itself`, only unapproved ones.
        """
        found = await self._all("undecided", by_itself=by_itself, skip=skip, count=count)
        total = await self._row("undecided_total", by_itself=by_itself)
        return [rows.commission_of(row) for row in found], total[0]

    async def undecided_of(self, member: str, by_itself: bool, *, skip: int = 0, count: int) -> list[Commission]:
        """Returns a page of those of one member."""
        found = await self._all("undecided_of", member=member, by_itself=by_itself, skip=skip, count=count)
        return [rows.commission_of(row) for row in found]

    async def held_behind(self, member: str, *, skip: int = 0, count: int) -> tuple[list[HeldBehind], int]:
        """Returns a page of the members who block this member's commissions, most first, and the total count."""
        found = await self._all("held_behind", member=member, skip=skip, count=count)
        total = await self._row("held_behind_total", member=member)
        return [HeldBehind(row[0], row[1], exact(row[2], row[3])) for row in found], total[0]

    async def order(self, id: str) -> OrderView | None:
        row = await self._one("order_of", id=id)
        return _order(row) if row is not None else None

    async def orders_of(self, buyer: str, count: int) -> list[OrderView]:
        """Returns the buyer's last orders, newest first."""
        return [_order(row) for row in await self._all("orders_of", buyer=buyer, count=count)]

    async def withdrawal(self, number: int) -> WithdrawalView | None:
        row = await self._one("withdrawal_view", number=number)
        return WithdrawalView(*row) if row is not None else None

    async def withdrawal_called(self, id: str) -> WithdrawalView | None:
        """Returns the withdrawal of the id that it was requested with."""
        row = await self._one("withdrawal_called", id=id)
        return WithdrawalView(*row) if row is not None else None

    async def open_withdrawals(
        self, *, member: str | None = None, state: WithdrawalState | None = None, skip: int = 0, count: int
    ) -> tuple[list[WithdrawalView], int]:
        """Returns a page of unsettled requests, oldest first, of one member or of all, and the total count.

        Includes requested and approved ones, or those in one `state`.
        """
        found = await self._all("open_withdrawals", member=member, state=state, skip=skip, count=count)
        total = await self._row("open_withdrawals_total", member=member, state=state)
        return [WithdrawalView(*row) for row in found], total[0]

    async def withdrawals_numbered(self, numbers: Collection[int]) -> dict[int, WithdrawalView]:
        """Returns those of these requests that there are, in any state, by number."""
        found = await self._all("withdrawals_numbered", numbers=json.dumps(sorted(numbers)))
        return {row["number"]: WithdrawalView(*row) for row in found}

    async def open_between(self, low: int, high: int, count: int) -> list[WithdrawalView]:
        """Returns the oldest unsettled requests with numbers of a range, both ends included."""
        return [WithdrawalView(*row) for row in await self._all("open_between", low=low, high=high, count=count)]

    async def withdrawals_since(self, member: str, since: int) -> list[Requested]:
        """Returns a member's requests that are open or were made at `since` (ms, UTC) or later."""
        found = await self._all("withdrawals_since", member=member, since=since)
        return [Requested(row["requested"], bool(row["is_open"])) for row in found]

    async def destination(self, id: int, *, of: str | None = None) -> tuple[str, str]:
        """Returns a destination's kind and clear text, for the admin who pays and for its member.

        Raises VaultError when it cannot be read, its row was changed, or it is not one `of` them.
        """
        row = await self._one("destination", id=id)
        if row is None or self._vault is None or (of is not None and row["member"] != of):
            raise VaultError("no such destination, or no key to read it with")
        sealed = Sealed(row["ciphertext"], row["key_id"], row["last_four"], row["digest"])
        return row["kind"], self._vault.open(sealed, SecretPlace(row["id"], row["member"], row["kind"]))

    async def destinations(self, member: str) -> list[DestinationView]:
        """Returns the member's stored destinations, newest first."""
        found = await self._all("destinations_of", member=member)
        return [DestinationView(row["id"], row["kind"], row["last_four"]) for row in found]

    async def owners_of_last_four(self, digits: str, count: int) -> list[str]:
        """Returns members with a stored destination whose number ends in these four digits."""
        return [row["member"] for row in await self._all("owners_of_last_four", last_four=digits, count=count)]

    async def last_orders(self, events: int) -> list[Order]:
        """Returns the orders among the last so many events, newest first."""
        found = await self._all("last_events", count=events)
        contents = (row["content"] for row in found if row["type"] == "order")
        orders = (from_json(json.loads(each)) for each in contents)
        return [each for each in orders if isinstance(each, Order)]

    async def first_friend(self, sponsor: str) -> str | None:
        """Returns the first of a member's friends; None without any."""
        row = await self._one("first_friend", sponsor=sponsor)
        return row["id"] if row is not None else None

    async def sold_before(self, member: str, number: int) -> bool:
        """Returns whether a commission with a lower number was a member's direct one, too."""
        return await self._one("sold_before", member=member, number=number) is not None

    async def balance_since(self, member: str, seq: int) -> tuple[Balance, int, int]:
        """Returns the balance, and by how much a journal row and all later ones changed what can be withdrawn; asked
        for together.
        """
        since: dict[str, Value] = {"member": member, "account": f"available:{member}", "seq": seq}
        balance, (row,) = await self._reader.gather(
            (self._sql["balance"], {"member": member}), (self._sql["available_since"], since)
        )
        own, later = exact(row["own_high"], row["own_low"]), exact(row["later_high"], row["later_low"])
        return Balance(*balance[0]) if balance else Balance(), own, later

    async def notices(self, after: int, count: int) -> list[NoticeRow]:
        """Returns notices with a number above `after`, in order."""
        found = await self._all("notices_after", number=after, count=count, back=COMMISSIONS_BACK)
        return [_notice(row) for row in found]

    async def notices_numbered(self, numbers: Sequence[int]) -> list[NoticeRow]:
        """Returns the notices of these numbers, in order."""
        sql, one = self._sql["notices_after"], {"count": 1, "back": COMMISSIONS_BACK}
        found = await self._reader.gather(*((sql, {"number": each - 1, **one}) for each in sorted(numbers)))
        return [_notice(row) for rows in found for row in rows if row["number"] in numbers]

    async def reason_of(self, seq: int) -> str | None:
        """Returns the reason noted with an event, by its journal row."""
        row = await self._one("details_of", seq=seq)
        reason = json.loads(row["details"]).get("reason") if row is not None else None
        return str(reason) if reason else None

    async def conversion_of(self, order: str) -> str | None:
        """Returns an order's total in its shop's own currency and the rate used, if that was another currency."""
        row = await self._one("details_of_key", key=f"order:{order}")
        reason = json.loads(row["details"]).get("reason") if row is not None else None
        return str(reason) if reason else None

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Yields the journal as section 10's lines, refused events too."""
        seq = 0
        while batch := await self._all("events_after", seq=seq, count=EVENTS_A_READ):
            for row in batch:
                yield {"at": iso_time(row["at"]), **json.loads(row["content"])}
            seq = batch[-1]["seq"]


def _dated(row: Row | None) -> DatedProgramme | None:
    if row is None:
        return None
    return DatedProgramme(row["seq"], row["at"], Programme.from_tables(json.loads(row["content"])["tables"]))


def _entry(row: Row) -> Entry:
    debit, credit = row["debit"].partition(":")[0], row["credit"].partition(":")[0]
    return Entry(
        seq=row["seq"],
        leg=row["leg"],
        at=row["at"],
        debit=debit,
        credit=credit,
        amount=row["amount"],
        event=row["event"],
        commission=row["commission"],
        kind=row["kind"],
        level=row["level"],
        source=row["source"],
        buyer=row["buyer"],
    )


def _explained(commission: Commission, row: Row | None) -> Explained:
    """Returns the commission with the order behind it, if there is one."""
    if row is None:
        return Explained(commission, {}, None, None, 0, 0)
    order = rows.order_of(row)
    return Explained(commission, order.trace, order.id, order.buyer, order.total, order.refunded)


def _notice(row: Row) -> NoticeRow:
    content = read(row["kind"], row["content"])
    return NoticeRow(row["number"], row["seq"], row["at"], row["kind"], row["person"], content, row["credited_before"])


def _order(row: Row) -> OrderView:
    order = rows.order_of(row)
    no_seller = order.trace.get("no_seller")
    return OrderView(order.id, order.buyer, order.seller, order.total, order.refunded, order.at, no_seller)
