"""Reads the audit trail from the journal: who did what. Amounts in minor units, times in milliseconds UTC."""

from dataclasses import dataclass
from typing import Final, Literal

from engine.events.model import (
    Adjust,
    Approve,
    Attribute,
    Authorise,
    Event,
    Order,
    ProgrammeChanged,
    Refund,
    Reinstate,
    Reject,
    Settle,
    Suspend,
)
from engine.queries.reports import Reports
from engine.records import Commission
from engine.store.driver import Row
from engine.store.rows import event_of

ACTS_A_READ: Final = 500

ActKind = Literal[
    "adjusted",
    "purchased",
    "refunded",
    "commission_approved",
    "commission_rejected",
    "approved",
    "paid",
    "rejected",
    "suspended",
    "reinstated",
    "attributed",
    "programme",
]


@dataclass(frozen=True, slots=True)
class Act:
    """Holds one accepted act. `actor` is a person's id, or another name such as `shell:shop`.

    `whom` is the member, buyer or friend concerned; `name` the order's id, the request's number, the commission's
    source, or the sponsor of a friend.
    """

    seq: int
    at: int
    actor: str
    kind: ActKind
    whom: str = ""
    amount: int | None = None
    name: str = ""


DecisionKind = Literal["approved", "paid", "rejected", "cancelled"]


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """Holds an accepted decision about a withdrawal or a commission; `actor` as in an act."""

    kind: DecisionKind
    actor: str
    at: int


class Audit(Reports):
    """Answers questions about who did what."""

    async def decisions_on_withdrawal(self, id: str) -> list[DecisionMade]:
        """Returns who approved a withdrawal and who settled it, in order; a repeated approval is left out."""
        found = await self._all("decisions_on_withdrawal", name=id)
        made: dict[DecisionKind, Row] = {row["outcome"] or "approved": row for row in reversed(found)}
        return [DecisionMade(kind, row["actor"] or "", row["at"]) for kind, row in reversed(made.items())]

    async def approval_of(self, commission: Commission) -> DecisionMade | None:
        """Returns who first approved a commission; None where nobody has."""
        row = await self._one("approval_of", name=commission.source, member=commission.member)
        return DecisionMade("approved", row["actor"] or "", row["at"]) if row is not None else None

    async def acts_after(self, seq: int) -> tuple[list[Act], int]:
        """Returns a page of the acts after a row of the journal, in order, and the last row that it covers.

        Members' acts for themselves and shops' reports are left out.
        """
        end = await self.journal_end()
        rows = await self._all("acted_after", seq=seq, until=end, count=ACTS_A_READ)
        acts = [act for row in rows if (act := await self._act(row)) is not None]
        return acts, rows[-1]["seq"] if len(rows) == ACTS_A_READ else end

    async def journal_end(self) -> int:
        """Returns the number of the journal's last row, 0 for none."""
        row = await self._one("last_event")
        return row["seq"] if row is not None else 0

    async def acts_between(self, since: int, until: int) -> list[Act]:
        """Returns the acts from a moment (included) until another (excluded)."""
        after, end, found = await self._row_before(since), await self.journal_end(), list[Act]()
        while after < end:
            acts, after = await self.acts_after(after)
            found += [act for act in acts if act.at < until]
            if acts and acts[-1].at >= until:
                break
        return found

    async def _row_before(self, moment: int) -> int:
        """Returns the last row of the journal before a moment, 0 for none: rows are ordered by time."""
        low, high = 0, await self.journal_end()
        while low < high:
            middle = (low + high + 1) // 2
            row = await self._row("time_of", seq=middle)
            low, high = (middle, high) if row["at"] < moment else (low, middle - 1)
        return low

    async def _act(self, row: Row) -> Act | None:
        """Describes a journal row as an act; None for members' acts for themselves."""
        event, actor = event_of(row["content"]), row["actor"]
        described = _described(event, actor) or await self._looked_up(event)
        return None if described is None else Act(row["seq"], row["at"], actor, *described)

    async def _looked_up(self, event: Event) -> "_Described | None":
        """Describes an event that names an order, a commission or a request without its amount."""
        match event:
            case Refund():
                order = await self.order(event.order)
                return "refunded", order.buyer if order is not None else "", event.amount, event.order
            case Approve():
                return await self._of_commission("commission_approved", event.source, event.member)
            case Reject():
                return await self._of_commission("commission_rejected", event.source, event.member)
            case Authorise():
                return await self._of_request("approved", event.id)
            case Settle() if event.outcome != "cancelled":
                return await self._of_request(event.outcome, event.id)
        return None

    async def _of_commission(self, kind: ActKind, source: str, member: str) -> "_Described":
        """Describes a decision on a commission: the first of that source and member, which is the one that the event
        means.
        """
        found = await self.explain_source(source)
        amount = next((each.commission.amount for each in found if each.commission.member == member), None)
        return kind, member, amount, source

    async def _of_request(self, kind: ActKind, id: str) -> "_Described":
        request = await self.withdrawal_called(id)
        assert request is not None  # the journal accepted a decision about it
        return kind, request.member, request.amount, str(request.number)


_Described = tuple[ActKind, str, int | None, str]
"""Kind, whom, amount and name."""


def _described(event: Event, actor: str) -> _Described | None:
    """Describes an event that needs no lookup."""
    match event:
        case Adjust():
            return "adjusted", event.member, event.amount, ""
        case Order():
            return "purchased", event.buyer, event.total, event.order
        case Suspend():
            return "suspended", event.member, None, ""
        case Reinstate():
            return "reinstated", event.member, None, ""
        case Attribute() if actor != event.person:
            return "attributed", event.person, None, event.referrer
        case ProgrammeChanged():
            return "programme", "", None, ""
    return None
