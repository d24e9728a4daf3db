"""Reports changes over a time span for a member, and what waits for admins.

Amounts in minor units, times in milliseconds UTC.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from engine.notices import CommissionCredited
from engine.queries.reads import Reads
from engine.queries.views import Balance, NoticeRow, WithdrawalView
from engine.store.driver import Row
from engine.store.sums import exact


@dataclass(frozen=True, slots=True)
class Changes:
    """Holds sums of a span: credited, become available, taken back or rejected, corrected (may be below 0),
    paid out.
    """

    earned: int
    freed: int
    taken_back: int
    adjusted: int
    paid_out: int

    def __bool__(self) -> bool:
        return any(astuple(self))


@dataclass(frozen=True, slots=True)
class FriendCounts:
    """Counts the friends who ever came, joined and bought."""

    came: int = 0
    joined: int = 0
    bought: int = 0

    def since(self, earlier: "FriendCounts") -> "FriendCounts":
        """Returns the increase since earlier counts."""
        return FriendCounts(self.came - earlier.came, self.joined - earlier.joined, self.bought - earlier.bought)

    def __bool__(self) -> bool:
        return any(astuple(self))


@dataclass(frozen=True, slots=True)
class MemberReport:
    """Holds a member's state: `seq` is the journal's last row of then; the changes are those after an earlier row."""

    seq: int
    balance: Balance
    changes: Changes
    friends: FriendCounts


@dataclass(frozen=True, slots=True)
class Queue:
    """Counts what waits for an admin. `requests` are unsettled withdrawals of `amount` in all, of which `undecided`
    wait for approval; `oldest` is when the oldest was made. `commissions` are those that nobody has approved.
    """

    requests: int
    undecided: int
    amount: int
    oldest: int | None
    commissions: int


def earned_in(notices: Iterable[NoticeRow]) -> int:
    """Sums the credits that some notices report."""
    return sum(each.notice.amount for each in notices if isinstance(each.notice, CommissionCredited))


def week_change(amounts: Sequence[int]) -> int | None:
    """Returns by how much the last amount is above the one before; None where there is none before."""
    return amounts[-1] - amounts[-2] if len(amounts) > 1 else None


def _sum(row: Row, name: str) -> int:
    return exact(row[f"{name}_high"], row[f"{name}_low"])


class Reports(Reads):
    """Answers questions about spans of time."""

    async def member_report(self, member: str, after: int) -> MemberReport | None:
        """Returns the member now, with the changes after the journal's row `after`; None for a person who has not
        joined.
        """
        row = await self._one("member_report", member=member, after=after)
        if row is None:
            return None
        balance = Balance(row["held"], row["pending"], row["available"], row["reserved"], row["paid"])
        changes = Changes(
            earned=_sum(row, "earned"),
            freed=_sum(row, "freed"),
            taken_back=_sum(row, "taken_back"),
            adjusted=_sum(row, "added") - _sum(row, "taken"),
            paid_out=_sum(row, "paid_out"),
        )
        return MemberReport(row["seq"], balance, changes, FriendCounts(row["came"], row["joined"], row["bought"]))

    async def ripening(self, member: str, now: int, until: int, *, by_itself: bool) -> int:
        """Returns the amount that becomes available by a moment if nothing else happens; `by_itself` as programmes
        approve.
        """
        row = await self._row("ripening", member=member, now=now, until=until, by_itself=by_itself)
        return exact(row["high"], row["low"])

    async def earned_by_week(self, member: str, begins: Sequence[int]) -> list[int]:
        """Returns the member's credits less reversals, from each of these moments to the next."""
        sums = [0] * len(begins)
        for row in await self._all("earned_since", member=member, since=begins[0]):
            sums[bisect_right(begins, row["credited"]) - 1] += row["net"]
        return sums

    async def gained_by_part(self, member: str, begins: Sequence[int]) -> list[int]:
        """Returns by how much the member's account grew, from each of these moments to the next: commissions less what
        was taken back, and corrections, each when it was booked; below 0 where more was taken.
        """
        sums = [0] * len(begins)
        for row in await self._all("entries_since", member=member, since=begins[0]):
            sums[bisect_right(begins, row["at"]) - 1] += row["amount"]
        return sums

    async def queue(self) -> Queue:
        """Returns what waits for an admin now; `commissions` is also counted where they need no approval."""
        row = await self._row("queue")
        requests, undecided, oldest = row["requests"], row["undecided_requests"], row["oldest"]
        return Queue(requests, undecided, _sum(row, "amount"), oldest, row["commissions"])

    async def requests_before(self, moment: int, count: int) -> tuple[list[WithdrawalView], int]:
        """Returns open requests made before a moment, oldest first, and the total count."""
        found = await self._all("requests_before", before=moment, count=count)
        total = await self._row("requests_before_total", before=moment)
        return [WithdrawalView(*row) for row in found], total[0]
